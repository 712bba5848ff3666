// Nothing typed is ever lost: every touch is handed to the notebook at once. One save is
// under way at a time, and the next one carries the newest state, so that a slow disk
// never brings an older state after a newer one.

import type { DraftSave } from '$lib/generated/commands';
import { CommandError, execute } from '$lib/backend';

/** How long to wait before trying again what could not be kept, in milliseconds. */
const RETRY_MS = 1_500;

export class DraftKeeper {
  /** When the form was last kept. */
  savedAt = $state<number>();
  failed = $state.raw<CommandError>();
  #next: DraftSave | undefined;
  #running = false;
  #stopped = false;
  #idle: (() => void)[] = [];

  /** Keeps this state of the form. */
  keep(state: DraftSave): void {
    if (this.#stopped) return;
    this.#next = state;
    if (!this.#running) void this.#run();
  }

  /** The page may be about to go: sends what waits behind a save under way. */
  flush(): void {
    const last = this.#next;
    this.#next = undefined;
    if (last) void execute('draft_save', last).catch(() => (this.#next ??= last));
  }

  /** Keeps no more, and waits for the save that is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#next = undefined;
    if (this.#running) await new Promise<void>((idle) => this.#idle.push(idle));
  }

  /** Keeps again, after a save that was refused. */
  resume(): void {
    this.#stopped = false;
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#next) {
      const state = this.#next;
      this.#next = undefined;
      try {
        this.savedAt = (await execute('draft_save', state)).saved_at_ms;
        this.failed = undefined;
      } catch (thrown) {
        this.failed = CommandError.from(thrown);
        if (this.#stopped) break;
        this.#next ??= state;
        await new Promise((later) => setTimeout(later, RETRY_MS));
      }
    }
    this.#running = false;
    for (const idle of this.#idle.splice(0)) idle();
  }
}
