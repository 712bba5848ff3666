// Every word a person reads comes from a catalogue, Vietnamese first.

import type { CommandError } from '$lib/backend';
import { words, type Key, type Locale, type Message } from './words';

export type Params = Record<string, string | number>;
export type { Key, Locale };

const STORED_AS = 'locale';

let locale = $state<Locale>(stored());

function stored(): Locale {
  try {
    return localStorage.getItem(STORED_AS) === 'en' ? 'en' : 'vi';
  } catch {
    return 'vi';
  }
}

/** The language now. */
export function currentLocale(): Locale {
  return locale;
}

/** Changes the language, and remembers it on this machine. */
export function setLocale(to: Locale): void {
  locale = to;
  document.documentElement.lang = to;
  try {
    localStorage.setItem(STORED_AS, to);
  } catch {
    // A browser without storage: the choice lasts as long as the page.
  }
}

let own = $state.raw<Partial<Record<string, string>>>({});

/** Words of the place itself, such as what it calls a level or a role: they stand in for the catalogue's, in any language. */
export function setOwnWords(of: Partial<Record<string, string>>): void {
  own = of;
}

/** A sentence of the catalogue, its `{blanks}` filled in. A plural goes by `params.n`. */
export function t(key: Key, params: Params = {}): string {
  return own[key] ?? fill(words[key][locale], params, locale);
}

/** The app's own word, where a place may have another. */
export const usual = (key: Key): string => fill(words[key][locale], {}, locale);

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

/** Making one takes as long as writing hundreds of numbers with it. */
const numbers = { vi: new Intl.NumberFormat('vi-VN'), en: new Intl.NumberFormat('en-GB') };

/** `1.234` in Vietnamese, `1,234` in English. */
export function number(value: number, of: Locale = locale): string {
  return numbers[of].format(value);
}
