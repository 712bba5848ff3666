// What campaigns say, shared by their screens.

import type { CampaignView } from '$lib/generated/commands';
import { shortDay } from '$lib/i18n/dates';
import { t } from '$lib/i18n/index.svelte';

/** "còn 3 ngày", "còn 5 ngày nữa bắt đầu", "đã kết thúc". */
export function stageText(it: CampaignView): string {
  if (it.removed) return t('campaign.removed');
  if (it.stage === 'over') return t('campaign.over');
  if (it.stage === 'planned') return t('campaign.begins', { n: it.days_left });
  return it.days_left === 1 ? t('campaign.last_day') : t('campaign.left', { n: it.days_left });
}

/** "11/11 đến 20/11 · bản Pa Cốp". */
export function whenAndWhere(it: CampaignView, today: string): string {
  const days = t('campaign.days', { from: shortDay(it.from, today), to: shortDay(it.to, today) });
  const where = it.places.length > 0 ? it.places.map((place) => place.name).join(', ') : t('campaign.everywhere');
  return `${days} · ${where}`;
}

/** "cần thêm 19 hộ", "đã đủ"; nothing where nobody has a quota. */
export function needsText(it: CampaignView): string {
  if (it.quota === null) return '';
  const n = it.quota - it.count;
  return n > 0 ? t('campaign.needs', { n, unit: t(`campaign.unit.${it.measure}`) }) : t('campaign.reached');
}

/** Every day of a campaign up to `today` with what there was in all; nothing for days that are still to come. */
export function growth(it: CampaignView, today: string, nextDay: (day: string) => string) {
  const fresh = new Map(it.days.map((one) => [one.day, one.count]));
  const days: { day: string; fresh: number; sum: number | null }[] = [];
  let sum = 0;
  // A year at most, as the notebook allows.
  for (let day = it.from; day <= it.to && days.length < 367; day = nextDay(day)) {
    sum += fresh.get(day) ?? 0;
    days.push({ day, fresh: fresh.get(day) ?? 0, sum: day <= today ? sum : null });
  }
  return days;
}
