// What every screen needs to know: which notebook is open, who is signed in, what can
// be undone, and what went wrong outside any form.

import type { Status } from '$lib/generated/commands';
import { CommandError, execute, speakOf } from '$lib/backend';
import { dayOf } from '$lib/i18n/dates';

/** How long an undo stays in reach, in milliseconds: long enough for slow eyes. */
const UNDO_MS = 20_000;
/** How long a mere telling stays, in milliseconds. */
const TELL_MS = 6_000;

export interface Undo {
  text: string;
  /** Takes it back; without it the bar only tells. */
  undo?: (() => Promise<unknown>) | undefined;
}

class App {
  #status = $state.raw<Status>();
  failed = $state.raw<CommandError>();
  undoable = $state.raw<Undo>();
  /** For ears: what eyes see where it happened. */
  spoken = $state('');
  error = $state.raw<CommandError>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** What this device holds; commands are about the notebook that it says is open. */
  get status(): Status | undefined {
    return this.#status;
  }

  set status(status: Status | undefined) {
    this.#status = status;
    speakOf(status?.space?.id);
  }

  /** Today, as the notebook believes. */
  get today(): string {
    return this.status?.today ?? dayOf(Date.now());
  }

  /** Asks what this device holds. */
  async refresh(): Promise<void> {
    try {
      const status = await execute('status', {});
      // Every screen goes by it: what says the same again moves nothing.
      if (JSON.stringify(status) !== JSON.stringify(this.status)) this.status = status;
      this.failed = undefined;
    } catch (thrown) {
      this.failed = CommandError.from(thrown);
    }
  }

  /** Tells what was done, with a way back. */
  tell(text: string, undo?: () => Promise<unknown>): void {
    clearTimeout(this.#timer);
    this.undoable = { text, undo };
    this.#timer = setTimeout(() => this.dismiss(), undo ? UNDO_MS : TELL_MS);
  }

  /** Says what was done where it can be seen anyway, so that no bar lies over the form. */
  say(text: string): void {
    this.spoken = text;
  }

  /** Keeps the bar while somebody is on it. */
  hold(): void {
    clearTimeout(this.#timer);
  }

  dismiss(): void {
    clearTimeout(this.#timer);
    this.undoable = undefined;
  }

  async undo(): Promise<void> {
    const undo = this.undoable?.undo;
    this.dismiss();
    if (undo) await this.attempt(undo);
  }

  /** Runs a deed that has no form; what goes wrong is told at the top of the screen. */
  async attempt<T>(deed: () => Promise<T>): Promise<T | undefined> {
    this.error = undefined;
    try {
      return await deed();
    } catch (thrown) {
      this.error = CommandError.from(thrown);
      return undefined;
    }
  }
}

export const app = new App();
