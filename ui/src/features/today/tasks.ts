// A task in the words that a person uses of it.

import type { TaskView } from '$lib/generated/commands';
import { daysBetween, shortDay } from '$lib/i18n/dates';
import { t } from '$lib/i18n/index.svelte';

/** What is to be done: "Cài VNeID mức 2", "Thăm hộ Giàng A Páo", "Thăm 6 hộ". */
export function whatText(task: TaskView): string {
  if (task.what) return task.what;
  const [only, ...others] = task.households;
  if (only && others.length === 0) return t('task.visit_one', { head: only.head });
  return t('task.visit_many', { n: task.households.length });
}

/** Until when: "Từ nay đến 25/11", "Quá hạn 2 ngày". */
export function windowText(task: TaskView, today: string): string {
  if (!task.due) return t('task.no_due');
  if (task.overdue) return t('task.overdue', { n: daysBetween(task.due, today) });
  return t('today.until', { day: shortDay(task.due, today) });
}

/** How far it is: "xong 4/6", "Đã xong". */
export function progressText({ done, goal }: TaskView): string {
  if (done >= goal) return t('task.done');
  return goal === 1 ? t('task.not_done') : t('task.progress', { done, goal });
}
