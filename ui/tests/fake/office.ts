// Several notebooks on one device, and a commune's notebook over five hamlets. `?several` in the address is a tablet
// that serves three hamlets, `?office` the commune's office, `?office=new` one that lists nothing yet.

import { CommandError } from '../../src/lib/backend';
import type {
  Commands,
  HouseholdDetail,
  MemberView,
  NotebookView,
  Office,
  OfficeBrought,
  OfficeNotebook,
  Report,
  Status,
} from '../../src/lib/generated/commands';
import type { FakeOptions, Table, World } from '../fake-backend';
import { freshId, hamlet, member, members, TODAY } from './sample';

const NOW = Date.parse(`${TODAY}T09:41:00+07:00`);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PERIOD = { key: '2026-11', first: '2026-10-21', last: '2026-11-20', due: '2026-11-22' };

/** A notebook while it is not the open one. */
interface Kept {
  view: NotebookView;
  me: MemberView | null;
  households: HouseholdDetail[];
}
type Thing = Commands['office_bring']['args']['what'];

const view = (id: string, name: string, more: Partial<NotebookView> = {}): NotebookView => ({
  id,
  name,
  open: false,
  practice: false,
  joining: false,
  me_name: members[0]?.name ?? null,
  office: false,
  from_name: null,
  households: 40,
  waiting: 0,
  drafts: 0,
  connected: true,
  last_sync_ms: NOW - 2 * HOUR,
  error: null,
  ...more,
});
const listed = (id: string, name: string, more: Partial<OfficeNotebook> = {}): OfficeNotebook => ({
  id,
  name,
  here: true,
  households: 84,
  state: 'draft',
  late: false,
  heard_at_ms: NOW - HOUR,
  wrote_at_ms: NOW - 3 * HOUR,
  teams: [
    {
      team: `t-${id}`,
      name: `Tổ CNSCĐ ${name.charAt(0).toLowerCase()}${name.slice(1)}`,
      heard_at_ms: more.heard_at_ms === undefined ? NOW - HOUR : more.heard_at_ms,
      wrote_at_ms: NOW - 3 * HOUR,
      here: false,
      devices: [
        {
          id: `d-${id}-1`,
          name: 'Máy bảng nhà văn hóa',
          member_name: 'Vì Văn Nam',
          here: false,
          heard_at_ms: more.heard_at_ms === undefined ? NOW - HOUR : more.heard_at_ms,
        },
        { id: `d-${id}-2`, name: '', member_name: 'Tráng A Chu', here: false, heard_at_ms: null },
      ],
    },
  ],
  way: 'fresh',
  way_until_ms: NOW + 200 * DAY,
  ...more,
});

const COMMUNE: readonly OfficeNotebook[] = [
  listed('s1', 'Bản Pa Cốp', { state: 'submitted' }),
  listed('s2', 'Bản Suối Lìn', { late: true, heard_at_ms: NOW - 15 * DAY, households: 61 }),
  listed('s3', 'Bản Hua Tạt', { state: 'locked', households: 112, heard_at_ms: NOW - 26 * HOUR }),
  listed('s4', 'Bản Bó Nhàng', {
    here: false,
    households: 0,
    heard_at_ms: null,
    wrote_at_ms: null,
    teams: [],
    way: 'none',
    way_until_ms: null,
  }),
  listed('s5', 'Tiểu khu 1', { state: 'returned', households: 140, way: 'old', way_until_ms: NOW + 12 * DAY }),
];
const OFFICER: MemberView = {
  ...member('m9', 'Vàng Thị Mỷ', 'commune_officer', true),
  title: 'Công chức văn hóa - xã hội',
};

