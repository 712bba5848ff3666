import { describe, expect, it } from 'vitest';
import type { OfficeNotebook } from '$lib/generated/commands';
import { inOrder, isSilent, plan } from './office';

const hamlet = (name: string, heard: string | null): OfficeNotebook => ({
  id: name,
  name,
  here: heard !== null,
  households: 80,
  state: 'draft',
  late: false,
  heard_at_ms: heard === null ? null : Date.parse(`${heard}T09:00:00+07:00`),
  wrote_at_ms: null,
  teams: [],
  way: 'fresh',
  way_until_ms: null,
});

describe('the list of hamlets', () => {
  it('begins with those not heard from for the longest', () => {
    const all = [
      hamlet('Pa Cốp', '2026-11-18'),
      hamlet('Suối Lìn', '2026-11-03'),
      hamlet('Đin Chí', null),
      hamlet('Bó Nhàng', null),
      hamlet('Hua Tạt', '2026-11-18'),
    ];
    expect(inOrder(all).map((one) => one.name)).toEqual(['Bó Nhàng', 'Đin Chí', 'Suối Lìn', 'Hua Tạt', 'Pa Cốp']);
  });

  it('says who should be called', () => {
    expect(isSilent(hamlet('Pa Cốp', '2026-11-16'), '2026-11-18')).toBe(false);
    expect(isSilent(hamlet('Suối Lìn', '2026-11-15'), '2026-11-18')).toBe(true);
    expect(isSilent(hamlet('Đin Chí', null), '2026-11-18')).toBe(true);
  });
});

describe('pasted names', () => {
  it('lose the marks of a list, but not their own numbers', () => {
    const { names } = plan('1. Bản Pa Cốp\n2)\tBản Hua Tạt\n- Tiểu khu 1\n3\tThôn 7\n\n  Khu  phố   2 ', []);
    expect(names).toEqual(['Bản Pa Cốp', 'Bản Hua Tạt', 'Tiểu khu 1', 'Thôn 7', 'Khu phố 2']);
  });

  it('are made once, and not where there is one already', () => {
    expect(plan('Bản Hòa Bình\nbản hoà bình\nBản Pa Cốp\nBản Pa Cộp', [{ name: 'Bản Pa Cốp' }])).toEqual({
      names: ['Bản Hòa Bình', 'Bản Pa Cộp'],
      already: ['Bản Pa Cốp'],
      twice: ['bản hoà bình'],
    });
  });
});
