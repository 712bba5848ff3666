// The app's pictures. They are part of the page, so that `currentColor` and the theme's colours reach into them and
// nothing is fetched. A page shows dozens of them and each is a copy of its shapes: with `<use>`, which makes a shadow
// tree of a symbol, a household's page takes up to a third longer until it is painted.

import type { Attachment } from 'svelte/attachments';

const files = import.meta.glob<string>('../icons/**/*.svg', { query: '?raw', import: 'default', eager: true });

/** A picture as its file has it: the space it is drawn in, and its shapes. */
interface Original {
  viewBox: string;
  shapes: Element[];
}

/** What a file says of itself where it stands alone; in a page the place where it is shown decides. */
const OF_A_FILE = new Set(['xmlns', 'width', 'height', 'class', 'color', 'viewBox']);

/** Pictures by their files' names, each read when it is first shown. */
function album(files: Record<string, string>): (name: string) => Original {
  const texts = new Map(Object.entries(files).map(([path, text]) => [path.replace(/^.*\/|\.svg$/g, ''), text]));
  const originals = new Map<string, Original>();
  return (name) => {
    const original = originals.get(name) ?? read(texts.get(name) ?? '');
    originals.set(name, original);
    return original;
  };
}

function read(text: string): Original {
  const template = document.createElement('template');
  template.innerHTML = text;
  const root = template.content.querySelector('svg');
  const shapes = [...(root?.children ?? [])];
  for (const shape of shapes) {
    for (const { name, value } of root?.attributes ?? [])
      if (!OF_A_FILE.has(name) && !shape.hasAttribute(name)) shape.setAttribute(name, value);
  }
  return { viewBox: root?.getAttribute('viewBox') ?? '', shapes };
}

/** Draws one of these pictures into an `<svg>`. */
export function drawnFrom(files: Record<string, string>): (name: string) => Attachment<SVGElement> {
  const original = album(files);
  return (name) => (svg) => {
    const { viewBox, shapes } = original(name);
    svg.setAttribute('viewBox', viewBox);
    svg.replaceChildren(...shapes.map((shape) => shape.cloneNode(true)));
  };
}

const own = album(files);

/** Draws one of the app's own pictures into an `<svg>`. */
export const picture = drawnFrom(files);

/**
 * Draws some of the app's own pictures side by side into one `<svg>`, from one to the next as far as `step` says. What
 * looks alike becomes one path: a list of rows has hundreds of them. Only for pictures of paths that begin with an
 * absolute move and go on with relative ones.
 */
export function pictures(names: readonly string[], step: number): Attachment<SVGElement> {
  return (svg) => {
    const paths = new Map<string, Element>();
    names.forEach((name, n) => {
      for (const shape of own(name).shapes) {
        const look = [...shape.attributes].map(({ name, value }) => (name === 'd' ? '' : `${name}=${value}`)).join();
        const path = paths.get(look) ?? (shape.cloneNode() as Element);
        const d = shape.getAttribute('d')?.replace(/^M([\d.]+)/, (_, x) => `M${Number(x) + n * step}`);
        path.setAttribute('d', paths.has(look) ? `${path.getAttribute('d')}${d}` : (d ?? ''));
        paths.set(look, path);
      }
    });
    svg.replaceChildren(...paths.values());
  };
}
