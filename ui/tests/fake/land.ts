// Teams and places in memory: as much of succession as a screen can tell apart.

import { CommandError } from '../../src/lib/backend';
import type {
  OfficialUnit,
  PlaceChangeDraft,
  PlaceChangeView,
  PlaceRegistry,
  PlaceSum,
  PlaceView,
  Teams,
  TeamView,
} from '../../src/lib/generated/commands';
import type { Table, World } from '../fake-backend';
import { freshId, members, place, places, TODAY } from './sample';

const COURSES = ['onetouch', 'binhdanhocvuso', 'cards_public_services', 'cards_safety'];
const team = (id: string, name: string, founding = false): TeamView => ({
  id,
  name,
  kind: 'hamlet',
  smallest: 5,
  largest: 10,
  removed: false,
  founding,
  places: [],
  households: 0,
  members: 0,
  collaborators: 0,
  groups: founding ? [{ id: 'g1', name: 'Nhóm xóm trên', members: 1, removed: false }] : [],
  hint: null,
  training: [],
  may_edit: true,
});
const unit = (code: string, name: string, province: string, district = '', split = false): OfficialUnit => ({
  code,
  name,
  kind: 'commune',
  district,
  province,
  split,
});
const NOW = [unit('04048', 'Xã Vân Hồ', 'Tỉnh Sơn La'), unit('04018', 'Xã Tô Múa', 'Tỉnh Sơn La')];
const FORMER = [
  unit('04051', 'Xã Lóng Luông', 'Tỉnh Sơn La', 'Huyện Vân Hồ'),
  unit('04036', 'Xã Chiềng Khoa', 'Tỉnh Sơn La', 'Huyện Vân Hồ', true),
];
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase();

