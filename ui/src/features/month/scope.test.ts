import { beforeEach, expect, it } from 'vitest';
import { fakeBackend, type FakeOptions } from '../../../tests/fake-backend';
import { app } from '$lib/app.svelte';
import { useBackend } from '$lib/backend';
import { notebooks } from '$lib/notebooks.svelte';
import { overCommune, scope } from './scope.svelte';
import { hamletsOf, inOrder, of } from './report/report';

async function device(options: FakeOptions) {
  const backend = fakeBackend({ size: 4, ...options });
  useBackend(backend);
  await app.refresh();
  await notebooks.refresh();
  return backend;
}

beforeEach(() => scope.choose(true));

it('is one notebook where nothing is listed', async () => {
  await device({});
  expect(scope.isOffice).toBe(false);
  expect(of('2026-11', undefined)).toEqual({ period: '2026-11' });
});

it('is the whole commune at its office, until somebody says otherwise', async () => {
  await device({ office: true });
  expect(scope.isOffice).toBe(true);
  expect(of('2026-11', undefined)).toEqual({ period: '2026-11', commune: true });
  scope.choose(false);
  expect(overCommune()).toEqual({});
});

it('is remembered for the notebook while others are opened', async () => {
  await device({ office: true });
  scope.choose(false);
  await notebooks.open({ notebook: 's1' });
  expect(scope.isOffice).toBe(false);
  await notebooks.open({ notebook: 'xa' });
  expect(scope.commune).toBe(false);
});

it('leaves a team to its own notebook', async () => {
  await device({ office: true });
  expect(of('2026-11', 't1')).toEqual({ period: '2026-11', team: 't1' });
});

it('tells of the hamlets, those that are missing first', async () => {
  const backend = await device({ office: true });
  const report = await backend.execute('report_get', { commune: true });
  expect(inOrder(hamletsOf(report) ?? []).map((one) => one.name)).toEqual([
    'Bản Bó Nhàng',
    'Bản Suối Lìn',
    'Tiểu khu 1',
    'Bản Hua Tạt',
    'Bản Pa Cốp',
  ]);
  expect(hamletsOf(await backend.execute('report_get', {}))).toBeUndefined();
});
