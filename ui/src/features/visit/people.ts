import type { ResidentView } from '$lib/generated/commands';

/** Age from which consent is one's own: a child is who is under sixteen. */
const ADULT = 16;

/** Whether somebody is, as far as their birth is known, still a child. */
export function isChild(person: ResidentView, today: string): boolean {
  const year = Number(person.birth.slice(0, 4));
  if (!year) return false;
  const age = Number(today.slice(0, 4)) - year;
  return age < ADULT || (age === ADULT && person.birth.length === 10 && person.birth.slice(5) > today.slice(5));
}

/** Whether somebody is of the household today: not taken off, moved away or deceased. */
export function isHere(person: ResidentView): boolean {
  return !person.removed && (person.status === 'living' || person.status === 'working_away');
}

/** The name a neighbour says: the last word of the full name. */
export function givenName(name: string): string {
  return name.trim().split(/\s+/).at(-1) ?? name;
}
