// The roles in a team, and what the courses of its training are called, in short.

import type { Role } from '$lib/generated/commands';
import { t, type Key } from '$lib/i18n/index.svelte';

export const ROLES: readonly Role[] = ['leader', 'deputy', 'member', 'collaborator', 'commune_officer'];

const COURSES: Record<string, Key> = {
  onetouch: 'team.course.onetouch',
  binhdanhocvuso: 'team.course.binhdanhocvuso',
  cards_public_services: 'team.course.cards_public_services',
  cards_shopping: 'team.course.cards_shopping',
  cards_payment: 'team.course.cards_payment',
  cards_safety: 'team.course.cards_safety',
  cards_local: 'team.course.cards_local',
};

/** A course's short name; its key where a later version brought it. */
export function courseName(course: string): string {
  const key = COURSES[course];
  return key ? t(key) : course;
}
