// Who shares this machine, and who is at it now. While nobody is, the app shows the picker and nothing else.

import { tick } from 'svelte';
import type { Profiles } from '$lib/generated/commands';
import { app } from '$lib/app.svelte';
import { CommandError, execute, settled, speakFor } from '$lib/backend';
import { replace, route } from '$lib/router.svelte';

/** How often the notebook is told that somebody is there, in milliseconds. */
const STAY_MS = 20_000;
/** How often to look whether somebody has gone, in milliseconds. */
const LOOK_MS = 5_000;

class People {
  state = $state.raw<Profiles>();
  /** The screen is being locked. */
  hidden = $state(false);
  failed = $state.raw<CommandError>();
  /** A recovery code that its owner has still to write down. */
  code = $state<string>();
  /** Where each of them was. */
  readonly #places = new Map<string, readonly string[]>();
  #last: string | undefined;
  #touched = Date.now();
  #told = 0;

  /** Somebody here has a PIN. */
  get hasPins(): boolean {
    return (this.state?.people.length ?? 0) > 0;
  }

  get locked(): boolean {
    return this.hidden || (this.state?.locked ?? false);
  }

  async refresh(): Promise<void> {
    try {
      await this.take(await execute('profile_list', {}));
      this.failed = undefined;
    } catch (thrown) {
      this.failed = CommandError.from(thrown);
    }
  }

  /** Takes over what the notebook says; whoever has come in sees the screen that they left. */
  async take(state: Profiles): Promise<void> {
    const before = this.state?.signed_in ?? undefined;
    const now = state.signed_in ?? undefined;
    speakFor(now);
    if (before && before !== now) this.#leave(before);
    if (!state.locked && (before !== now || this.state?.locked)) {
      this.#touched = Date.now();
      await app.refresh();
      const place = now && (this.#places.get(now) ?? (this.#last && this.#last !== now ? ['households'] : undefined));
      if (place) replace(...place);
      this.#last = now;
    }
    this.state = state;
  }

  /** Locks at once: nothing is shown any more while the last touch of a form is still being kept. */
  async lock(): Promise<void> {
    const leaving = this.state?.signed_in;
    if (leaving) this.#leave(leaving);
    this.hidden = true;
    await tick();
    await settled();
    try {
      await this.take(await execute('profile_lock', {}));
      this.hidden = false;
    } catch (thrown) {
      this.failed = CommandError.from(thrown);
    }
  }

  #leave(member: string): void {
    if (!this.hidden) this.#places.set(member, [...route.parts]);
    this.#last = member;
    app.dismiss();
    app.error = undefined;
    app.status = undefined;
  }

  /** Minds whether somebody is there, for as long as the page lives. */
  watch(): () => void {
    const touch = () => this.#touch();
    const kinds = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const;
    for (const kind of kinds) window.addEventListener(kind, touch, { passive: true, capture: true });
    const look = () => this.#lockWhenLeft();
    document.addEventListener('visibilitychange', look);
    const timer = setInterval(look, LOOK_MS);
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, touch, { capture: true });
      document.removeEventListener('visibilitychange', look);
      clearInterval(timer);
    };
  }

  #touch(): void {
    // A tap on a screen that should be locked by now, after the tablet slept, is nobody's.
    if (this.#lockWhenLeft()) return;
    this.#touched = Date.now();
    if (!this.state?.signed_in || this.#touched - this.#told < STAY_MS) return;
    this.#told = this.#touched;
    execute('profile_stay', {}).catch(() => undefined);
  }

  #lockWhenLeft(): boolean {
    const minutes = this.state?.lock_after_min;
    const left = !!this.state?.signed_in && !!minutes && Date.now() - this.#touched >= minutes * 60_000;
    if (left && !this.hidden) void this.lock();
    return left;
  }
}

export const people = new People();
