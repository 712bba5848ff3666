// All pictures in one hidden sprite, put into the page once at start: nothing is
// fetched, and `currentColor` and the theme's colours reach into every picture.

const files = import.meta.glob<string>('../icons/**/*.svg', { query: '?raw', import: 'default', eager: true });

/** What a picture's root says of itself as a file alone: its symbol takes the size and the colour of where it is shown. */
const OF_A_FILE = /\s(?:xmlns|width|height|class|color)="[^"]*"/g;

/** Puts the app's own pictures into the page. */
export const installIcons = (): void => addPictures(files, 'icon');

/** Puts pictures into the page, as `PREFIX-NAME` by their files' names. */
export function addPictures(files: Record<string, string>, prefix: string): void {
  const symbols = Object.entries(files).map(([path, text]) => {
    const [, root = '', drawn = ''] = /<svg([^>]*)>([\s\S]*)<\/svg>/.exec(text) ?? [];
    const name = path.replace(/^.*\/|\.svg$/g, '');
    return `<symbol id="${prefix}-${name}"${root.replace(OF_A_FILE, '')}>${drawn}</symbol>`;
  });
  // Read at once: a document for each picture costs a cheap phone a tenth of a second.
  document.body.insertAdjacentHTML('afterbegin', `<svg class="sprite" aria-hidden="true">${symbols.join('')}</svg>`);
}
