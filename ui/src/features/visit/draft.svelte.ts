// Nothing typed is ever lost: every touch is handed to the notebook at once. One save is
// under way at a time, and the last one carries the newest state, so that a slow disk
// never brings an older state after a newer one.

import type { DraftSave } from '$lib/generated/commands';
import { CommandError, execute } from '$lib/backend';

/** How long to wait before trying again what could not be kept, in milliseconds. */
const RETRY_MS = 1_500;

export class DraftKeeper {
  /** When the form was last kept. */
  savedAt = $state<number>();
  failed = $state.raw<CommandError>();
  #underWay: DraftSave | undefined;
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

  /**
   * The page may be about to go, and with it the save under way and what waits behind that: sends the newest state past
   * both. A page that stays goes on with them, so that the newest state is the last also when this one got ahead.
   */
  flush(): void {
    const newest = this.#next ?? this.#underWay;
    if (newest) void execute('draft_save', newest).catch(() => undefined); // Going on will tell.
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
      const state = (this.#underWay = this.#next);
      this.#next = undefined;
      try {
        this.savedAt = (await execute('draft_save', state)).saved_at_ms;
        this.failed = undefined;
      } catch (thrown) {
        this.failed = CommandError.from(thrown);
        if (this.#stopped) break;
        this.#next ??= state;
        this.#underWay = undefined;
        await new Promise((later) => setTimeout(later, RETRY_MS));
      }
    }
    this.#underWay = undefined;
    this.#running = false;
    for (const idle of this.#idle.splice(0)) idle();
  }
}
