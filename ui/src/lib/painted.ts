/** Resolves when what is in the page now has reached the glass: the task after the next frame. */
export function painted(): Promise<void> {
  return new Promise((then) => requestAnimationFrame(() => setTimeout(then)));
}
