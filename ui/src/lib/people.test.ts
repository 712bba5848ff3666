import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Profiles } from '$lib/generated/commands';
import { envelope, useBackend, type Backend } from './backend';
import { people } from './people.svelte';
import { go, route } from './router.svelte';

const at = (signed_in: string | null): Profiles => ({
  people: ['lan', 'nam'].map((id) => ({
    id,
    name: id,
    role: 'member',
    waiting: 0,
    wait_s: 0,
    tries_left: 5,
    has_recovery: false,
    temporary: false,
    left: false,
  })),
  signed_in,
  locked: signed_in === null,
  open: true,
  leads: false,
  lock_after_min: 5,
  team: '',
  in_keystore: false,
});

/** A notebook whose saves take until they are let go. */
function slow() {
  const done: string[] = [];
  let letGo = () => {};
  const saving = new Promise<void>((free) => (letGo = free));
  const backend = {
    async execute(command: string) {
      if (command === 'draft_save') await saving;
      done.push(command);
      return command === 'profile_lock' ? at(null) : {};
    },
    subscribe: () => () => undefined,
  };
  useBackend(backend as unknown as Backend);
  return { done, letGo, backend };
}

describe('a shared machine', () => {
  beforeEach(async () => {
    slow();
    await people.take(at(null));
  });

  it('locks only when the last touch of a form is kept, and shows nothing meanwhile', async () => {
    const { done, letGo } = slow();
    await people.take(at('lan'));
    const { execute } = await import('./backend');
    void execute('draft_save', { visit: 'v', form: {} });
    const locking = people.lock();
    expect(people.locked).toBe(true);
    letGo();
    await locking;
    expect(done.filter((command) => command !== 'status')).toEqual(['draft_save', 'profile_lock']);
    expect(people.state?.signed_in).toBeNull();
  });

  it('brings each back to their own screen, and speaks for nobody else', async () => {
    await people.take(at('lan'));
    expect(envelope('status', {})).toMatchObject({ by: 'lan' });
    go('households', 'h1', 'visit', 'v1');
    await vi.waitFor(() => expect(route.parts[3]).toBe('v1'));
    await people.lock();
    expect(envelope('status', {})).not.toHaveProperty('by');
    await people.take(at('nam'));
    expect(route.parts).toEqual(['households']);
    go('more');
    await vi.waitFor(() => expect(route.parts).toEqual(['more']));
    await people.lock();
    await people.take(at('lan'));
    expect(route.parts).toEqual(['households', 'h1', 'visit', 'v1']);
  });
});
