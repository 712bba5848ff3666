// Whoever stands at a door opens the day, the list, a household and a visit. Everything else is read by the
// browser only after that is on the glass: a cheap phone takes a second to read it all.

/** How long the first screens have the processor for themselves, in milliseconds. */
const FIRST_MS = 3_000;

/** The screens that are opened now and then. */
export const loadSeldom = () => import('./SeldomScreens.svelte');

/** Fetches them when nobody waits for anything, so that they are there at once when they are asked for. */
export function fetchSeldomSoon(): void {
  // What goes wrong now is told when somebody opens one of them.
  setTimeout(() => void loadSeldom().catch(() => undefined), FIRST_MS);
}
