import { describe, expect, it } from 'vitest';
import { learn } from '$lib/i18n/words';
import { progress } from '$lib/i18n/words/progress';
import { figure, monthText, movePeriod, percent } from './numbers';

learn(progress);

describe('figures', () => {
  it('tell a blank from a zero', () => {
    expect(figure(null)).toBe('chưa có số liệu');
    expect(figure(0)).toBe('0');
    expect(figure(5040)).toBe('5.040');
  });

  it('divide by nothing into no share at all', () => {
    expect(percent(0, 0)).toBeUndefined();
    expect(percent(31, 84)).toBe('36,9');
  });

  it('name periods by the month in which they end', () => {
    expect(monthText('2026-11')).toBe('11/2026');
    expect(movePeriod('2026-12', 1)).toBe('2027-01');
    expect(movePeriod('2026-01', -1)).toBe('2025-12');
  });
});
