// Contrast, measured on the tokens: text at least 7:1 on every ground that it stands on, what is secondary 4.5:1,
// edges and drawings that carry meaning 3:1. By WCAG 2.2's definition of contrast.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const source = readFileSync(join(import.meta.dirname, '../src/styles/tokens.css'), 'utf8');
const [light = '', dark = ''] = source.split(/@media screen and \(prefers-color-scheme: dark\)|:root\[data-theme/);
const SCHEMES = { light: colours(light), dark: { ...colours(light), ...colours(dark) } };

const GROUNDS = ['ground', 'paper', 'sunk', 'green-soft'];
/** Text, and the grounds that it stands on. */
const TEXT: [string, string[]][] = [
  ['ink', [...GROUNDS, 'red-soft', 'lv0', 'lv1', 'lv2', 'lv3']],
  ['green', ['ground', 'paper']],
  ['green-ink', ['green-soft']],
  ['on-green', ['green', 'green-press', 'lv4']],
  ['amber-ink', ['amber']],
  ['red', ['ground', 'paper']],
  ['on-red', ['red']],
  ['red-ink', ['red-soft']],
];
const SECONDARY: [string, string[]][] = [['ink-2', GROUNDS]];
const EDGES: [string, string[]][] = [
  ['edge', ['ground', 'paper']],
  ['amber-edge', ['ground', 'paper']],
  ['focus', GROUNDS],
];

describe.each(Object.entries(SCHEMES))('by %s', (_, colour) => {
  const worst = (pairs: [string, string[]][], least: number) =>
    pairs.flatMap(([front, backs]) =>
      backs.flatMap((back) => {
        const ratio = contrast(named(colour, front), named(colour, back));
        return ratio < least ? [`${front} on ${back}: ${ratio.toFixed(2)}`] : [];
      }),
    );

  test('text stands out 7:1', () => expect(worst(TEXT, 7)).toEqual([]));
  test('secondary text stands out 4.5:1', () => expect(worst(SECONDARY, 4.5)).toEqual([]));
  test('edges stand out 3:1', () => expect(worst(EDGES, 3)).toEqual([]));
});

function colours(css: string): Record<string, string> {
  return Object.fromEntries([...css.matchAll(/--([\w-]+):\s*(#[0-9A-F]{6})/gi)].map(([, name, hex]) => [name, hex]));
}

function named(colour: Record<string, string>, name: string): string {
  const hex = colour[name];
  if (!hex) throw new Error(`there is no colour ${name}`);
  return hex;
}

function contrast(one: string, other: string): number {
  const [bright = 0, dim = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (bright + 0.05) / (dim + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
