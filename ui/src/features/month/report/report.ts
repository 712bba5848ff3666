// What reports say, shared by their screens.

import type { Adjustment, Figure, Report, ReportNotebook, ReportState } from '$lib/generated/commands';
import { number, t } from '$lib/i18n/index.svelte';
import { app } from '$lib/app.svelte';
import { percent } from '../numbers';
import { overCommune } from '../scope.svelte';

/** Stands in an address where a team's id would: the whole notebook. */
export const ALL = 'all';

/** The arguments that say of which period and whose. */
export const of = (period: string | undefined, team: string | undefined) => ({
  ...(period ? { period } : {}),
  ...(team ? { team } : {}),
  ...overCommune(team),
});

/** Where a record is looked at, and the notebook that has to be opened before. */
export function opens(one: { household: string | null; activity: string | null; notebook?: string }) {
  const screen = one.household
    ? ['households', one.household]
    : one.activity
      ? ['more', 'activities', one.activity]
      : undefined;
  return { screen, notebook: one.notebook };
}

/** How a state looks: what waits is amber, what is late red, what is done green. */
export function badge(state: ReportState, late: boolean): string {
  if (late) return 'badge badge-danger';
  if (state === 'returned') return 'badge badge-waiting';
  return state === 'draft' ? 'badge badge-plain' : 'badge';
}

/** What a figure says besides its number: of how many, in what, against which target. */
export function about(figure: Figure): string {
  const target = figure.target === null ? '' : t('report.against_target', { n: figure.target });
  return [inWhat(figure), target].filter(Boolean).join(' · ');
}

function inWhat({ value, of: whole, rate, unit, cumulative }: Figure): string {
  if (value === null) return unit;
  if (rate && whole !== null) {
    const share = percent(value, whole);
    return share === undefined ? `${unit}, ${t('report.no_rate')}` : t('report.out_of', { of: whole, percent: share });
  }
  if (value === 0) return t('report.zero', { unit });
  return t(cumulative ? 'report.cumulative' : 'report.unit', { unit });
}

/** Figures of people and households first, accounts and occurrences after them, each in the order of the place. */
export function groups(figures: readonly Figure[]) {
  const units = [t('report.unit_households'), t('report.unit_people')];
  const ofPeople = (figure: Figure) => figure.rate || units.includes(figure.unit.toLowerCase());
  return [
    { name: 'people_and_households' as const, figures: figures.filter(ofPeople) },
    { name: 'accounts_and_services' as const, figures: figures.filter((figure) => !ofPeople(figure)) },
  ].filter((group) => group.figures.length > 0);
}

/** A locked figure that would be another one now. */
export const changed = (figure: Figure) =>
  (figure.adjusted !== null && figure.adjusted !== figure.value) ||
  (figure.adjusted_of !== null && figure.adjusted_of !== figure.of);

/** What it would be now. */
export const nowText = (figure: Figure) =>
  figure.rate && figure.adjusted_of !== null
    ? `${number(figure.adjusted ?? 0)}/${number(figure.adjusted_of)}`
    : number(figure.adjusted ?? 0);

/** The places without a record in the period, or the teams where there is no place: either tells the same. */
export function silentNames({ silent }: Report): string {
  const places = silent.filter((one) => one.place);
  return (places.length > 0 ? places : silent).map((one) => one.name).join(', ');
}

/** What came after the lock, by place and kind: on paper, which leaves the team, nobody is named. */
export function adjustmentsByPlace(all: readonly Adjustment[]): string[] {
  const lines = new Map<string, number>();
  for (const one of all) {
    const line = [one.place_name, t(`report.adjustment.${one.what}`)].filter(Boolean).join(' · ');
    lines.set(line, (lines.get(line) ?? 0) + 1);
  }
  return [...lines].map(([line, n]) => (n > 1 ? `${line} (${number(n)})` : line));
}

/** The hamlets' notebooks that a commune's report is made of; nothing in a report of one notebook. */
export const hamletsOf = (report: Report) => report.notebooks?.filter((one) => one.notebook !== app.status?.space?.id);

/** Those whose report is not in come first, and of them first those that are not on this device at all. */
export function inOrder(all: readonly ReportNotebook[]): ReportNotebook[] {
  const rank = (one: ReportNotebook) => (!one.here ? 0 : isIn(one.state) ? 2 : 1);
  return [...all].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'vi'));
}

/** A report that is with the office or through. */
export const isIn = (state: ReportState) => state === 'submitted' || state === 'approved' || state === 'locked';
