// All pictures in one hidden sprite, put into the page once at start: nothing is
// fetched, and `currentColor` and the theme's colours reach into every picture.

const files = import.meta.glob<string>('../icons/**/*.svg', { query: '?raw', import: 'default', eager: true });

const SVG = 'http://www.w3.org/2000/svg';
/** What a picture's root says about drawing, which its symbol must say too. */
const DRAWING = ['viewBox', 'fill', 'stroke', 'stroke-width', 'stroke-linecap', 'stroke-linejoin'];

/** Puts the app's own pictures into the page. */
export const installIcons = (): void => addPictures(files, 'icon');

/** Puts pictures into the page, as `PREFIX-NAME` by their files' names. */
export function addPictures(files: Record<string, string>, prefix: string): void {
  const sprite = document.createElementNS(SVG, 'svg');
  sprite.setAttribute('class', 'sprite');
  sprite.setAttribute('aria-hidden', 'true');
  for (const [path, text] of Object.entries(files)) {
    const drawn = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    const symbol = document.createElementNS(SVG, 'symbol');
    symbol.id = `${prefix}-${path.replace(/^.*\/|\.svg$/g, '')}`;
    for (const name of DRAWING) {
      const value = drawn.getAttribute(name);
      if (value) symbol.setAttribute(name, value);
    }
    symbol.append(...drawn.childNodes);
    sprite.append(symbol);
  }
  document.body.prepend(sprite);
}
