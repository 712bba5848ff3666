// A change of places in words, and the households of a split lane by lane.

import type { HouseholdRow, PlaceChangeView } from '$lib/generated/commands';
import { dayText } from '$lib/i18n/dates';
import { t } from '$lib/i18n/index.svelte';

/** "gộp Bản Bướt và Bản Nà Pa thành Bản Bướt". */
export function whatHappens(change: Pick<PlaceChangeView, 'kind' | 'from' | 'into'>): string {
  const names = (places: readonly { name: string }[]) => places.map((place) => place.name).join(', ');
  return t(`change.what_${change.kind}`, { from: names(change.from), into: names(change.into) });
}

/** How far it is, by which paper, and who wrote it. */
export function howFar(change: PlaceChangeView): string {
  const state =
    change.state === 'decided'
      ? t('change.state.decided', { day: change.day ? dayText(change.day) : '' })
      : t(`change.state.${change.state}`);
  return [
    state,
    change.decision && t('change.paper_no', { paper: change.decision }),
    change.by_name && t('change.by', { name: change.by_name }),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** `2026-11` as `11/2026`. */
export const monthText = (month: string): string => month.split('-').reverse().join('/');

export interface Lane {
  name: string;
  households: HouseholdRow[];
}

/** Households by lane, in the order in which they come; those without one last. */
export function byLane(rows: readonly HouseholdRow[]): Lane[] {
  const lanes = new Map<string, HouseholdRow[]>();
  for (const row of rows) lanes.set(row.lane, [...(lanes.get(row.lane) ?? []), row]);
  const all = [...lanes].map(([name, households]) => ({ name, households }));
  return [...all.filter((lane) => lane.name), ...all.filter((lane) => !lane.name)];
}
