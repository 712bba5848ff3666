// Addresses are the part behind `#`: they need no server, and one page serves the
// window and the browser alike.

export interface Route {
  /** The parts of the address, decoded. */
  readonly parts: readonly string[];
}

let hash = $state(location.hash);

/** How a screen was come to. */
interface Entry {
  /** How many addresses of ours lie behind this one, so that "back" never leaves the app. */
  readonly depth: number;
  /** The address that lies right behind it. */
  readonly from: string;
}

let entry = mark({ depth: 0, from: '' });

window.addEventListener('hashchange', () => {
  entry = mark({ depth: entry.depth + 1, from: hash });
  hash = location.hash;
});

/** Notes an entry in the history itself, where it survives a reload and the browser's own back. */
function mark(ifNew: Entry): Entry {
  const known: unknown = history.state;
  if (typeof known === 'object' && known !== null && 'depth' in known && 'from' in known)
    return { depth: Number(known.depth), from: String(known.from) };
  history.replaceState(ifNew, '');
  return ifNew;
}

const parts = $derived(
  hash
    .replace(/^#\/?/, '')
    .split('/')
    .filter(Boolean)
    .map((part) => safeDecode(part)),
);

export const route: Route = {
  get parts() {
    return parts;
  },
};

/** The address of a screen: `href('households', id)` is `#/households/ID`. */
export function href(...to: string[]): string {
  return `#/${to.map(encodeURIComponent).join('/')}`;
}

/** Goes to a screen. */
export function go(...to: string[]): void {
  location.hash = href(...to);
}

/** Goes to a screen in place of this one, which "back" then skips. */
export function replace(...to: string[]): void {
  history.replaceState(entry, '', href(...to));
  hash = location.hash;
}

/** Goes to the screen this one was opened from, or to `otherwise` if it was opened directly. */
export function back(...otherwise: string[]): void {
  if (entry.depth > 0) history.back();
  else replace(...otherwise);
}

/** Leaves this screen for another: back to it if this one was opened from there, in this one's place otherwise. */
export function leaveFor(...to: string[]): void {
  if (entry.depth > 0 && entry.from === href(...to)) history.back();
  else replace(...to);
}

function safeDecode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
