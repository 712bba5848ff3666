// Every word a person reads comes from a catalogue, Vietnamese first.

import type { CommandError } from '$lib/backend';
import { words, type Key, type Locale, type Message } from './words';

export type Params = Record<string, string | number>;
export type { Key, Locale };

const STORED_AS = 'locale';

interface Speech {
  locale: Locale;
  /** Words of the place itself, which stand in for the catalogue's, in any language. */
  own: Partial<Record<string, string>>;
}

/** In one piece, as every sentence on the screen depends on it. */
let speech = $state.raw<Speech>({ locale: stored(), own: {} });

function stored(): Locale {
  try {
    return localStorage.getItem(STORED_AS) === 'en' ? 'en' : 'vi';
  } catch {
    return 'vi';
  }
}

/** The language now. */
export function currentLocale(): Locale {
  return speech.locale;
}

/** Changes the language, and remembers it on this machine. */
export function setLocale(to: Locale): void {
  speech = { ...speech, locale: to };
  document.documentElement.lang = to;
  try {
    localStorage.setItem(STORED_AS, to);
  } catch {
    // A browser without storage: the choice lasts as long as the page.
  }
}

/** From now on the place calls a level or a role by these words. */
export function setOwnWords(own: Speech['own']): void {
  // Every sentence on the screen would be said anew.
  if (JSON.stringify(own) !== JSON.stringify(speech.own)) speech = { ...speech, own };
}

/** A sentence of the catalogue, its `{blanks}` filled in. A plural goes by `params.n`. */
export function t(key: Key, params: Params = {}): string {
  const { locale, own } = speech;
  return own[key] ?? fill(words[key][locale], params, locale);
}

/** The app's own word, where a place may have another. */
export const usual = (key: Key): string => fill(words[key][speech.locale], {}, speech.locale);

/** Whether the catalogues have this key, for keys made from the notebook's own words. */
export function has(key: string): key is Key {
  return Object.hasOwn(words, key);
}

/** A sentence for a word of the notebook, or another one when it is a new word. */
export function tOr(key: string, otherwise: Key, params: Params = {}): string {
  return t(has(key) ? key : otherwise, params);
}

/** What an error says to a person: what happened, what is safe, what to do. */
export function sayError(error: CommandError): string {
  return tOr(`error.${error.code}`, 'error.internal', { ...error.params });
}

/** Fills a message. Exported for tests. */
export function fill(message: Message, params: Params, of: Locale): string {
  const text =
    typeof message === 'string' ? message : of === 'en' && Number(params['n']) === 1 ? message.one : message.other;
  return text.replace(/\{(\w+)\}/g, (blank, name: string) => {
    const value = params[name];
    if (value === undefined) return blank;
    return typeof value === 'number' ? number(value, of) : value;
  });
}

/** What a language is called where numbers and days are written. */
export const TAG: Record<Locale, string> = { vi: 'vi-VN', en: 'en-GB' };

/** Making one takes as long as writing hundreds of numbers with it: each is made once, when it is first asked. */
const numbers: Partial<Record<Locale, Intl.NumberFormat>> = {};

/** `1.234` in Vietnamese, `1,234` in English. */
export function number(value: number, of: Locale = speech.locale): string {
  return (numbers[of] ??= new Intl.NumberFormat(TAG[of])).format(value);
}
