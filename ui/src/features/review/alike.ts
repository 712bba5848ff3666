// Two that may be one, row by row: what tells them apart, and what does not.

import type { DuplicatePair, DuplicateSide } from '$lib/generated/commands';
import { birthText, shortDay } from '$lib/i18n/dates';
import { t } from '$lib/i18n/index.svelte';
import { phoneText } from '$lib/i18n/phone';

export interface Row {
  label: string;
  a: string;
  b: string;
  /** Letters that differ are worth a mark. */
  marked: boolean;
}

/** The rows in which at least one of the two has something to say. */
export function rows(pair: DuplicatePair, today: string): Row[] {
  const household = pair.kind === 'household';
  const visits = (side: DuplicateSide) =>
    side.last_visit
      ? t('duplicates.visits', { n: side.visits, day: shortDay(side.last_visit.day, today) })
      : t('duplicates.no_visits');
  const people = (side: DuplicateSide) =>
    t('duplicates.people', { n: side.people.length, names: side.people.map(given).join(', ') });
  const all: [string, (side: DuplicateSide) => string, marked?: true][] = [
    [t(household ? 'field.head' : 'field.name'), (side) => side.name, true],
    [t('field.birth'), (side) => birthText(side.birth), true],
    [t('field.relation'), (side) => side.relation],
    [t('duplicates.of_household'), (side) => (household ? '' : side.head)],
    [t('field.place'), (side) => side.place_name],
    [t('field.door'), (side) => side.door],
    [t('field.phone'), (side) => phoneText(side.phone), true],
    [t('household.people'), (side) => (household ? people(side) : '')],
    [t('household.visits'), (side) => (household ? visits(side) : '')],
  ];
  return all
    .map(([label, of, marked = false]) => ({ label, a: of(pair.a), b: of(pair.b), marked }))
    .filter((row) => row.a || row.b);
}

/** Giàng A Páo → Páo: as people of one household are called. */
function given(name: string): string {
  return name.trim().split(/\s+/).at(-1) ?? name;
}

/** Why they may be one, as a sentence: "Cùng nơi ở, tên gần giống, cùng năm sinh." */
export function why(pair: DuplicatePair): string {
  const said = pair.why.map((reason) => t(`reason.${reason}`)).join(', ');
  return said.charAt(0).toUpperCase() + said.slice(1) + '.';
}
