import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { CommandError, useBackend } from '$lib/backend';
import { fakeBackend } from '../../../tests/fake-backend';
import { place } from '../../../tests/fake/sample';
import Look from './Look.svelte';
import { ImportController } from './import.svelte';

describe('Tráng A Chu brings the list of Bản Pa Cốp in', () => {
  const places = ['Bản Pa Cốp', 'Bản Chiềng Đi'].map((name, i) => place(`p${i}`, name));

  async function look() {
    const list = new ImportController();
    await list.open(new File(['PK'], 'danh-sach-ho.xlsx'));
    if (!list.preview) throw new Error('the list did not open');
    return { list, preview: list.preview };
  }

  beforeEach(() => {
    HTMLElement.prototype.scrollIntoView = () => undefined;
    useBackend(fakeBackend({ size: 0 }));
  });

  it('types the name that row 17 lacks: the row is not refused any more, and the name can still be changed', async () => {
    const { list, preview } = await look();
    const { rerender } = render(Look, { list, preview, places });
    const field = screen.getByLabelText('Tên ở dòng 17');
    await fireEvent.input(field, { target: { value: 'Lò Văn Sinh' } });
    await list.lookAgain();
    expect(list.preview?.mapping.names).toEqual({ 17: 'Lò Văn Sinh' });
    expect(list.preview?.counts.refused).toBe(1);
    await rerender({ list, preview: list.preview, places });
    expect(screen.queryByText('Thiếu tên')).toBeNull();
    expect(screen.getByLabelText<HTMLInputElement>('Tên ở dòng 17').value).toBe('Lò Văn Sinh');
  });

  it('keeps a typed name when a column is changed, and drops it with another sheet', async () => {
    const { list } = await look();
    list.names[17] = 'Lò Văn Sinh';
    await list.chooseColumn(8, 'ignore');
    expect(list.preview?.mapping.names).toEqual({ 17: 'Lò Văn Sinh' });
    await list.chooseSheet('Hướng dẫn');
    expect(list.preview?.mapping.names).toEqual({});
  });

  it('is told at the choice of a place that one is missing, until a place is chosen', async () => {
    const { list, preview } = await look();
    render(Look, { list, preview, places });
    expect(screen.queryByRole('radio', { name: 'Bản Chiềng Đi' })).toBeNull();
    list.error = new CommandError({ code: 'required', message: '', field: 'place' });
    expect((await screen.findByRole('alert')).textContent).toContain('Ô này còn trống');
    await fireEvent.click(screen.getByRole('radio', { name: 'Bản Chiềng Đi' }));
    expect(screen.queryByRole('alert')).toBeNull();
    expect(list.place).toBe('p1');
  });
});
