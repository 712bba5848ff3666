import { describe, expect, it } from 'vitest';
import { highlight } from './highlight';

const hits = (name: string, search: string) =>
  highlight(name, search)
    .map((piece) => (piece.hit ? `[${piece.text}]` : piece.text))
    .join('');

describe('where the search is underlined in a name', () => {
  it('finds Giàng A Páo without marks, as one line', () => {
    expect(hits('Giàng A Páo', 'giang a pao')).toBe('[Giàng A Páo]');
  });
  it('underlines only what was typed of a word', () => {
    expect(hits('Giàng A Páo', 'pa')).toBe('Giàng A [Pá]o');
  });
  it('knows đ as d, and names that came apart as letters and marks', () => {
    expect(hits('Đinh Văn Đạt'.normalize('NFD'), 'dat')).toBe('Đinh Văn [Đạt]');
  });
  it('leaves a name alone that was found by its phone', () => {
    expect(hits('Lò Thị Pâng', '0912')).toBe('Lò Thị Pâng');
  });
});
