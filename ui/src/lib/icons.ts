// The app's pictures. They are part of the page, so that `currentColor` and the theme's colours reach into them and
// nothing is fetched. A page shows dozens of them and each is a copy of its shapes: with `<use>`, which makes a shadow
// tree of a symbol, a household's page takes a third longer until it is painted.

import type { Attachment } from 'svelte/attachments';

const files = import.meta.glob<string>('../icons/**/*.svg', { query: '?raw', import: 'default', eager: true });

/** A picture as its file has it: the space it is drawn in, and its shapes. */
interface Original {
  viewBox: string;
  shapes: DocumentFragment;
}

/** What a file says of itself where it stands alone; in a page the place where it is shown decides. */
const OF_A_FILE = new Set(['xmlns', 'width', 'height', 'class', 'color', 'viewBox']);

/** Pictures by their files' names, each read when it is first shown. */
export function album(files: Record<string, string>): (name: string) => Attachment<SVGElement> {
  const texts = new Map(Object.entries(files).map(([path, text]) => [path.replace(/^.*\/|\.svg$/g, ''), text]));
  const originals = new Map<string, Original>();
  return (name) => (svg) => {
    const original = originals.get(name) ?? read(texts.get(name) ?? '');
    originals.set(name, original);
    svg.setAttribute('viewBox', original.viewBox);
    svg.replaceChildren(original.shapes.cloneNode(true));
  };
}

/** Draws one of the app's own pictures into an `<svg>`. */
export const picture = album(files);

function read(text: string): Original {
  const template = document.createElement('template');
  template.innerHTML = text;
  const root = template.content.querySelector('svg');
  const shapes = document.createDocumentFragment();
  if (!root) return { viewBox: '', shapes };
  for (const shape of root.children) {
    for (const { name, value } of root.attributes)
      if (!OF_A_FILE.has(name) && !shape.hasAttribute(name)) shape.setAttribute(name, value);
  }
  shapes.append(...root.children);
  return { viewBox: root.getAttribute('viewBox') ?? '', shapes };
}
