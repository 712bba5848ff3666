// One entry of a person in plain words: what is recorded, line by line, and what is not.

import type { HeldEntry, HeldTask } from '$lib/generated/commands';
import { birthText, dayText } from '$lib/i18n/dates';
import { t } from '$lib/i18n/index.svelte';
import { phoneText } from '$lib/i18n/phone';

export interface Line {
  label: string;
  value: string;
}

/** The person's own lines: those that may be empty are told as not recorded. */
export function personLines(entry: HeldEntry): Line[] {
  const nothing = t('held.nothing');
  return [
    { label: t('field.name'), value: entry.name || nothing },
    { label: t('field.birth'), value: entry.birth ? birthText(entry.birth) : nothing },
    { label: t('field.sex'), value: entry.sex ? t(`sex.${entry.sex}`) : nothing },
    { label: t('field.phone'), value: entry.phone ? phoneText(entry.phone) : nothing },
    {
      label: t('field.relation'),
      value: entry.is_head ? t('held.is_head') : entry.relation || nothing,
    },
    {
      label: t('field.person_status'),
      value: [t(`status.${entry.status}`), entry.moved_here && t('held.moved_here'), entry.removed && t('held.removed')]
        .filter(Boolean)
        .join(' · '),
    },
  ];
}

/** The household's lines, as far as something is recorded. */
export function householdLines(entry: HeldEntry): Line[] {
  const lines: [string, string | false][] = [
    [t('field.head'), entry.head],
    [t('field.place'), entry.place_name],
    [t('held.former_places'), entry.former_places.join(', ')],
    [t('held.team'), entry.team_name],
    [t('field.code'), entry.code],
    [t('field.door'), entry.door],
    [t('held.position'), entry.has_position && t('held.position_kept')],
    [t('held.household_phone'), phoneText(entry.household_phone)],
    [t('held.household_note'), entry.note],
    [t('held.people'), entry.people_count === null ? '' : String(entry.people_count)],
    [
      t('held.marks'),
      [
        entry.business && t('field.business'),
        entry.elderly && t('field.elderly'),
        entry.household_status === 'moved_away' && t('status.moved_away'),
        entry.household_removed && t('held.household_removed'),
      ]
        .filter(Boolean)
        .join(', '),
    ],
    [t('held.list'), entry.lists.filter(Boolean).join(', ')],
    [t('held.tasks'), entry.tasks.map(taskText).join('; ')],
  ];
  return lines.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

function taskText(task: HeldTask): string {
  const what = task.what || t('held.task_visit');
  return task.due
    ? t('held.task', { what, who: task.who_name, day: dayText(task.due) })
    : t('held.task_no_day', { what, who: task.who_name });
}