/** What the notebook itself cannot know: which notebooks this device has. */
export function officeCommands(world: World, own: Table, options: FakeOptions): Table {
  const asked = new URLSearchParams(globalThis.location?.search ?? '');
  const office = options.office ?? asked.has('office');
  const several = options.several ?? asked.has('several');
  const lists = asked.get('office') !== 'new';
  const kept = new Map<string, Kept>();
  let list: OfficeNotebook[] = [];
  const brought = new Map<string, Set<string>>();

  const space = () => world.status.space;
  if (office && space()) {
    const role = (asked.get('role') ?? OFFICER.role) as MemberView['role'];
    Object.assign(world.status, { me: { ...OFFICER, role }, waiting: 0 });
    Object.assign(space() ?? {}, { id: 'xa', name: 'Sổ xã Vân Hồ' });
    list = lists ? structuredClone([...COMMUNE]) : [];
    for (const one of list.filter((it) => it.here))
      kept.set(one.id, {
        view: view(one.id, one.name, {
          from_name: 'Sổ xã Vân Hồ',
          me_name: one.id === 's3' ? null : OFFICER.name,
          households: one.households,
          waiting: one.id === 's1' ? 3 : 0,
        }),
        me: one.id === 's3' ? null : OFFICER,
        households: [],
      });
    for (const one of list.filter((it) => !it.here))
      kept.set(one.id, {
        view: view(one.id, one.name, { joining: true, from_name: 'Sổ xã Vân Hồ', households: 0, last_sync_ms: null }),
        me: null,
        households: [],
      });
    if (!lists)
      kept.set('s1', { view: view('s1', 'Bản Pa Cốp', { me_name: OFFICER.name }), me: OFFICER, households: [] });
  } else if (several && space()) {
    const rest: [string, string, Partial<NotebookView>][] = [
      ['s2', 'Tổ CNSCĐ bản Suối Lìn', { waiting: 5, drafts: 1, error: 'offline', last_sync_ms: NOW - 9 * DAY }],
      ['s3', 'Tổ CNSCĐ bản Hua Tạt', { me_name: null, households: 112 }],
      ['s4', 'Tổ CNSCĐ bản Bó Nhàng', { joining: true, households: 0, last_sync_ms: null }],
    ];
    for (const [id, name, more] of rest)
      kept.set(id, {
        view: view(id, name, more),
        me: more.me_name === null ? null : (members[0] ?? null),
        households: [],
      });
  }

  const isOffice = () => space()?.id === 'xa' && list.length > 0;
  const current = (): NotebookView[] => {
    const it = space();
    if (!it) return [];
    return [
      view(it.id, it.name, {
        open: true,
        practice: it.practice,
        me_name: world.status.me?.name ?? null,
        office: isOffice(),
        from_name: list.some((one) => one.id === it.id) ? 'Sổ xã Vân Hồ' : null,
        households: it.households,
        waiting: world.status.waiting,
        drafts: world.drafts.size,
        connected: it.connected,
        last_sync_ms: it.connected ? NOW - HOUR : null,
      }),
    ];
  };
  const all = () =>
    structuredClone([
      ...current(),
      ...[...kept.values()]
        .map((one) => one.view)
        .filter((one) => one.id !== space()?.id)
        .sort((a, b) => a.name.localeCompare(b.name, 'vi')),
    ]);
  const find = (id: string): Kept => {
    const found = kept.get(id);
    if (!found) throw new CommandError({ code: 'not_found', message: '' });
    return found;
  };
  /** Puts the open notebook away, so that it can be opened again. */
  const putAway = () => {
    const [it] = current();
    if (it) kept.set(it.id, { view: { ...it, open: false }, me: world.status.me, households: world.households });
  };
  const told = (): Office => ({
    may: ['leader', 'deputy', 'commune_officer'].includes(world.status.me?.role ?? 'member'),
    period: PERIOD,
    notebooks: structuredClone(space()?.id === 'xa' ? list : []),
  });
  const changed = (): Office => {
    world.changed(['space']);
    return told();
  };
  const has = (what: Thing, id = '') => {
    const key = `${what}/${id}`;
    const known = brought.get(key) ?? new Set(['s3']);
    brought.set(key, known);
    return known;
  };
  const bring = (what: Thing, id?: string): OfficeBrought => ({
    items: list
      .filter((one) => one.here)
      .map((one) => ({
        notebook: one.id,
        name: one.name,
        state: has(what, id).has(one.id) ? 'same' : one.id === 's5' ? 'other' : 'lacking',
      })),
  });
  /** A report of one notebook, as the whole commune's. */
  const over = (it: Report): Report => ({
    ...it,
    scope: { ...it.scope, name: space()?.name ?? '' },
    state: 'draft',
    events: [],
    notebooks: list.map((one) => ({
      notebook: one.id,
      name: one.name,
      here: one.here,
      state: one.state,
      as_of: one.here && one.id !== 's2' ? '2026-11-18T08:05:00+07:00' : null,
      lock_at_ms: one.state === 'locked' ? NOW - 20 * HOUR : null,
      lacking: 0,
    })),
    alike: 3,
    adjustments: it.adjustments.map((one) => ({ ...one, notebook: 's3' })),
  });
  const shown = (): Status => {
    world.status.notebooks = space() ? all().length : 0;
    const it = space();
    if (it) it.office = isOffice();
    return structuredClone(world.status);
  };
  const opened = (name: string, id: string) => {
    const households = world.households.length;
    world.status.space = { id, name, practice: false, connected: true, households, office: false };
    world.changed(['status', 'space', 'household']);
    return shown();
  };

  return {
    status: shown,
    notebook_list: all,
    notebook_people: () =>
      structuredClone([...members.map((one) => ({ ...one, me: false })), { ...OFFICER, me: false }]),
    notebook_open: ({ notebook, member: who }) => {
      if (notebook === space()?.id) return shown();
      const to = find(notebook);
      if (to.view.joining) throw new CommandError({ code: 'notebook_not_here', message: '' });
      const me = to.me ?? members.find((one) => one.id === who) ?? (who === OFFICER.id ? OFFICER : null);
      if (!me) throw new CommandError({ code: 'who_are_you', message: '', field: 'member' });
      putAway();
      world.households = to.households.length > 0 ? to.households : hamlet(to.view.households);
      if (world.households[0]) world.households[0].id = 'h00001';
      world.drafts.clear();
      world.status.me = me;
      world.status.waiting = to.view.waiting;
      return opened(to.view.name, notebook);
    },
    team_start: (args) => {
      putAway();
      return (own.team_start ?? (() => world.status))(args);
    },
    team_join: (args) => {
      if (!space()) return (own.team_join ?? (() => world.status))(args);
      for (const field of ['invite', 'member_name'] as const)
        if (!args[field].trim()) throw new CommandError({ code: 'required', message: '', field });
      if (args.invite.includes('cu')) throw new CommandError({ code: 'invite_expired', message: '' });
      putAway();
      world.households = hamlet(33);
      return opened('Bản Chiềng Đi', freshId('s'));
    },
    office_get: told,
    office_found: ({ names }) => {
      if (names.length === 0) throw new CommandError({ code: 'required', message: '', field: 'names' });
      for (const name of names) {
        const id = freshId('s');
        list.push(listed(id, name, { households: 0, heard_at_ms: NOW, teams: [], way: 'none', way_until_ms: null }));
        kept.set(id, {
          view: view(id, name, { households: 0, connected: false, last_sync_ms: null, me_name: OFFICER.name }),
          me: OFFICER,
          households: [],
        });
      }
      return changed();
    },
    office_add: ({ notebook }) => {
      const known = list.find((one) => one.id === notebook);
      if (known) Object.assign(known, { way: 'fresh', way_until_ms: NOW + 365 * DAY });
      else list.push(COMMUNE.find((one) => one.id === notebook) ?? listed(notebook, find(notebook).view.name));
      return changed();
    },
    office_remove: ({ notebook }) => {
      list = list.filter((one) => one.id !== notebook);
      return changed();
    },
    office_bring: ({ what, id }) => bring(what, id),
    office_send: ({ what, id, notebooks }) => {
      for (const one of notebooks ?? list.map((it) => it.id)) has(what, id).add(one);
      return bring(what, id);
    },
    office_alike: () => ({
      pairs: asked.has('blank')
        ? []
        : [
            {
              a: {
                notebook: 's1',
                notebook_name: 'Bản Pa Cốp',
                household: 'h00001',
                name: 'Giàng A Páo',
                place_name: 'Bản Pa Cốp',
                birth: '1984',
                phone_end: '678',
              },
              b: {
                notebook: 's2',
                notebook_name: 'Bản Suối Lìn',
                household: 'h00002',
                name: 'Giàng A Páo',
                place_name: 'Bản Suối Lìn',
                birth: '1984',
                phone_end: '678',
              },
              why: ['same_name', 'same_birth', 'same_phone'],
            },
            {
              a: {
                notebook: 's3',
                notebook_name: 'Bản Hua Tạt',
                household: 'h00003',
                name: 'Vàng Thị Mỷ',
                place_name: 'Bản Hua Tạt',
                birth: '1991-04',
                phone_end: '',
              },
              b: {
                notebook: 's5',
                notebook_name: 'Tiểu khu 1',
                household: 'h00004',
                name: 'Vàng Thị Mỵ',
                place_name: 'Tiểu khu 1',
                birth: '1991',
                phone_end: '402',
              },
              why: ['alike_name', 'same_birth'],
            },
          ],
      total: asked.has('blank') ? 0 : 2,
    }),
    report_get: async (args) => {
      const it = await (own.report_get as NonNullable<Table['report_get']>)(args);
      return args.commune ? over(it) : it;
    },
    report_records: async (args) => {
      const found = await (own.report_records as NonNullable<Table['report_records']>)(args);
      if (args.commune) found.records.forEach((one, i) => Object.assign(one, { notebook: list[i % 3]?.id ?? '' }));
      return found;
    },
    progress_get: async (args) => {
      const it = await (own.progress_get as NonNullable<Table['progress_get']>)(args);
      return args.commune ? { ...it, scope: { ...it.scope, name: space()?.name ?? '' } } : it;
    },
  };
}
