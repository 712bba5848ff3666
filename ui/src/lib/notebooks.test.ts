import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBackend } from '../../tests/fake-backend';
import { app } from './app.svelte';
import { execute, useBackend } from './backend';
import { notebooks } from './notebooks.svelte';
import { go, route } from './router.svelte';

/** A tablet on which Dợ has the notebook of Pa Cốp open, and those of Suối Lìn, Hua Tạt and Bó Nhàng besides. */
async function tablet() {
  const backend = fakeBackend({ size: 4, several: true });
  const asked: string[] = [];
  useBackend({
    ...backend,
    execute: (command, args) => {
      asked.push(command);
      return backend.execute(command, args);
    },
  });
  await app.refresh();
  await notebooks.refresh();
  return { backend, asked };
}

beforeEach(() => {
  notebooks.asking = undefined;
  app.dismiss();
});

describe('a device with several notebooks', () => {
  it('knows which one is open', async () => {
    await tablet();
    expect(notebooks.several).toBe(true);
    expect(app.status?.space?.name).toBe('Tổ CNSCĐ bản Pa Cốp');
  });

  it('opens another one on Hôm nay, and says so', async () => {
    await tablet();
    go('more', 'notebooks');
    await notebooks.open({ notebook: 's2' });
    expect(app.status?.space?.name).toBe('Tổ CNSCĐ bản Suối Lìn');
    expect(app.status?.space?.id).toBe('s2');
    await expect.poll(() => route.parts).toEqual(['today']);
    expect(app.undoable).toEqual({ text: 'Đã mở sổ Tổ CNSCĐ bản Suối Lìn.', undo: undefined });
  });

  it('asks who somebody is where that is not known, and then opens', async () => {
    await tablet();
    await notebooks.open({ notebook: 's3' });
    expect(app.status?.space?.id).toBe('s1');
    expect(notebooks.asking).toEqual({ notebook: 's3' });
    await notebooks.open({ notebook: 's3' }, 'm2');
    expect(app.status?.space?.id).toBe('s3');
    expect(app.status?.me?.name).toBe('Vì Văn Nam');
    expect(notebooks.asking).toBeUndefined();
  });

  it('says why one that has not come yet cannot be opened', async () => {
    await tablet();
    await expect(notebooks.open({ notebook: 's4' })).rejects.toMatchObject({ code: 'notebook_not_here' });
    expect(notebooks.opening).toBe(false);
  });

  it('lets the last touch of a form be kept in its own notebook first', async () => {
    const { asked } = await tablet();
    const draft = await execute('visit_open', { household: (await execute('household_list', {})).rows[0]?.id ?? '' });
    const kept = execute('draft_save', { visit: draft.visit, form: draft.form, face: null });
    await notebooks.open({ notebook: 's2' });
    await expect(kept).resolves.toBeDefined();
    expect(asked.indexOf('draft_save')).toBeLessThan(asked.indexOf('notebook_open'));
  });

  it('takes nothing back in a notebook in which it was not done', async () => {
    await tablet();
    app.tell('Đã lưu', () => Promise.resolve());
    const opened = notebooks.open({ notebook: 's2' });
    expect(app.undoable).toBeUndefined();
    expect(notebooks.opening).toBe(true);
    await opened;
  });

  it('leads back to where somebody was when they only looked something up', async () => {
    await tablet();
    go('report', '2026-11');
    await expect.poll(() => route.parts[0]).toBe('report');
    await notebooks.open({ notebook: 's2', screen: ['households', 'h00001'], wayBack: true });
    expect(route.parts).toEqual(['households', 'h00001']);
    await app.undo();
    expect(app.status?.space?.id).toBe('s1');
    expect(route.parts).toEqual(['report', '2026-11']);
  });
});
