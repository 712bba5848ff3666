// Days come as `2026-11-18` and are read as 18/11/2026. A day is never turned into a
// moment: a tablet whose time zone is wrong must not show yesterday.

import { currentLocale, t, TAG, type Locale } from './index.svelte';

const pad = (n: number) => String(n).padStart(2, '0');

/** `2026-11-18` → `18/11/2026`. */
export function dayText(iso: string): string {
  const [y, m, d] = iso.split('-');
  return y && m && d ? `${d}/${m}/${y}` : iso;
}

/** `2026-11-18` → `18/11`, when it is of the same year as `today`; the whole date otherwise. */
export function shortDay(iso: string, today: string): string {
  return iso.slice(0, 4) === today.slice(0, 4) ? dayText(iso).slice(0, 5) : dayText(iso);
}

/** Made once each, as numbers' are. */
const weekdays: Partial<Record<Locale, Intl.DateTimeFormat>> = {};

function weekdayName(day: Date): string {
  const locale = currentLocale();
  return (weekdays[locale] ??= new Intl.DateTimeFormat(TAG[locale], { weekday: 'long', timeZone: 'UTC' })).format(day);
}

/** `2026-11-25` → `Thứ Tư, 25/11/2026`. */
export function weekday(iso: string): string {
  return `${weekdayName(new Date(`${iso}T12:00:00Z`))}, ${dayText(iso)}`;
}

/** `2026-11-25` → `Thứ Tư, 25/11`, for days near today. */
export function weekdayShort(iso: string): string {
  return weekday(iso).slice(0, -5);
}

/** The day so many days after `iso`. */
export function addDays(iso: string, days: number): string {
  const day = new Date(`${iso}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

/** Days from `from` to `to`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T12:00:00Z`) - Date.parse(`${from}T12:00:00Z`)) / 86_400_000);
}

/** Vietnam's clock is seven hours before UTC all year; a tablet set to another zone shows it too. */
const VIETNAM_MS = 7 * 3_600_000;
const inVietnam = (ms: number) => new Date(ms + VIETNAM_MS).toISOString();

/** `09:41`, in Vietnam. */
export function timeText(ms: number): string {
  return inVietnam(ms).slice(11, 16);
}

/** The day of a moment, in Vietnam. */
export function dayOf(ms: number): string {
  return inVietnam(ms).slice(0, 10);
}

/** `14:05` today, `15/11, 14:05` on another day. */
export function momentText(ms: number, today: string = dayOf(Date.now())): string {
  const day = dayOf(ms);
  return day === today ? timeText(ms) : `${shortDay(day, today)}, ${timeText(ms)}`;
}

/** `1984-07` → `07/1984`; what was recorded, no more. */
export function birthText(birth: string): string {
  return birth.split('-').reverse().join('/');
}

/** "Quá hạn 2 ngày", "Hôm nay", "Hẹn 25/11". */
export function dueText(followUp: string, today: string): string {
  const days = daysBetween(followUp, today);
  if (days > 0) return t('due.overdue', { n: days });
  if (days === 0) return t('due.today');
  return t('due.on', { day: shortDay(followUp, today) });
}

/** Reads `25/11`, `25/11/26`, `25.11.2026`; a year left out is that of `near`. Undefined if it is no day. */
export function parseDay(text: string, near: string): string | undefined {
  const found = /^\s*(\d{1,2})\s*[/.\- ]\s*(\d{1,2})(?:\s*[/.\- ]\s*(\d{2}|\d{4}))?\s*$/.exec(text);
  if (!found) return undefined;
  const [, d, m, y] = found;
  const year = y === undefined ? Number(near.slice(0, 4)) : y.length === 2 ? 2000 + Number(y) : Number(y);
  const iso = `${year}-${pad(Number(m))}-${pad(Number(d))}`;
  const day = new Date(`${iso}T12:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === iso ? iso : undefined;
}
