import { beforeEach, describe, expect, it } from 'vitest';
import type { HouseholdList, HouseholdQuery } from '$lib/generated/commands';
import { useBackend } from '$lib/backend';
import { fakeBackend } from '../../../tests/fake-backend';
import { households } from './list.svelte';

const COUNTS = {
  all: 0,
  due: 0,
  not_visited: 0,
  overdue: 0,
  not_at_target: 0,
  mine: 0,
  absent_last: 0,
  business: 0,
  elderly: 0,
  removed: 0,
};
const soon = () => new Promise((done) => setTimeout(done, 0));

describe('the list of households', () => {
  beforeEach(() => households.reset());

  it('drops the answer to a search that is no longer typed', async () => {
    const asked = new Map<string, (answer: HouseholdList) => void>();
    useBackend({
      execute: (_command, args) =>
        new Promise((resolve) =>
          asked.set((args as HouseholdQuery).search ?? '', resolve as (answer: HouseholdList) => void),
        ),
      subscribe: () => () => undefined,
    });
    households.setSearch('pa');
    households.setSearch('pao');
    asked.get('pao')?.({ rows: [], total: 2, counts: COUNTS });
    asked.get('pa')?.({ rows: [], total: 31, counts: COUNTS });
    await soon();
    expect([households.total, households.answered]).toEqual([2, 'pao']);
  });

  it('asks for twenty rows at a time, and only for those near the glass', async () => {
    const backend = fakeBackend({ size: 500 });
    const offsets: number[] = [];
    useBackend({
      ...backend,
      execute: (command, args) => {
        if (command === 'household_list') offsets.push((args as HouseholdQuery).offset ?? 0);
        return backend.execute(command, args);
      },
    });
    households.refresh();
    await soon();
    households.want(195, 215);
    households.want(196, 216);
    await soon();
    expect(offsets).toEqual([0, 100, 120, 140, 160, 180, 200, 220, 240, 260, 280]);
    expect(households.at(200)?.head).toBe(backend.world.households[200]?.head);
    expect(households.at(400)).toBeUndefined();
  });

  it('keeps every page of an answer, whichever comes first', async () => {
    const backend = fakeBackend({ size: 500 });
    const waiting: (() => void)[] = [];
    useBackend({
      ...backend,
      execute: async (command, args) => {
        await new Promise<void>((go) => waiting.push(go));
        return backend.execute(command, args);
      },
    });
    const letGo = async () => {
      for (const go of waiting.splice(0).reverse()) {
        go();
        await soon();
      }
    };
    households.refresh();
    await letGo();
    households.want(15, 30);
    await letGo();
    households.refresh();
    await letGo();
    const shown = Array.from({ length: 15 }, (_, i) => households.at(15 + i)?.head);
    expect(shown).toEqual(backend.world.households.slice(15, 30).map((household) => household.head));
  });

  it('tells the two Giàng A Páo apart by their birth year', async () => {
    useBackend(fakeBackend({ size: 84 }));
    households.setSearch('giang a pao');
    await soon();
    expect([households.at(0)?.head_birth_year, households.at(1)?.head_birth_year]).toEqual([1984, 1961]);
  });
});
