import { describe, expect, it } from 'vitest';
import { addDays, birthText, dayOf, dayText, daysBetween, momentText, parseDay, shortDay, weekday } from './dates';
import { number, setLocale } from './index.svelte';
import { phoneText } from './phone';

describe('days', () => {
  it('are read day first', () => {
    expect(dayText('2026-11-18')).toBe('18/11/2026');
    expect(shortDay('2026-11-18', '2026-12-01')).toBe('18/11');
    expect(shortDay('2025-11-18', '2026-12-01')).toBe('18/11/2025');
    expect(weekday('2026-11-25')).toBe('Thứ Tư, 25/11/2026');
  });
  it('are typed in any usual way', () => {
    for (const text of ['25/11', '25-11-2026', '25.11.26', ' 25 11 '])
      expect(parseDay(text, '2026-11-18'), text).toBe('2026-11-25');
  });
  it('exist in a calendar, or are no days', () => {
    for (const text of ['31/02/2026', '0/1', '25', 'mai', '25/13'])
      expect(parseDay(text, '2026-11-18'), text).toBeUndefined();
    expect(parseDay('29/02', '2028-01-01')).toBe('2028-02-29');
  });
  it('add up over months and years', () => {
    expect(addDays('2026-12-28', 7)).toBe('2027-01-04');
    expect(daysBetween('2026-11-16', '2026-11-18')).toBe(2);
  });
  it('begin at midnight in Vietnam, wherever the tablet believes it is', () => {
    const justAfterMidnight = Date.UTC(2026, 10, 17, 17, 5);
    expect(dayOf(justAfterMidnight)).toBe('2026-11-18');
    expect(momentText(justAfterMidnight, '2026-11-18')).toBe('00:05');
    expect(momentText(justAfterMidnight, '2026-11-19')).toBe('18/11, 00:05');
  });
  it('show of a birth only what is known', () => {
    expect([birthText('1984'), birthText('1984-07'), birthText('1984-07-24')]).toEqual([
      '1984',
      '07/1984',
      '24/07/1984',
    ]);
  });
});

describe('numbers and phones', () => {
  it('are grouped as in Vietnam, or as in England', () => {
    expect(number(134328)).toBe('134.328');
    setLocale('en');
    expect(number(134328)).toBe('134,328');
    setLocale('vi');
  });
  it('are dialled in groups of four, three and three', () => {
    expect(phoneText('0912345678')).toBe('0912 345 678');
    expect(phoneText('113')).toBe('113');
  });
});
