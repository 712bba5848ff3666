import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fill } from '../src/lib/i18n/index.svelte';
import { features, learn, words, type Key } from '../src/lib/i18n/words';
import { campaigns } from '../src/lib/i18n/words/campaigns';
import { cards } from '../src/lib/i18n/words/cards';
import { lessons } from '../src/lib/i18n/words/lessons';
import { locality } from '../src/lib/i18n/words/locality';
import { notebooks } from '../src/lib/i18n/words/notebooks';
import { obstacles } from '../src/lib/i18n/words/obstacles';
import { office } from '../src/lib/i18n/words/office';
import { progress } from '../src/lib/i18n/words/progress';
import { report } from '../src/lib/i18n/words/report';

const SRC = join(import.meta.dirname, '../src');
/** Words that are fetched later, and the folder whose screens alone say them. */
const later = [lessons, cards, progress, report, locality, obstacles, campaigns, notebooks, office];
later.forEach(learn);
const keys = Object.keys(words) as Key[];
const blanks = (message: unknown) => [...new Set(JSON.stringify(message).match(/\{\w+\}/g) ?? [])].sort();

function* files(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else yield path;
  }
}
const outside = [...files(SRC)].filter(
  (path) => /\.(svelte|ts)$/.test(path) && !/i18n\/words\/|generated|\.test\.ts$/.test(path),
);

describe('the catalogues', () => {
  it('say each thing in one feature only', () => {
    const told = [...features, ...later].flatMap((feature) => Object.keys(feature));
    expect(told.filter((key, at) => told.indexOf(key) !== at)).toEqual([]);
  });

  it('hold every file of words, those that are fetched later besides', () => {
    const folder = join(SRC, 'lib/i18n/words');
    expect([...files(folder)]).toHaveLength(features.length + later.length);
  });

  it('leave nothing empty, and fill the same blanks in both languages', () => {
    for (const key of keys) {
      const { vi, en } = words[key];
      for (const text of [vi, en].flatMap((message) =>
        typeof message === 'string' ? message : Object.values(message),
      ))
        expect(text.trim(), key).not.toBe('');
      expect(blanks(en), key).toEqual(blanks(vi));
    }
  });

  it('are both in their own language', () => {
    const vietnamese = /[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉĩọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ]/i;
    const names = new Set([
      'app.name',
      'app.other_language',
      'settings.language_vi',
      'settings.language_en',
      'start.team_name_hint',
      'start.place_name_hint',
    ]);
    const strays = keys.filter((key) => !names.has(key) && vietnamese.test(JSON.stringify(words[key].en)));
    expect(strays).toEqual([]);
    const spoken = (message: unknown) => JSON.stringify(message).replace(/\{\w+\}/g, '');
    const untranslated = keys.filter((key) => {
      const { vi, en } = words[key];
      return !names.has(key) && spoken(vi) === spoken(en) && /\p{L}/u.test(spoken(vi));
    });
    expect(untranslated).toEqual([]);
  });

  it('say a number as each language does', () => {
    expect(fill(words['list.count'].vi, { n: 5040 }, 'vi')).toBe('5.040 hộ');
    expect(fill(words['list.count'].en, { n: 5040 }, 'en')).toBe('5,040 households');
    expect(fill(words['list.count'].en, { n: 1 }, 'en')).toBe('1 household');
  });

  it('hold every key that the screens ask for, and none besides', () => {
    const code = outside.map((path) => readFileSync(path, 'utf8')).join('\n');
    const asked = new Set([...code.matchAll(/\bt\(\s*'([^']+)'/g)].map((m) => m[1] ?? ''));
    expect(asked.size).toBeGreaterThan(100);
    expect([...asked].filter((key) => !(key in words))).toEqual([]);

    // Some are named apart from where they are said, some are made from the notebook's own words.
    const named = new Set([...code.matchAll(/'([a-z_]+(?:\.[a-z_]+)*)'/g)].map((m) => m[1]));
    const made = [...code.matchAll(/`([a-z_.]+)\$\{/g)].map((m) => m[1] ?? '');
    expect(keys.filter((key) => !named.has(key) && !made.some((start) => key.startsWith(start)))).toEqual([]);
  });

  it.each([
    ['lessons', /['`](lessons?|training)\./],
    ['month', /['`](progress|report|locality|obstacle|notice|campaign)\./],
    // The list of everything else is fetched in one piece with these.
    ['(notebooks|office|settings)', /['`](notebooks|office)\./],
  ])('say what is fetched with the %s there only', (folder, theirs) => {
    const elsewhere = outside.filter((path) => !new RegExp(`/features/${folder}/`).test(path));
    expect(elsewhere.filter((path) => theirs.test(readFileSync(path, 'utf8')))).toEqual([]);
  });

  it('end no error without saying what to do or what is safe', () => {
    for (const key of keys.filter((key) => key.startsWith('error.')))
      for (const text of Object.values(words[key]))
        expect(
          String(text)
            .split(/[.!?](?:\s|$)/)
            .filter(Boolean).length,
          key,
        ).toBeGreaterThan(1);
  });
});

describe('words for people', () => {
  it('stand in no screen, only in the catalogues', () => {
    const strays = outside
      .filter((path) => path.endsWith('.svelte'))
      .flatMap((path) => {
        const markup = readFileSync(path, 'utf8')
          .replace(/<script[\s\S]*?<\/script>|<!--[\s\S]*?-->/g, '')
          .replace(/\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}/g, '');
        const texts = [...markup.matchAll(/>([^<>]+)</g)].map((m) => m[1]?.trim() ?? '');
        const spoken = [...markup.matchAll(/\b(?:aria-label|title|alt|placeholder|label)="([^"{]+)"/g)].map(
          (m) => m[1] ?? '',
        );
        return [...texts, ...spoken]
          .filter((text) => /\p{L}{2,}/u.test(text))
          .map((text) => `${path.slice(SRC.length)}: ${text}`);
      });
    expect(strays).toEqual([]);
  });

  it('are not written in Vietnamese in code either, comments apart', () => {
    const strays = outside.filter((path) => {
      const code = readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*|<!--[\s\S]*?-->/g, '');
      return /['"`>][^'"`<]*[ạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉĩọỏốồổỗộớờởỡợụủũứừửữựơư][^'"`<]*['"`<]/i.test(code);
    });
    expect(strays).toEqual([]);
  });
});
