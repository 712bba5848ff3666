/** Escape goes back, unless something nearer (a dialog, a field being composed) takes it. */
export function escape(event: KeyboardEvent, back: (() => void) | undefined): void {
  if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || !back) return;
  if (document.querySelector('dialog[open]')) return;
  event.preventDefault();
  back();
}
