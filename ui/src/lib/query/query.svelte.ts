// What a screen shows is asked anew whenever the notebook says that its kind of thing
// has changed. Answers that come late, to a question no longer asked, are dropped.

import type { Event, Kind } from '$lib/generated/commands';
import { CommandError, listen } from '$lib/backend';
import { painted } from '$lib/painted';

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

/**
 * Asks `fetch` now, whenever a value it reads changes, and whenever the notebook
 * changes in what `touches` names. To be called while a component is set up.
 * What is `known` already is shown first, and asked for again once it is on the glass.
 */
export function query<T>(fetch: () => Promise<T> | undefined, touches: Touches, known?: T): Query<T> {
  let data = $state.raw<T | undefined>(known);
  let error = $state.raw<CommandError>();
  let version = $state(0);
  let asked = 0;
  let waits = $state(known !== undefined);
  if (known !== undefined) void painted().then(() => (waits = false));

  onChange(touches, () => version++);

  $effect(() => {
    void version;
    if (waits) return;
    const mine = ++asked;
    fetch()?.then(
      (answer) => {
        if (mine !== asked) return;
        data = answer;
        error = undefined;
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
  $effect(() => listen((event) => concerns(event, touches.kinds, touches.household?.()) && then()));
}

/** Whether an event is about one of these kinds of things and, when there is one, about this household. */
export function concerns(event: Event, kinds: readonly Kind[], household: string | undefined): boolean {
  if (event.event !== 'changed' || !event.kinds.some((kind) => kinds.includes(kind))) return false;
  const others = event.households.length > 0 && !!household && !event.households.includes(household);
  // A change that is not about households alone concerns everybody.
  return !(others && event.kinds.every((kind) => kind === 'household' || kind === 'draft'));
}
