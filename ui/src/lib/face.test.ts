import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { useBackend } from './backend';
import { face, read } from './face.svelte';
import { fakeBackend } from '../../tests/fake-backend';

test('what was chosen stands on the page and in the notebook, and comes back after a reload', async () => {
  const backend = fakeBackend({ size: 1 });
  useBackend(backend);
  await face.choose({ text: 'very_large', theme: 'dark' });
  const page = document.documentElement;
  expect([page.dataset['text'], page.dataset['theme'], page.dataset['motion']]).toEqual([
    'very_large',
    'dark',
    'system',
  ]);
  expect(await backend.execute('face_settings_get', {})).toEqual(face.settings);
  expect(read(localStorage.getItem('face'), 'vi')).toEqual({ ...face.settings, language: 'vi' });
});

test('what nobody can have chosen is as good as nothing', () => {
  const normal = { language: 'vi', theme: 'system', text: 'normal', motion: 'system' };
  for (const kept of [null, '', '7', 'null', '{"text":"huge","theme":1}']) expect(read(kept, 'vi')).toEqual(normal);
});

test('dark by choice is dark as the system has it', () => {
  const css = readFileSync('src/styles/tokens.css', 'utf8');
  const colours = (from: string) => {
    const block = css.slice(css.indexOf(from));
    return [...block.slice(0, block.indexOf('}')).matchAll(/--[\w-]+: [^;]+/g)].map(([one]) => one);
  };
  const chosen = colours(":root[data-theme='dark']");
  expect(chosen.length).toBeGreaterThan(20);
  expect(chosen).toEqual(colours(":root:not([data-theme='light'])"));
});
