// Indicators are data: a place chooses what is counted from what can be counted. What a form offers are the usual
// ways of counting; one that a form cannot say stays as it is.

import type { Evidence, Indicator, Measure, SkillKey } from '$lib/generated/commands';

/** The usual ways of counting, in the order of the form. */
export const WAYS = [
  'households_at_target',
  'households_visited',
  'households_met',
  'people_met',
  'people_guided',
  'people_proficient',
  'people_items',
  'people_came',
  'accounts_items',
  'accounts_services',
  'occurrences',
  'visits',
  'attendance',
  'activities',
] as const;
export type Way = (typeof WAYS)[number];

/** What a way of counting still has to be told. */
export const asks = (way: Way): 'skill' | 'item' | 'service' | undefined =>
  way === 'people_proficient' || way === 'people_guided'
    ? 'skill'
    : way === 'people_items' || way === 'accounts_items'
      ? 'item'
      : way === 'occurrences' || way === 'accounts_services'
        ? 'service'
        : undefined;

/** A way of counting, and of what. `what` is a skill's key (all five when it is `all`), an item's id, a service's key. */
export interface Choice {
  way: Way;
  what: string;
}

const people = (evidence: Evidence): Measure => ({ kind: 'people', evidence });
const skills = (what: string) => (what && what !== 'all' ? [what as SkillKey] : []);

/** What is counted, as the notebook has it. */
export function measureOf({ way, what }: Choice): Measure {
  switch (way) {
    case 'households_at_target':
      return { kind: 'households_at_target' };
    case 'households_visited':
      return { kind: 'households_visited', outcomes: [] };
    case 'households_met':
      return { kind: 'households_visited', outcomes: ['met'] };
    case 'people_met':
      return people({ kind: 'met' });
    case 'people_guided':
      return people({ kind: 'assessed', skills: skills(what), all: what === 'all', at_least: 'guided' });
    case 'people_proficient':
      return people({ kind: 'assessed', skills: skills(what), all: what === 'all', at_least: 'proficient' });
    case 'people_items':
      return people({ kind: 'items', items: [what], all: true });
    case 'people_came':
      return people({ kind: 'came' });
    case 'accounts_items':
      return { kind: 'accounts', source: { kind: 'items', items: [what] } };
    case 'accounts_services':
      return { kind: 'accounts', source: { kind: 'services', services: [what] } };
    case 'occurrences':
      return { kind: 'occurrences', services: [what] };
    case 'visits':
      return { kind: 'visits', outcomes: [] };
    case 'attendance':
      return { kind: 'attendance' };
    case 'activities':
      return { kind: 'activities' };
  }
}

const same = (one: Measure, other: Measure) => canonical(one) === canonical(other);
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, it: unknown) =>
    it && typeof it === 'object' && !Array.isArray(it)
      ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => a.localeCompare(b)))
      : it,
  );

/** Of what a measure may be: every skill, item and service that it names. */
function named(measure: Measure): string[] {
  const found = canonical(measure).match(/"[^"]+"/g) ?? [];
  return ['', 'all', ...found.map((text) => text.slice(1, -1))];
}

/** How a form says this measure; nothing when it cannot. */
export function choiceOf(measure: Measure): Choice | undefined {
  for (const way of WAYS)
    for (const what of asks(way) ? named(measure) : [''])
      if (same(measureOf({ way, what }), measure)) return { way, what };
  return undefined;
}

/** A key that no other indicator has. */
export function freshKey(all: readonly Indicator[]): string {
  let n = all.length + 1;
  while (all.some((one) => one.key === `own_${n}`)) n++;
  return `own_${n}`;
}
