// The visit form as the screen holds it: nothing optional, nothing missing.

import type { Assessment, ItemDone, Level, Outcome, ServiceCount, SkillKey, VisitForm } from '$lib/generated/commands';

export interface Form {
  day: string;
  outcome: Outcome | null;
  met: string[];
  assessments: Assessment[];
  items: ItemDone[];
  services: ServiceCount[];
  need: string;
  obstacle: string;
  /** Tasks of the household that this visit has done. */
  tasks: string[];
  note: string;
  follow_up: string | null;
  /** The skills whose lesson cards were shown. */
  shown: SkillKey[];
  /** Photos of what is needed or stands in the way. */
  photos: string[];
  /** Members who came along. */
  with: string[];
}

/** What only this screen needs to come back to the same place. */
export interface Face {
  /** Whose skills are being recorded, when several were met. */
  person: string | null;
  /** The open skill tile. */
  skill: SkillKey | null;
  /** People who will be asked for consent another time. */
  later: string[];
  /** People who said no, and are asked again. */
  again: string[];
  /** The person wants to name the day themselves. */
  choosing_day: boolean;
  /** How far the page was scrolled. */
  scroll: number;
  /** The text field that had the keyboard. */
  field: string | null;
}

/** A kept form, whatever it lacks. */
export function formFrom(kept: VisitForm, today: string): Form {
  return {
    day: kept.day ?? today,
    outcome: kept.outcome ?? null,
    met: kept.met ?? [],
    assessments: kept.assessments ?? [],
    items: kept.items ?? [],
    services: kept.services ?? [],
    need: kept.need ?? '',
    obstacle: kept.obstacle ?? '',
    note: kept.note ?? '',
    tasks: kept.tasks ?? [],
    follow_up: kept.follow_up ?? null,
    shown: kept.shown ?? [],
    photos: kept.photos ?? [],
    with: kept.with ?? [],
  };
}

/** The screen's own state as it was kept, by whatever version. */
export function faceFrom(kept: unknown): Face {
  const blank: Face = { person: null, skill: null, later: [], again: [], choosing_day: false, scroll: 0, field: null };
  return typeof kept === 'object' && kept !== null ? { ...blank, ...kept } : blank;
}

/** The form as it is kept: all of it, even what the chosen outcome does not use. */
export function toKeep(form: Form): VisitForm {
  const { outcome, follow_up, ...rest } = form;
  return { ...rest, ...(outcome ? { outcome } : {}), ...(follow_up ? { follow_up } : {}) };
}

/** The form as it is saved: levels, items and lessons only where people were met. */
export function toSave(form: Form): VisitForm {
  const met = form.outcome === 'met' ? form.met : [];
  const ofMet = ({ resident }: { resident: string }) => met.includes(resident);
  return toKeep({
    ...form,
    met,
    assessments: form.assessments.filter(ofMet),
    items: form.items.filter(ofMet),
    services: form.outcome === 'met' ? form.services : [],
    tasks: form.outcome === 'met' ? form.tasks : [],
    shown: form.outcome === 'met' ? form.shown : [],
  });
}

/** Whether anything has been said beyond the outcome. */
export function isBare(form: Form): boolean {
  return (
    form.assessments.length === 0 &&
    form.items.length === 0 &&
    form.services.length === 0 &&
    form.tasks.length === 0 &&
    form.shown.length === 0 &&
    form.photos.length === 0 &&
    form.with.length === 0 &&
    !form.need &&
    !form.obstacle &&
    !form.note &&
    !form.follow_up
  );
}

/** Whether nothing at all has been said. */
export function isUntouched(form: Form): boolean {
  return isBare(form) && form.outcome === null && form.met.length === 0;
}

/** One level of one person in one skill; `null` takes it off. */
export function withLevel(all: Assessment[], resident: string, skill: SkillKey, level: Level | null): Assessment[] {
  const others = all.filter((a) => a.resident !== resident || a.skill !== skill);
  return level ? [...others, { resident, skill, level }] : others;
}

/** A list with this in it, or without. */
export function withItem(all: ItemDone[], resident: string, item: string, done: boolean): ItemDone[] {
  const others = all.filter((i) => i.resident !== resident || i.item !== item);
  return done ? [...others, { resident, item }] : others;
}

/** The skills whose cards were shown, with this one or without. */
export function withShown(all: SkillKey[], skill: SkillKey, shown: boolean): SkillKey[] {
  const others = all.filter((s) => s !== skill);
  return shown ? [...others, skill] : others;
}

/** Who came along, with this one or without. */
export function withName(all: string[], member: string, came: boolean): string[] {
  const others = all.filter((id) => id !== member);
  return came ? [...others, member] : others;
}

/** Counts of services, without zeros. */
export function withCount(all: ServiceCount[], service: string, count: number): ServiceCount[] {
  const others = all.filter((s) => s.service !== service);
  return count > 0 ? [...others, { service, count }] : others;
}
