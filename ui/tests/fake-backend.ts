// A notebook in memory, for working on screens and for the tests of the face. It keeps
// the commands' promises as far as a screen can tell; the real one is `core`.

import { CommandError, type Backend } from '../src/lib/backend';
import type {
  Commands,
  Draft,
  Event,
  HouseholdDetail,
  HouseholdRow,
  Kind,
  Level,
  Status,
  VisitForm,
  VisitView,
} from '../src/lib/generated/commands';
import { duplicateCommands } from './fake/duplicates';
import { exchangeCommands } from './fake/exchange';
import { holdingsCommands } from './fake/holdings';
import { importCommands } from './fake/imports';
import { landCommands } from './fake/land';
import { monthCommands } from './fake/month';
import { movingCommands } from './fake/moving';
import { officeCommands } from './fake/office';
import { profileCommands } from './fake/profiles';
import {
  checklist,
  freshId,
  hamlet,
  household,
  members,
  PICTURE,
  resident,
  TODAY,
  twins,
  visit,
  WAITING,
} from './fake/sample';
import { spaceCommands } from './fake/space';
import { taskCommands } from './fake/tasks';

type Run<C extends keyof Commands> = (
  args: Commands[C]['args'],
) => Commands[C]['result'] | Promise<Commands[C]['result']>;
export type Table = { [C in keyof Commands]?: Run<C> };

export interface World {
  status: Status;
  households: HouseholdDetail[];
  drafts: Map<string, Draft>;
  /** Nobody is assessed before they were asked for consent. */
  consentFirst: boolean;
  changed: (kinds: Kind[], ids?: string[]) => void;
  tell: (event: Event) => void;
}

export interface FakeOptions {
  /** How many households; 0 starts without a notebook. */
  size?: number;
  practice?: boolean;
  connected?: boolean;
  /** The commune's notebook is open. */
  office?: boolean;
  /** The device serves several hamlets. */
  several?: boolean;
}

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
/** A picture for screens: a cracked phone's edge would do no better. */
function drawnPicture(): string | null {
  const canvas = globalThis.document?.createElement('canvas');
  const pen = canvas?.getContext?.('2d');
  if (!canvas || !pen) return null;
  [canvas.width, canvas.height] = [640, 480];
  pen.fillStyle = '#7a8f6a';
  pen.fillRect(0, 0, 640, 480);
  pen.fillStyle = '#d8c9a8';
  pen.fillRect(180, 140, 280, 340);
  pen.fillStyle = '#5b4636';
  pen.fillRect(280, 260, 90, 220);
  return canvas.toDataURL('image/jpeg', 0.6).replace(/^[^,]*,/, '');
}

const SKILLS = ['public_services', 'shopping', 'payment', 'safety', 'local'];

/** Options from the page's address, e.g. `?size=5040&relay=0`. */
function fromAddress(): FakeOptions {
  const asked = new URLSearchParams(globalThis.location?.search ?? '');
  return {
    size: Number(asked.get('size') ?? 84),
    practice: asked.has('practice'),
    connected: asked.get('relay') !== '0',
  };
}

