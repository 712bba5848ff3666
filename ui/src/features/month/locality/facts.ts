// A locality in sentences.

import type { Locality } from '$lib/generated/commands';
import { t } from '$lib/i18n/index.svelte';

/** The last day of a period that ends with its month. */
const END_OF_MONTH = 31;

/** What a locality does in its own way, a sentence each; what it leaves to the app is not told. */
export function facts({ hamlet_words, levels, roles, teams, services, report }: Locality): string[] {
  const listed = (words: Partial<Record<string, string>>) => Object.values(words).filter(Boolean).join(', ');
  return [
    hamlet_words.length > 0 && t('locality.words', { words: hamlet_words.join(', ') }),
    listed(levels) && t('locality.levels', { words: listed(levels) }),
    listed(roles) && t('locality.roles', { words: listed(roles) }),
    ...teams.map(({ kind, ...shape }) => t(`locality.team.${kind}`, shape)),
    services.length > 0 && t('locality.services', { names: services.map((one) => one.name).join(', ') }),
    report.recipient
      ? t('locality.report', { title: report.title, recipient: report.recipient })
      : t('locality.report_own', { title: report.title }),
    ends(report.end_day, report.due_days),
    t('locality.indicators', { n: report.indicators.length }),
  ].filter((fact): fact is string => Boolean(fact));
}

function ends(day: number, n: number): string {
  if (day === END_OF_MONTH) return n > 0 ? t('locality.ends_month', { n }) : t('locality.ends_month_due');
  return n > 0 ? t('locality.ends', { day, n }) : t('locality.ends_due', { day });
}
