// Every sentence of the app. A file of `words/` holds those of one feature, in both languages side by
// side, so that neither can be forgotten and a feature comes and goes with its words. Vietnamese is
// first: short, plain, warm, as to a neighbour. An error says what happened, what is safe, and what to do.

import { activities } from './words/activities';
import type { campaigns } from './words/campaigns';
import type { cards } from './words/cards';
import { checklist } from './words/checklist';
import { common } from './words/common';
import { consent } from './words/consent';
import { devices } from './words/devices';
import { duplicates } from './words/duplicates';
import { errors } from './words/errors';
import { exchange } from './words/exchange';
import { fields } from './words/fields';
import { file } from './words/file';
import { history } from './words/history';
import { household } from './words/household';
import { households } from './words/households';
import { imports } from './words/imports';
import type { lessons } from './words/lessons';
import type { locality } from './words/locality';
import { members } from './words/members';
import { more } from './words/more';
import { moving } from './words/moving';
import type { notebooks } from './words/notebooks';
import type { obstacles } from './words/obstacles';
import type { office } from './words/office';
import { photo } from './words/photo';
import { places } from './words/places';
import { position } from './words/position';
import { profiles } from './words/profiles';
import type { progress } from './words/progress';
import type { report } from './words/report';
import { review } from './words/review';
import { room } from './words/room';
import { scan } from './words/scan';
import { settings } from './words/settings';
import { holdings } from './words/holdings';
import { skills } from './words/skills';
import { start } from './words/start';
import { sync } from './words/sync';
import { teams } from './words/teams';
import { today } from './words/today';
import { visit } from './words/visit';

export type Locale = 'vi' | 'en';

/** A sentence; with `other` and `one` where English changes with a number. */
export type Message = string | { one: string; other: string };

/** A feature's sentences. One that lacks a language does not compile. */
export type Words = Record<string, Record<Locale, Message>>;

/** The features in the order of a person's day. Exported for tests; screens ask `t`. */
export const features = [
  common,
  start,
  today,
  households,
  household,
  moving,
  history,
  visit,
  consent,
  skills,
  fields,
  imports,
  sync,
  exchange,
  room,
  scan,
  file,
  review,
  devices,
  duplicates,
  more,
  settings,
  holdings,
  activities,
  members,
  teams,
  profiles,
  photo,
  places,
  position,
  checklist,
  errors,
] as const;

/** Features whose sentences are fetched with them, and which only they themselves say. */
type Later =
  | typeof lessons
  | typeof cards
  | typeof progress
  | typeof report
  | typeof obstacles
  | typeof campaigns
  | typeof locality
  | typeof notebooks
  | typeof office;

type KeyOf<W> = W extends Words ? keyof W : never;
export type Key = Extract<KeyOf<(typeof features)[number] | Later>, string>;

export const words = Object.assign({}, ...features) as Record<Key, Record<Locale, Message>>;

/** Adds the sentences of a feature that was fetched later. */
export function learn(feature: Words): void {
  Object.assign(words, feature);
}
