import { flushSync } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Event, HouseholdDetail } from '$lib/generated/commands';
import { useBackend } from '$lib/backend';
import { forgetAll, queryHousehold, readAhead, remember } from './known';

const wait = (ms = 0) => new Promise((done) => setTimeout(done, ms));
const household = (id: string, head: string) => ({ id, head }) as HouseholdDetail;

/** A notebook whose answers are let go one by one. */
function notebook() {
  const asked: string[] = [];
  const answers: ((answer: HouseholdDetail) => void)[] = [];
  let tell: (event: Event) => void = () => undefined;
  useBackend({
    execute: (_command, args) => {
      asked.push((args as { household: string }).household);
      return new Promise((resolve) => answers.push(resolve as (answer: HouseholdDetail) => void));
    },
    subscribe(listener) {
      tell = listener;
      return () => undefined;
    },
  });
  const changed = (...households: string[]) => tell({ event: 'changed', kinds: ['household'], households });
  return { asked, answers, changed };
}

/** What a screen that opens this household begins with. */
function begun(id: string): string | undefined {
  let data: HouseholdDetail | undefined;
  const stop = $effect.root(() => {
    data = queryHousehold(() => id, ['household']).data;
  });
  stop();
  return data?.head;
}

describe('a household that is known', () => {
  beforeEach(() => forgetAll());

  it('is what its screen begins with, and is asked for once that is painted', async () => {
    const { asked } = notebook();
    remember('a', household('a', 'Giàng A Páo'));
    const stop = $effect.root(() => {
      expect(queryHousehold(() => 'a', ['household']).data?.head).toBe('Giàng A Páo');
    });
    flushSync();
    expect(asked).toEqual([]);
    await wait(60);
    flushSync();
    expect(asked).toEqual(['a']);
    stop();
  });

  it('is known no more after a change, of its own or of everything', () => {
    const { changed } = notebook();
    remember('a', household('a', 'Giàng A Páo'));
    remember('b', household('b', 'Thào Thị Dế'));
    changed('b');
    expect([begun('a'), begun('b')]).toEqual(['Giàng A Páo', undefined]);
    changed();
    expect(begun('a')).toBeUndefined();
  });

  it('was read ahead, unless it changed while it was read', async () => {
    const { asked, answers, changed } = notebook();
    void readAhead(['a', 'b', 'c'], () => asked.length < 2);
    answers[0]?.(household('a', 'Giàng A Páo'));
    await wait();
    changed('b');
    answers[1]?.(household('b', 'before the change'));
    await wait();
    expect([begun('a'), begun('b')]).toEqual(['Giàng A Páo', undefined]);
    expect(asked, 'nobody waits for the third any more').toEqual(['a', 'b']);
  });

  it('gives way to others after a while', () => {
    notebook();
    for (let n = 0; n < 30; n++) remember(String(n), household(String(n), `Hộ ${n}`));
    expect([begun('0'), begun('29')]).toEqual([undefined, 'Hộ 29']);
  });
});