export function fakeBackend(options: FakeOptions = fromAddress()): Backend & { world: World } {
  const pictures = new Map<string, string>();
  const listeners = new Set<(event: Event) => void>();
  const tell = (event: Event) => listeners.forEach((listener) => listener(event));
  const size = options.size ?? 84;
  const me = members[0] ?? null;
  const world: World = {
    households: hamlet(Math.max(size, 0)).slice(0, size),
    drafts: new Map(),
    consentFirst: true,
    tell,
    changed: (kinds, ids = []) => {
      world.status.waiting = world.status.space?.connected
        ? world.households.filter((h) => h.sync.state === 'waiting').length
        : 0;
      if (world.status.space) world.status.space.households = world.households.length;
      tell({ event: 'changed', kinds, households: ids });
    },
    status: {
      space: {
        id: 's1',
        name: 'Tổ CNSCĐ bản Pa Cốp',
        practice: options.practice ?? false,
        connected: options.connected ?? true,
        households: size,
        office: false,
      },
      notebooks: 1,
      me,
      waiting: 12,
      today: TODAY,
      version: '0.1.0',
    },
  };
  if (new URLSearchParams(globalThis.location?.search ?? '').has('fresh')) world.status.space = null;
  if (new URLSearchParams(globalThis.location?.search ?? '').has('twins')) world.households.push(...twins());

  const find = (id: string): HouseholdDetail => {
    const found = world.households.find((h) => h.id === id);
    if (!found) throw new CommandError({ code: 'not_found', message: 'there is no such household' });
    return found;
  };
  const snapshot = (it: HouseholdDetail): HouseholdDetail => structuredClone(it);
  const touch = (it: HouseholdDetail): HouseholdDetail => {
    it.sync = WAITING;
    it.residents = it.people.filter((p) => !p.removed && p.status !== 'moved_household').length;
    it.conflicts = it.crossed.length;
    world.changed(['household', 'sync'], [it.id]);
    return snapshot(it);
  };
  const check = (field: string, text: string | undefined, nine: boolean | undefined) => {
    const run = (text ?? '').replace(/(\d)[ .]+(?=\d)/g, '$1');
    if (/\d{12}/.test(run)) throw new CommandError({ code: 'id_number', message: '', field });
    if (/(^|\D)\d{9}(\D|$)/.test(run) && !nine) throw new CommandError({ code: 'nine_digits', message: '', field });
  };
  const need = (field: string, text: string | undefined) => {
    if (!text?.trim()) throw new CommandError({ code: 'required', message: '', field });
  };
  const phone = (text: string | undefined) => {
    const digits = (text ?? '').replace(/\D/g, '');
    if (text && !/^0\d{9}$/.test(digits)) throw new CommandError({ code: 'bad_phone', message: '', field: 'phone' });
    return digits;
  };

  const filters: Record<string, (h: HouseholdRow) => boolean> = {
    all: () => true,
    due: (h) => h.follow_up !== null && h.follow_up <= TODAY,
    overdue: (h) => h.overdue,
    not_visited: (h) => !h.last_visit,
    not_at_target: (h) => !h.at_target,
    mine: (h) => h.sync.state === 'waiting',
    absent_last: (h) => h.last_visit?.outcome === 'absent',
    business: (h) => h.business,
    elderly: (h) => h.elderly,
  };

  function apply(it: HouseholdDetail, saved: VisitView): void {
    saved.assessments.forEach((a) => {
      const person = it.people.find((p) => p.id === a.resident);
      if (person) person.levels[SKILLS.indexOf(a.skill)] = a.level;
    });
    const rank = (levels: Level[]) => levels.filter((l) => l === 'proficient').length;
    const best = [...it.people].sort((a, b) => rank(b.levels) - rank(a.levels))[0];
    it.people.forEach((p) => (p.best = p === best));
    if (best) it.best = [...best.levels];
    it.at_target = it.best.every((l) => l === 'proficient');
    const newest = it.visits.filter((v) => !v.removed)[0];
    it.last_visit = newest ? { day: newest.day, outcome: newest.outcome } : null;
    it.follow_up = newest?.follow_up ?? null;
    it.overdue = false;
  }

  const table: Table = {
    status: () => structuredClone(world.status),
    checklist_get: () => structuredClone(checklist),
    household_list: (query) => {
      const words = fold(query.search ?? '')
        .split(/\s+/)
        .filter(Boolean);
      const here = world.households.filter((h) => !h.removed);
      const kept = (
        query.filter === 'removed'
          ? world.households.filter((h) => h.removed)
          : here.filter(filters[query.filter ?? 'all'] ?? (() => true))
      )
        .map((h) => {
          const matches = (name: string) =>
            words.every((w) =>
              fold(name)
                .split(' ')
                .some((part) => part.startsWith(w)),
            );
          if (
            words.length === 0 ||
            matches(h.head) ||
            matches(h.door) ||
            (words.length === 1 && h.phone.startsWith(words[0] ?? '-'))
          )
            return { ...h, matched: null };
          const who = h.people.find((p) => matches(p.name));
          return who ? { ...h, matched: { name: who.name, relation: who.relation } } : undefined;
        })
        .filter((h) => h !== undefined);
      if (query.sort === 'name')
        kept.sort((a, b) =>
          a.head.split(' ').reverse().join(' ').localeCompare(b.head.split(' ').reverse().join(' '), 'vi'),
        );
      const offset = query.offset ?? 0;
      const count = (name: string) => here.filter(filters[name] ?? (() => true)).length;
      return {
        rows: structuredClone(kept.slice(offset, offset + (query.limit ?? 100))),
        total: kept.length,
        counts: {
          all: here.length,
          due: count('due'),
          overdue: count('overdue'),
          not_visited: count('not_visited'),
          not_at_target: count('not_at_target'),
          mine: count('mine'),
          absent_last: count('absent_last'),
          business: count('business'),
          elderly: count('elderly'),
          removed: world.households.length - here.length,
        },
      };
    },
    household_get: ({ household: id }) => {
      const it = find(id);
      it.draft = [...world.drafts.values()].find((d) => d.household === id && !d.correction)?.visit ?? null;
      return snapshot(it);
    },
    household_add: ({ head, fields, nine_digits_ok }) => {
      need('name', head.name);
      check('name', head.name, nine_digits_ok);
      check('door', fields?.door, nine_digits_ok);
      const it = household([resident(head.name ?? '', { head: true, best: true, birth: head.birth ?? '' })], {
        door: fields?.door ?? '',
        phone: phone(fields?.phone),
      });
      world.households.unshift(it);
      return touch(it);
    },
    household_edit: ({ household: id, fields, nine_digits_ok }) => {
      const it = find(id);
      check('note', fields.note, nine_digits_ok);
      check('door', fields.door, nine_digits_ok);
      const { head, ...own } = fields;
      if (fields.phone !== undefined) own.phone = phone(fields.phone);
      Object.assign(it, own);
      if (head) {
        it.people.forEach((p) => (p.head = p.id === head));
        it.head = it.people.find((p) => p.head)?.name ?? it.head;
      }
      return touch(it);
    },
    position_set: ({ household: id, latitude, longitude, accuracy, day }) => {
      const it = find(id);
      const e6 = (degrees: number) => Math.round(degrees * 1e6);
      it.position = {
        latitude_e6: e6(latitude),
        longitude_e6: e6(longitude),
        accuracy_m: Math.ceil(accuracy),
        day: day ?? TODAY,
      };
      return touch(it);
    },
    position_remove: ({ household: id }) => {
      find(id).position = null;
      return touch(find(id));
    },
    household_remove: ({ household: id }) => {
      find(id).removed = true;
      touch(find(id));
      return {};
    },
    household_restore: ({ household: id }) => {
      find(id).removed = false;
      touch(find(id));
      return {};
    },
    resident_add: ({ household: id, fields, nine_digits_ok }) => {
      need('name', fields.name);
      check('name', fields.name, nine_digits_ok);
      const it = find(id);
      it.people.push(
        resident(fields.name ?? '', {
          relation: fields.relation ?? '',
          birth: fields.birth ?? '',
          phone: phone(fields.phone),
          sex: fields.sex ?? null,
        }),
      );
      return touch(it);
    },
    resident_edit: ({ household: id, resident: who, fields }) => {
      const it = find(id);
      if (fields.name !== undefined) need('name', fields.name);
      Object.assign(it.people.find((p) => p.id === who) ?? {}, fields);
      return touch(it);
    },
    resident_remove: ({ household: id, resident: who }) => {
      const it = find(id);
      it.people.forEach((p) => (p.removed = p.id === who ? true : p.removed));
      return touch(it);
    },
    resident_restore: ({ household: id, resident: who }) => {
      const it = find(id);
      it.people.forEach((p) => (p.removed = p.id === who ? false : p.removed));
      return touch(it);
    },
    consent_record: ({ household: id, resident: who, state }) => {
      if (state === 'not_asked') throw new CommandError({ code: 'required', message: '', field: 'state' });
      const it = find(id);
      it.people.forEach((p) => {
        if (p.id === who) Object.assign(p, { consent: state, consent_at_ms: Date.parse(`${TODAY}T09:41:00`) });
      });
      return touch(it);
    },
    visit_open: ({ household: id, correct }) => {
      const it = find(id);
      const open = [...world.drafts.values()].find((d) =>
        correct ? d.visit === correct : d.household === id && !d.correction,
      );
      if (open) return structuredClone(open);
      const old = it.visits.find((v) => v.id === correct);
      const form: VisitForm = old
        ? {
            day: old.day,
            outcome: old.outcome,
            met: old.met,
            assessments: old.assessments.map(({ resident: r, skill, level }) => ({ resident: r, skill, level })),
            items: old.items,
            services: old.services,
            need: old.need,
            note: old.note,
            obstacle: old.obstacle,
            shown: old.shown,
            photos: old.photos,
            with: old.with.map((one) => one.member),
            ...(old.follow_up ? { follow_up: old.follow_up } : {}),
          }
        : { day: TODAY };
      const draft: Draft = {
        visit: correct ?? freshId('v'),
        household: id,
        correction: !!correct,
        opened_at_ms: Date.now(),
        saved_at_ms: Date.now(),
        form,
        face: null,
      };
      world.drafts.set(draft.visit, draft);
      return structuredClone(draft);
    },
    draft_save: ({ visit: id, form, face }) => {
      const draft = world.drafts.get(id);
      if (!draft) throw new CommandError({ code: 'not_found', message: '' });
      Object.assign(draft, { form: structuredClone(form), face, saved_at_ms: Date.now() });
      return { saved_at_ms: draft.saved_at_ms };
    },
    photo_add: ({ visit: id, base64 }) => {
      const draft = world.drafts.get(id);
      if (!draft) throw new CommandError({ code: 'not_found', message: '' });
      const photo = freshId('photo');
      pictures.set(photo, base64);
      draft.form.photos = [...(draft.form.photos ?? []), photo];
      return { photo };
    },
    photo_get: ({ photo }) => ({ base64: pictures.get(photo) ?? (photo === PICTURE ? drawnPicture() : null) }),
    draft_list: () =>
      [...world.drafts.values()].map((d) => ({
        visit: d.visit,
        household: d.household,
        head: find(d.household).head,
        door: find(d.household).door,
        saved_at_ms: d.saved_at_ms,
      })),
    draft_get: ({ visit: id }) => {
      const draft = world.drafts.get(id);
      if (!draft) throw new CommandError({ code: 'not_found', message: '' });
      return structuredClone(draft);
    },
    draft_discard: ({ visit: id }) => {
      world.drafts.delete(id);
      world.changed(['draft']);
      return {};
    },
    visit_save: ({ household: id, visit: saved, form, nine_digits_ok }) => {
      const it = find(id);
      need('outcome', form.outcome);
      for (const field of ['need', 'note', 'obstacle'] as const) check(field, form[field], nine_digits_ok);
      if (form.outcome === 'met' && !form.met?.length)
        throw new CommandError({ code: 'required', message: '', field: 'met' });
      const before = it.visits.find((v) => v.id === saved);
      const unasked = ({ resident: who }: { resident: string }) =>
        it.people.find((p) => p.id === who)?.consent === 'not_asked' &&
        !before?.assessments.some((a) => a.resident === who);
      if (world.consentFirst && [...(form.assessments ?? []), ...(form.items ?? [])].some(unasked))
        throw new CommandError({ code: 'consent_first', message: '', field: 'met' });
      const now = visit({
        ...before,
        id: saved ?? freshId('v'),
        day: form.day ?? TODAY,
        outcome: form.outcome ?? 'met',
        met: form.met ?? [],
        assessments: (form.assessments ?? []).map((a) => ({
          ...a,
          before: it.people.find((p) => p.id === a.resident)?.levels[SKILLS.indexOf(a.skill)] ?? 'not_assessed',
        })),
        items: form.items ?? [],
        services: form.services ?? [],
        photos: form.photos ?? [],
        need: form.need ?? '',
        note: form.note ?? '',
        obstacle: form.obstacle ?? '',
        follow_up: form.follow_up ?? null,
        shown: form.shown ?? [],
        with: (form.with ?? []).map((member) => ({
          member,
          name: members.find((m) => m.id === member)?.name ?? '',
        })),
        sync: WAITING,
      });
      it.visits = [now, ...it.visits.filter((v) => v.id !== now.id)].sort((a, b) => b.day.localeCompare(a.day));
      world.drafts.delete(now.id);
      apply(it, now);
      return { visit: now.id, household: touch(it) };
    },
    visit_remove: ({ household: id, visit: v }) => {
      const it = find(id);
      it.visits.forEach((one) => (one.removed = one.id === v ? true : one.removed));
      const newest = it.visits.find((one) => !one.removed);
      it.last_visit = newest ? { day: newest.day, outcome: newest.outcome } : null;
      return touch(it);
    },
    visit_restore: ({ household: id, visit: v }) => {
      const it = find(id);
      it.visits.forEach((one) => (one.removed = one.id === v ? false : one.removed));
      return touch(it);
    },
    conflict_list: () => world.households.flatMap((h) => structuredClone(h.crossed)),
    conflict_resolve: ({ household: id, key }) => {
      const it = find(id ?? '');
      it.crossed = it.crossed.filter((c) => c.key !== key);
      touch(it);
      return {};
    },
    ...monthCommands(world),
    ...movingCommands(world),
    ...holdingsCommands(world),
    ...taskCommands(world),
    ...duplicateCommands(world),
    ...spaceCommands(world),
    ...landCommands(world),
    ...exchangeCommands(world),
    ...importCommands(world),
    ...profileCommands(world),
  };
  Object.assign(table, officeCommands(world, { ...table }, options));

  return {
    world,
    async execute(command, args) {
      const run = table[command] as Run<typeof command> | undefined;
      if (!run) throw new CommandError({ code: 'unknown_command', message: command });
      // Arguments cross as JSON, so what cannot be JSON is found here and not in the field.
      return run(JSON.parse(JSON.stringify(args)) as typeof args);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
