import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DraftSave } from '$lib/generated/commands';
import { useBackend } from '$lib/backend';
import { DraftKeeper } from './draft.svelte';

/** A slow disk: every save waits until it is let go. */
function slowDisk() {
  const kept: string[] = [];
  const waiting: ((fail?: boolean) => void)[] = [];
  useBackend({
    execute: (_command, args) =>
      new Promise((resolve, reject) =>
        waiting.push((fail) => {
          if (fail) return reject({ code: 'disk_full', message: '' });
          kept.push((args as DraftSave).form.note ?? '');
          resolve({ saved_at_ms: kept.length } as never);
        }),
      ),
    subscribe: () => () => undefined,
  });
  const letGo = async (fail?: boolean) => {
    waiting.shift()?.(fail);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { kept, waiting, letGo };
}

const typed = (note: string): DraftSave => ({ visit: 'v1', form: { note } });

describe('a draft', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is kept letter by letter, one save at a time, the newest last', async () => {
    const disk = slowDisk();
    const keeper = new DraftKeeper();
    for (const note of ['s', 'só', 'sóng', 'sóng yếu']) keeper.keep(typed(note));
    expect(disk.waiting.length).toBe(1);
    await disk.letGo();
    await disk.letGo();
    expect(disk.kept).toEqual(['s', 'sóng yếu']);
    expect(keeper.savedAt).toBe(2);
  });

  it('goes out at once when the page is about to go', async () => {
    const disk = slowDisk();
    const keeper = new DraftKeeper();
    keeper.keep(typed('sóng'));
    keeper.keep(typed('sóng yếu'));
    keeper.flush();
    expect(disk.waiting.length).toBe(2);
    // The page stays, and the one that was sent past the other comes first.
    disk.waiting.reverse();
    await disk.letGo();
    await disk.letGo();
    await disk.letGo();
    expect(disk.kept).toEqual(['sóng yếu', 'sóng', 'sóng yếu']);
    expect(disk.waiting.length).toBe(0);
  });

  it('goes out once more when the save under way may go with the page', async () => {
    const disk = slowDisk();
    const keeper = new DraftKeeper();
    keeper.flush();
    expect(disk.waiting.length).toBe(0);
    keeper.keep(typed('sóng yếu'));
    keeper.flush();
    expect(disk.waiting.length).toBe(2);
    await disk.letGo();
    await disk.letGo();
    expect(disk.kept).toEqual(['sóng yếu', 'sóng yếu']);
    keeper.flush();
    expect(disk.waiting.length).toBe(0);
  });

  it('is tried again after a full disk, with what was typed since', async () => {
    const disk = slowDisk();
    const keeper = new DraftKeeper();
    keeper.keep(typed('sóng'));
    await disk.letGo(true);
    expect(keeper.failed?.code).toBe('disk_full');
    keeper.keep(typed('sóng yếu'));
    await vi.advanceTimersByTimeAsync(2_000);
    await disk.letGo();
    expect(disk.kept).toEqual(['sóng yếu']);
    expect(keeper.failed).toBeUndefined();
  });

  it('is not written again behind a visit that is being saved', async () => {
    const disk = slowDisk();
    const keeper = new DraftKeeper();
    keeper.keep(typed('sóng'));
    keeper.keep(typed('sóng yếu'));
    const stopped = keeper.stop();
    await disk.letGo();
    await stopped;
    keeper.keep(typed('late'));
    expect(disk.waiting.length).toBe(0);
    expect(disk.kept).toEqual(['sóng']);
  });
});
