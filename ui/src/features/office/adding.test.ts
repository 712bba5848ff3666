import { expect, it } from 'vitest';
import { fakeBackend } from '../../../tests/fake-backend';
import { app } from '$lib/app.svelte';
import { useBackend } from '$lib/backend';
import { learn } from '$lib/i18n/words';
import { office as words } from '$lib/i18n/words/office';
import { route } from '$lib/router.svelte';
import { adding } from './adding.svelte';

learn(words);

async function office() {
  const backend = fakeBackend({ size: 0, office: true });
  useBackend(backend);
  await app.refresh();
  return backend;
}

it('joins a hamlet’s notebook, comes back to the office’s and lists it', async () => {
  const backend = await office();
  Object.assign(adding, { invite: 'https://may-chu.vn/j/x#y', name: 'Vàng Thị Mỷ' });
  await adding.join();
  expect(adding.sending.error).toBeUndefined();
  expect(app.status?.space?.name).toBe('Sổ xã Vân Hồ');
  const { notebooks } = await backend.execute('office_get', {});
  expect(notebooks.map((one) => one.name)).toContain('Bản Chiềng Đi');
  expect(route.parts).toEqual(['more', 'office']);
  expect(adding.invite).toBe('');
});

it('says at the invite what is wrong with it, and stays where it was', async () => {
  await office();
  Object.assign(adding, { invite: 'cu', name: 'Vàng Thị Mỷ' });
  await adding.join();
  expect(adding.sending.at('invite')?.code).toBe('invite_expired');
  expect(app.status?.space?.name).toBe('Sổ xã Vân Hồ');
});
