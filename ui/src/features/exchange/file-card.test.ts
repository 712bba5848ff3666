import { fireEvent, render, screen } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { fakeBackend } from '../../../tests/fake-backend';
import { useBackend } from '$lib/backend';
import FileCard from './FileCard.svelte';

it('offers a receiver only what is new for them, and falls back to everything when nothing is', async () => {
  let fresh = 3;
  const backend = fakeBackend({ size: 1 });
  const asked: unknown[] = [];
  useBackend({
    ...backend,
    execute: async (command, args) => {
      if (command === 'file_receivers')
        return [
          { name: 'Máy chị Mai', new_records: fresh },
          { name: 'Máy anh Páo', new_records: 0 },
        ] as never;
      return backend.execute(command, args);
    },
    saveFile: async (args) => {
      asked.push(args);
      fresh = 0;
      backend.world.changed(['sync']);
      return { path: '/the/card/so.tungnha', downloaded: false, records: 3 };
    },
  });
  render(FileCard, { relays: [] });

  const mai = await screen.findByRole<HTMLInputElement>('radio', { name: /Phần mới cho Máy chị Mai/ });
  const pao = screen.getByRole<HTMLInputElement>('radio', { name: 'Chưa có gì mới cho Máy anh Páo' });
  expect([mai.disabled, pao.disabled]).toEqual([false, true]);
  await fireEvent.click(mai);
  await fireEvent.click(screen.getByRole('button', { name: 'Tạo tệp' }));
  await screen.findByText('Đã tạo tệp có 3 bản ghi.');
  expect(asked).toEqual([{ since: { receiver: 'Máy chị Mai' } }]);

  const later = await screen.findByRole<HTMLInputElement>('radio', { name: 'Chưa có gì mới cho Máy chị Mai' });
  expect(later.disabled).toBe(true);
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Tất cả' }).checked).toBe(true);
});
