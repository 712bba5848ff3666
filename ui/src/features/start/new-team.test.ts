import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, expect, it } from 'vitest';
import { fakeBackend } from '../../../tests/fake-backend';
import { useBackend } from '$lib/backend';
import { go, replace, route } from '$lib/router.svelte';
import NewTeamScreen from './NewTeamScreen.svelte';

/** Páo has pressed "Lập tổ"; the answer comes when it is called for. */
async function pressed() {
  const backend = fakeBackend({ size: 0 });
  let answer = () => {};
  useBackend({
    ...backend,
    execute: async (command, args) => {
      if (command !== 'team_start') return backend.execute(command, args);
      await new Promise<void>((come) => (answer = come));
      return backend.world.status as never;
    },
  });
  render(NewTeamScreen);
  await fireEvent.click(screen.getByRole('button', { name: 'Lập tổ' }));
  return async () => {
    answer();
    await screen.findByRole('button', { name: 'Lập tổ' });
    await expect.poll(() => screen.getByRole<HTMLButtonElement>('button', { name: 'Lập tổ' }).disabled).toBe(false);
  };
}

beforeEach(() => replace('start', 'new'));

it('leads to the list once the team is there', async () => {
  const answer = await pressed();
  await answer();
  expect(route.parts).toEqual(['households']);
});

it('leaves whoever has already gone on where they are', async () => {
  const answer = await pressed();
  go('more', 'import');
  await expect.poll(() => route.parts[0]).toBe('more');
  await answer();
  expect(route.parts).toEqual(['more', 'import']);
});
