// Households whose newest answer is here already, because they were shown or read ahead of a touch: a screen that opens
// one of them begins with that.

import type { HouseholdDetail, Kind } from '$lib/generated/commands';
import { execute, listen } from '$lib/backend';
import { concerns, query, type Query } from './query.svelte';

/** Enough for what is on the tallest glass, and a few to come back to. */
const KEPT = 24;

const KINDS: readonly Kind[] = ['household', 'space', 'sync', 'draft', 'status'];

/** The longest known first. */
const known = new Map<string, HouseholdDetail>();
/** Counts changes: an answer that was asked for before one may be from before it. */
let changes = 0;

listen((event) => {
  if (event.event === 'changed') changes++;
  for (const household of [...known.keys()]) if (concerns(event, KINDS, household)) known.delete(household);
});

/** This is what the notebook says of a household now. */
export function remember(household: string, answer: HouseholdDetail): void {
  known.delete(household);
  known.set(household, answer);
  for (const oldest of [...known.keys()].slice(0, -KEPT)) known.delete(oldest);
}

async function read(household: string): Promise<HouseholdDetail> {
  const asked = changes;
  const answer = await execute('household_get', { household });
  if (asked === changes) remember(household, answer);
  return answer;
}

/** The household of a screen. It is not asked for while there is something to `waitFor`. */
export function queryHousehold(
  household: () => string,
  kinds: readonly Kind[],
  waitFor?: () => boolean,
): Query<HouseholdDetail> {
  return query(() => (waitFor?.() ? undefined : read(household())), { kinds, household }, known.get(household()));
}

/** Another notebook, or somebody else: nothing is known. */
export function forgetAll(): void {
  known.clear();
  changes++;
}

/** Reads households one by one, those that are not known, for as long as they are `wanted`. */
export async function readAhead(households: readonly string[], wanted: () => boolean): Promise<void> {
  for (const household of households) {
    if (known.has(household)) continue;
    if (!wanted()) return;
    await read(household).catch(() => undefined); // Opening it will tell.
  }
}
