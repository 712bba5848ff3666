import { expect, it } from 'vitest';
import { differing } from './differing';

const shown = (value: string, ...others: string[]) =>
  differing(value, others)
    .map((piece) => (piece.differs ? `[${piece.text}]` : piece.text))
    .join('');

it('points at the digits in which two phones differ', () => {
  expect(shown('0912 345 678', '0912 345 687')).toBe('0912 345 6[78]');
});
it('points at the word that one of two doors has more', () => {
  expect(shown('Cuối bản, sau điểm trường', 'Cuối bản')).toBe('Cuối bản[, sau điểm trường]');
});
it('never counts a letter at both ends', () => {
  expect(shown('aa', 'aaa')).toBe('aa');
  expect(shown('aaa', 'aa')).toBe('aa[a]');
});
