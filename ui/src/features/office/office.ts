// What the office's screens go by: the order of the hamlets, and what is made of pasted names.

import type { OfficeNotebook, ReportState } from '$lib/generated/commands';
import { dayOf, daysBetween } from '$lib/i18n/dates';

/** So many days without a word are worth saying. */
const SILENT_DAYS = 3;
/** How many notebooks are made at once at most, as the notebook allows. */
export const MOST = 60;

/** Days since a hamlet was last heard from; nothing when it never was. */
export const silentFor = (one: OfficeNotebook, today: string) =>
  one.heard_at_ms === null ? undefined : daysBetween(dayOf(one.heard_at_ms), today);

/** A hamlet that somebody should call. */
export const isSilent = (one: OfficeNotebook, today: string) => (silentFor(one, today) ?? SILENT_DAYS) >= SILENT_DAYS;

/** Whose report is with the office or through. */
export const isIn = (state: ReportState) => state === 'submitted' || state === 'approved' || state === 'locked';

/** Those not heard from for the longest first, then by name. */
export const inOrder = (all: readonly OfficeNotebook[]) =>
  [...all].sort(
    (a, b) => (a.heard_at_ms ?? -Infinity) - (b.heard_at_ms ?? -Infinity) || a.name.localeCompare(b.name, 'vi'),
  );

export interface Plan {
  /** For these a notebook is made. */
  names: string[];
  /** Listed already. */
  already: string[];
  /** Written more than once. */
  twice: string[];
}

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/gu;

/** The same for hòa and hoà, and for no two other names: the tone stands behind its syllable. */
const spoken = (name: string) =>
  name
    .normalize('NFD')
    .toLowerCase()
    .split(' ')
    .map((word) => word.replace(TONES, '') + (word.match(TONES) ?? []).join(''))
    .join(' ');

/** What was typed or pasted, one name a line; numbers and dashes before a name are a list's and not the name's. */
export function plan(text: string, listed: readonly { name: string }[]): Plan {
  const known = new Set(listed.map((one) => spoken(one.name)));
  const result: Plan = { names: [], already: [], twice: [] };
  for (const line of text.normalize('NFC').split('\n')) {
    const name = line
      .replace(/^[\s\d]*[.)\t]\s*|^\s*[-–•*]\s*/u, '')
      .replace(/\s+/gu, ' ')
      .trim();
    if (!name) continue;
    const into = known.has(spoken(name))
      ? result.already
      : result.names.some((one) => spoken(one) === spoken(name))
        ? result.twice
        : result.names;
    if (!into.includes(name)) into.push(name);
  }
  return result;
}
