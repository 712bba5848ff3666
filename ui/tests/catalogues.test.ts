import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from '../src/lib/i18n/en';
import { fill } from '../src/lib/i18n/index.svelte';
import { vi } from '../src/lib/i18n/vi';

const SRC = join(import.meta.dirname, '../src');
const keys = Object.keys(vi).sort();
const blanks = (message: unknown) => [...new Set(JSON.stringify(message).match(/\{\w+\}/g) ?? [])].sort();

function* files(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else yield path;
  }
}
const outside = [...files(SRC)].filter(
  (path) => /\.(svelte|ts)$/.test(path) && !/i18n\/(vi|en)\.ts$|generated|\.test\.ts$/.test(path),
);

describe('the catalogues', () => {
  it('have the same keys', () => {
    expect(Object.keys(en).sort()).toEqual(keys);
  });

  it('fill the same blanks in both languages', () => {
    for (const key of Object.keys(vi) as (keyof typeof vi)[]) expect(blanks(en[key]), key).toEqual(blanks(vi[key]));
  });

  it('are both in their own language', () => {
    const vietnamese = /[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉĩọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ]/i;
    const names = new Set([
      'app.name',
      'app.other_language',
      'more.language_switch',
      'start.team_name_hint',
      'start.place_name_hint',
    ]);
    const strays = Object.entries(en).filter(([key, text]) => !names.has(key) && vietnamese.test(JSON.stringify(text)));
    expect(strays).toEqual([]);
  });

  it('say a number as each language does', () => {
    expect(fill(vi['list.count'], { n: 5040 }, 'vi')).toBe('5.040 hộ');
    expect(fill(en['list.count'], { n: 5040 }, 'en')).toBe('5,040 households');
    expect(fill(en['list.count'], { n: 1 }, 'en')).toBe('1 household');
  });

  it('hold every key that the screens ask for', () => {
    const asked = outside.flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/\bt\(\s*'([^']+)'/g)].map((m) => m[1]),
    );
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter((key) => !keys.includes(key ?? ''))).toEqual([]);
  });

  it('end no error without saying what to do or what is safe', () => {
    for (const [key, text] of Object.entries(vi).filter(([key]) => key.startsWith('error.')))
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
