// What a screen shows is asked anew whenever the notebook says that its kind of thing
// has changed. Answers that come late, to a question no longer asked, are dropped.

import type { Kind } from '$lib/generated/commands';
import { CommandError, listen } from '$lib/backend';

export interface Query<T> {
  /** The newest answer; the one before stays until the next is here. */
  readonly data: T | undefined;
  /** What went wrong the last time. */
  readonly error: CommandError | undefined;
  /** Asks again. */
  refresh(): void;
}

export interface Touches {
  /** The kinds of things that the answer is made of. */
  kinds: readonly Kind[];
  /** Only this household matters, when there is one. */
  household?: () => string | undefined;
}

/** The last household that was shown: coming back to it shows it at once, then asks again. */
let lastShown: { household: string; answer: unknown } | undefined;

/** This is what the notebook says of a household now: the screen that shows it next begins with that. */
export function remember(household: string, answer: unknown): void {
  lastShown = { household, answer };
}

/**
 * Asks `fetch` now, whenever a value it reads changes, and whenever the notebook
 * changes in what `touches` names. To be called while a component is set up.
 */
export function query<T>(fetch: () => Promise<T> | undefined, touches: Touches): Query<T> {
  const opened = touches.household?.();
  let data = $state.raw<T | undefined>(opened && lastShown?.household === opened ? (lastShown.answer as T) : undefined);
  let error = $state.raw<CommandError>();
  let version = $state(0);
  let asked = 0;

  onChange(touches, () => version++);

  $effect(() => {
    void version;
    const mine = ++asked;
    fetch()?.then(
      (answer) => {
        if (mine !== asked) return;
        data = answer;
        error = undefined;
        const household = touches.household?.();
        if (household) lastShown = { household, answer };
      },
      (thrown: unknown) => {
        if (mine === asked) error = CommandError.from(thrown);
      },
    );
  });

  return {
    get data() {
      return data;
    },
    get error() {
      return error;
    },
    refresh: () => void version++,
  };
}

/** Calls `then` at every change that `touches` names, for as long as the component lives. */
export function onChange(touches: Touches, then: () => void): void {
  $effect(() =>
    listen((event) => {
      if (event.event !== 'changed' || !event.kinds.some((kind) => touches.kinds.includes(kind))) return;
      const household = touches.household?.();
      const others = event.households.length > 0 && !!household && !event.households.includes(household);
      // A change that is not about households alone concerns everybody.
      if (others && event.kinds.every((kind) => kind === 'household' || kind === 'draft')) return;
      then();
    }),
  );
}