/** Teams, members of them, places and what becomes of these. */
export function landCommands(world: World): Table {
  const teams = [team('t1', 'Tổ CNSCĐ bản Pa Cốp', true)];
  const changes: PlaceChangeView[] = [];
  const gone = new Map<string, string>();

  const named = (id: string) => ({ id, name: places.find((one) => one.id === id)?.name ?? '' });
  const standing = (one: PlaceView) => !gone.has(one.id) && one.into === null && one.standing;
  const household = (id: string): number =>
    (id === places[0]?.id ? world.households.length : 0) +
    [...gone].filter(([, to]) => to === id).reduce((sum, [from]) => sum + household(from), 0);
  const view = (one: PlaceView): PlaceView => ({
    ...one,
    households: household(one.id),
    standing: standing(one),
    into: gone.get(one.id) ?? null,
    formerly: [
      ...one.formerly,
      ...[...gone].filter(([, to]) => to === one.id).map(([from]) => ({ name: named(from).name, until: TODAY })),
    ],
  });
  const registry = (): PlaceRegistry => ({
    places: places.map(view),
    changes: structuredClone(changes),
    may_edit: true,
  });
  const all = (): Teams => {
    for (const one of teams) {
      const own = members.filter((member) => member.team === one.id && !member.left);
      one.members = own.length;
      one.collaborators = own.filter((member) => member.role === 'collaborator').length;
      one.households = one.founding ? world.households.length : 0;
      one.hint = one.members < (one.smallest ?? 0) ? { what: 'small', than: one.smallest ?? 0 } : null;
      one.training = COURSES.map((course, n) => ({ course, members: Math.max(0, one.members - n) }));
    }
    return { teams: structuredClone(teams), unassigned: 0, may_all: true };
  };
  const sum = (id: string, name: string, from: readonly string[]): PlaceSum => {
    const households = from.reduce((total, one) => total + household(one), 0);
    return {
      id,
      name,
      households,
      residents: households * 4,
      visits: households * 2,
      tasks: 3,
      teams: ['Tổ CNSCĐ bản Pa Cốp'],
      members: members.length,
    };
  };
  const check = (draft: PlaceChangeDraft) => {
    const bad = (code: string, field: string) => new CommandError({ code, message: '', field });
    if (draft.from.length === 0) throw bad('required', 'from');
    if (draft.into.some((into) => !into.place && !into.name?.trim())) throw bad('required', 'name');
    if (draft.kind === 'merge' && new Set([...draft.from, ...draft.into.map((into) => into.place)]).size < 2)
      throw bad('two_places', 'from');
  };
  const apply = (change: PlaceChangeView) => {
    if (change.kind !== 'merge') return;
    for (const { id } of change.from)
      if (id !== change.into[0]?.id) {
        if (change.state === 'decided') gone.set(id, change.into[0]?.id ?? '');
        else gone.delete(id);
      }
    const made = places.find((one) => one.id === change.into[0]?.id);
    if (made && !change.from.some((one) => one.id === made.id)) made.standing = change.state === 'decided';
  };
  const changed = () => world.changed(['space', 'household', 'sync']);
  const member = (id: string) => {
    const found = members.find((one) => one.id === id);
    if (!found) throw new CommandError({ code: 'not_found', message: '' });
    return found;
  };

  return {
    locality_get: () => ({
      locality: {
        key: '',
        name: '',
        hamlet_words: [],
        levels: {},
        roles: {},
        groups_from: 10,
        teams: [],
        services: [],
        report: { end_day: 20, due_days: 0, recipient: '', title: '', indicators: [] },
      },
      may_set: true,
    }),
    team_list: all,
    team_save: (args) => {
      if (!args.name.trim()) throw new CommandError({ code: 'required', message: '', field: 'name' });
      const known = teams.find((one) => one.id === args.team);
      const saved = known ?? team(freshId('t'), args.name);
      Object.assign(saved, {
        name: args.name,
        kind: args.kind,
        smallest: args.smallest ?? null,
        largest: args.largest ?? null,
        places: args.places,
      });
      if (!known) teams.push(saved);
      changed();
      return all();
    },
    team_set_removed: ({ team: id, removed }) => {
      teams.forEach((one) => (one.removed = one.id === id ? removed : one.removed));
      changed();
      return all();
    },
    group_save: ({ group, team: id, name, removed }) => {
      if (!name.trim()) throw new CommandError({ code: 'required', message: '', field: 'name' });
      const groups = teams.find((one) => one.id === id)?.groups ?? [];
      const known = groups.find((one) => one.id === group);
      if (known) Object.assign(known, { name, removed: removed ?? known.removed });
      else groups.push({ id: freshId('g'), name, members: 0, removed: false });
      changed();
      return all();
    },
    member_list: ({ all: everybody }) => structuredClone(members.filter((one) => everybody === true || !one.left)),
    member_edit: ({ member: id, ...fields }) => {
      if (fields.name?.trim() === '') throw new CommandError({ code: 'required', message: '', field: 'name' });
      const one = member(id);
      Object.assign(
        one,
        fields,
        fields.group === '' ? { group: null } : {},
        fields.joined === '' ? { joined: null } : {},
      );
      changed();
      return structuredClone(one);
    },
    member_leave: ({ member: id, day }) => {
      member(id).left = day ?? TODAY;
      changed();
      return structuredClone(member(id));
    },
    member_return: ({ member: id }) => {
      member(id).left = null;
      changed();
      return structuredClone(member(id));
    },
    household_team: () => ({}),
    place_list: () => places.filter(standing).map(view),
    place_registry: registry,
    place_add: ({ name, kind, word, official_code }) => {
      if (!name.trim()) throw new CommandError({ code: 'required', message: '', field: 'name' });
      const added = { ...place(freshId('p'), name, kind), word: word ?? '', official_code: official_code ?? '' };
      places.push(added);
      changed();
      return added;
    },
    place_edit: ({ place: id, formerly, ...fields }) => {
      const one = places.find((other) => other.id === id);
      if (!one) throw new CommandError({ code: 'not_found', message: '' });
      Object.assign(one, fields);
      if (formerly) one.formerly = [...one.formerly, { name: formerly, until: null }];
      changed();
      return view(one);
    },
    place_change_preview: (draft) => {
      check(draft);
      const into = draft.into.at(-1);
      const name = into?.place ? named(into.place).name : (into?.name ?? '');
      return {
        before: draft.from.map((id) => sum(id, named(id).name, [id])),
        after: [sum(into?.place ?? 'new', name, draft.from)],
        months_kept: ['2026-09', '2026-10'],
        months_new: ['2026-11'],
      };
    },
    place_change_save: (draft) => {
      check(draft);
      const before = draft.from.map(named);
      const into = draft.into.map(({ place: id, name }) => {
        if (draft.kind === 'rename') return { id: draft.from[0] ?? '', name: name ?? '' };
        if (id) return { id, name: name ?? named(id).name };
        const made = place(freshId('p'), name ?? '');
        made.standing = draft.day !== undefined;
        places.push(made);
        return { id: made.id, name: made.name };
      });
      const change: PlaceChangeView = {
        id: freshId('c'),
        kind: draft.kind,
        state: draft.day ? 'decided' : 'pending',
        day: draft.day ?? null,
        decision: draft.decision ?? '',
        from: before,
        into,
        going: draft.going?.length ?? 0,
        contradicted: [],
        by_name: world.status.me?.name ?? '',
      };
      changes.unshift(change);
      apply(change);
      changed();
      return registry();
    },
    place_change_settle: ({ change: id, state, day, decision }) => {
      const change = changes.find((one) => one.id === id);
      if (!change) throw new CommandError({ code: 'not_found', message: '' });
      Object.assign(change, { state, day: day ?? change.day, decision: decision ?? change.decision });
      apply(change);
      changed();
      return registry();
    },
    official_search: ({ text, former }) =>
      (former ? FORMER : NOW).filter((one) => text.trim() && plain(one.name).includes(plain(text.trim()))),
    official_translate: ({ former }) => {
      const old = FORMER.find((one) => one.code === former);
      if (!old) throw new CommandError({ code: 'not_found', message: '' });
      return { former: old, successors: old.split ? NOW : NOW.slice(0, 1) };
    },
  };
}
