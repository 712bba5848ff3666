import { describe, expect, it } from 'vitest';
import type { CampaignView } from '$lib/generated/commands';
import { addDays } from '$lib/i18n/dates';
import { learn } from '$lib/i18n/words';
import { campaigns } from '$lib/i18n/words/campaigns';
import { growth, needsText, stageText } from './campaigns';

learn(campaigns);

const drive: CampaignView = {
  id: 'c1',
  name: 'Ra quân 10 ngày',
  from: '2026-11-11',
  to: '2026-11-20',
  stage: 'running',
  days_left: 3,
  measure: 'households_met',
  places: [],
  count: 41,
  quota: 60,
  quotas: [],
  days: [
    { day: '2026-11-11', count: 30 },
    { day: '2026-11-13', count: 11 },
  ],
  removed: false,
};

describe('a campaign', () => {
  it('adds up day by day, and leaves the days to come open', () => {
    const days = growth(drive, '2026-11-14', (day) => addDays(day, 1));
    expect(days).toHaveLength(10);
    expect(days.slice(0, 5).map((day) => day.sum)).toEqual([30, 30, 41, 41, null]);
  });

  it('says what is left', () => {
    expect(stageText(drive)).toBe('còn 3 ngày');
    expect(stageText({ ...drive, days_left: 1 })).toBe('ngày cuối');
    expect(needsText(drive)).toBe('cần thêm 19 hộ');
    expect(needsText({ ...drive, count: 60 })).toBe('đã đủ');
    expect(needsText({ ...drive, quota: null })).toBe('');
  });
});
