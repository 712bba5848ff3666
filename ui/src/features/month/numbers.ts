// How figures are said.

import { currentLocale, number, t, TAG } from '$lib/i18n/index.svelte';
import { momentText } from '$lib/i18n/dates';

/** `36,9`: with one digit behind the comma; nothing when there is nothing to divide by. */
export function percent(n: number, of: number): string | undefined {
  if (of === 0) return undefined;
  return new Intl.NumberFormat(TAG[currentLocale()], { maximumFractionDigits: 1 }).format((100 * n) / of);
}

/** A figure, or the words for none: a blank is not a zero. */
export const figure = (n: number | null | undefined) => (n == null ? t('progress.no_data') : number(n));

/** `2026-11` → `11/2026`. */
export const monthText = (period: string) => period.split('-').reverse().join('/');

/** `2026-11` → `11`. */
export const monthNumber = (period: string) => Number(period.slice(5));

/** A moment as a report tells it, in words of today. */
export function whenText(iso: string | null, today: string): string | undefined {
  if (!iso) return undefined;
  const ms = Date.parse(iso);
  return Number.isNaN(ms) ? undefined : momentText(ms, today);
}

/** The period so many months after another. */
export function movePeriod(period: string, months: number): string {
  const [year, month] = period.split('-').map(Number);
  const moved = new Date(Date.UTC(year ?? 0, (month ?? 1) - 1 + months, 15));
  return moved.toISOString().slice(0, 7);
}

/** From which periods on something new may hold, where `first` is the earliest: that one, or the one after it. */
export const startChoices = (first: string) => [first, movePeriod(first, 1)].map(periodChoice);

/** A period as a form offers it. */
export const periodChoice = (period: string) => ({
  value: period,
  name: t('progress.period_name', { month: monthText(period) }),
});
