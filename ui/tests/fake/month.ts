import { CommandError } from '../../src/lib/backend';
import type {
  CampaignView,
  Coverage,
  Figure,
  FigureRow,
  HeatRow,
  Measure,
  NoticeView,
  ObstacleView,
  ProgressMonth,
  Report,
  ReportEvent,
  ReportRules,
  ReportState,
  SaidKind,
  TargetView,
  TeamReport,
} from '../../src/lib/generated/commands';
import type { Table, World } from '../fake-backend';
import { freshId, members, PICTURE, TODAY, WAITING } from './sample';

const SKILLS = ['public_services', 'shopping', 'payment', 'safety', 'local'] as const;
const NOW = Date.parse(`${TODAY}T09:41:00+07:00`);
const DAY = 86_400_000;

const MONTHS = ['2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11'] as const;
const period = (key: string) => {
  const [year, month] = key.split('-').map(Number) as [number, number];
  const two = (n: number) => String(n).padStart(2, '0');
  const before = month === 1 ? `${year - 1}-12` : `${year}-${two(month - 1)}`;
  return { key, first: `${before}-21`, last: `${key}-20`, due: `${key}-22` };
};

const HAMLETS = ['Bản Pa Cốp', 'Bản Suối Lìn', 'Bản Hua Tạt', 'Bản Bó Nhàng', 'Tiểu khu 1', 'Bản Chiềng Đi'];

const occurrences = (service: string): Measure => ({ kind: 'occurrences', services: [service] });
const rules: ReportRules = {
  end_day: 20,
  due_days: 2,
  recipient: 'Phòng Văn hóa - Xã hội',
  title: 'Báo cáo hoạt động Tổ công nghệ số cộng đồng',
  indicators: [
    {
      key: 'at_target',
      name: 'Hộ đạt',
      unit: 'hộ',
      span: 'cumulative',
      measure: { kind: 'households_at_target' },
      per: 'households',
    },
    {
      key: 'met',
      name: 'Hộ đã gặp trong kỳ',
      unit: 'hộ',
      span: 'period',
      measure: { kind: 'households_visited', outcomes: ['met'] },
      per: null,
    },
    {
      key: 'guided',
      name: 'Người được hướng dẫn',
      unit: 'người',
      span: 'period',
      measure: { kind: 'people', evidence: { kind: 'assessed', skills: [], all: false, at_least: 'guided' } },
      per: null,
    },
    {
      key: 'vneid',
      name: 'Tài khoản VNeID mức 2 mới',
      unit: 'tài khoản',
      span: 'period',
      measure: { kind: 'accounts', source: { kind: 'items', items: ['i1'] } },
      per: null,
    },
    {
      key: 'queue',
      name: 'Số thứ tự đã lấy giúp',
      unit: 'lượt',
      span: 'period',
      measure: occurrences('queue_number'),
      per: null,
    },
    {
      key: 'stalls',
      name: 'Gian hàng mở mới',
      unit: 'gian hàng',
      span: 'period',
      measure: { kind: 'accounts', source: { kind: 'items', items: ['i10'] } },
      per: null,
    },
    {
      key: 'welfare',
      name: 'Tài khoản an sinh xã hội',
      unit: 'tài khoản',
      span: 'period',
      measure: occurrences('payment_account'),
      per: null,
    },
  ],
};

/** How many of each figure, and which hamlets sent nothing. */
const SAMPLE: Record<string, readonly [number | null, number | null]> = {
  at_target: [612, 1840],
  met: [947, null],
  guided: [1126, null],
  vneid: [184, null],
  queue: [406, null],
  stalls: [0, null],
  welfare: [null, null],
};

function rowsOf(value: number | null, of: number | null): FigureRow[] {
  const share = (n: number, i: number) => Math.round((n * (6 - i)) / 21);
  const rows = HAMLETS.map((name, i) => ({
    row: `place:p${i + 1}`,
    place: `p${i + 1}`,
    team: null,
    name,
    value: value === null || name === 'Bản Suối Lìn' ? null : share(value, i),
    of: of === null ? null : share(of, i),
  }));
  return [
    ...rows,
    ...rows.map((row) => ({ ...row, row: row.row.replace('place', 'team'), place: null, team: row.place })),
  ];
}

const coverage: Coverage = {
  households: 84,
  visited: 69,
  met: 61,
  refused: 3,
  moved_away: 0,
  absent_only: 5,
  never: 15,
};

/** Progress, reports, obstacles, campaigns and notices; `?report=locked` and its like show a state. */
export function monthCommands(world: World): Table {
  const asked = new URLSearchParams(globalThis.location?.search ?? '');
  const role = asked.get('role');
  if (role && world.status.me) world.status.me.role = role as never;
  const empty = asked.has('blank');
  const states = new Map<string, ReportState>();
  const events = new Map<string, ReportEvent[]>();
  const key = (of: string, team?: string) => `${of}~${team ?? 'all'}`;
  const event = (kind: ReportEvent['kind'], reason = '', by = members[2]?.name ?? ''): ReportEvent => ({
    kind,
    at_ms: NOW - DAY,
    by_name: by,
    reason,
    void: false,
  });
  const shown = asked.get('report') as ReportState | null;
  if (shown) {
    states.set(key('2026-11'), shown);
    const done: ReportEvent[] = [event('submitted')];
    if (shown === 'returned')
      done.push(event('returned', 'Số lượt lấy số thứ tự cao gấp ba tháng trước, xem lại giúp.', 'Vàng Thị Mỷ'));
    if (shown === 'approved' || shown === 'locked') done.push(event('approved', '', 'Vàng Thị Mỷ'));
    if (shown === 'locked') done.push(event('locked', '', 'Vàng Thị Mỷ'));
    events.set(key('2026-11'), done);
  }
  const teams = (): TeamReport[] =>
    role === 'commune_officer'
      ? HAMLETS.map((name, i) => ({
          team: `t${i + 1}`,
          name,
          state:
            (states.get(key('2026-11')) === 'locked' ? ('locked' as const) : undefined) ??
            states.get(key('2026-11', `t${i + 1}`)) ??
            (['submitted', 'draft', 'draft', 'approved', 'draft', 'returned'] as const)[i] ??
            'draft',
          late: false,
          visits: i === 1 ? 0 : 120 - i * 13,
        }))
      : [
          {
            team: 't1',
            name: 'Tổ CNSCĐ bản Pa Cốp',
            state: states.get(key('2026-11', 't1')) ?? 'draft',
            late: false,
            visits: 96,
          },
        ];

  function report(of: string, team?: string): Report {
    const state = states.get(key(of, team)) ?? 'draft';
    const locked = state === 'locked';
    const figures: Figure[] = rules.indicators.map((one) => {
      const [value, whole] = empty ? [null, null] : (SAMPLE[one.key] ?? [null, null]);
      return {
        key: one.key,
        name: one.name,
        unit: one.unit,
        cumulative: one.span === 'cumulative',
        rate: one.per != null,
        value,
        of: whole,
        target: one.key === 'at_target' ? 700 : null,
        adjusted: locked && one.key === 'met' ? 949 : null,
        adjusted_of: null,
        rows: rowsOf(value, whole),
      };
    });
    return {
      period: period(of),
      scope: {
        team: team ?? null,
        place: null,
        name: team ? 'Bản Pa Cốp' : role ? 'Xã Vân Hồ' : (world.status.space?.name ?? ''),
      },
      title: rules.title,
      recipient: rules.recipient,
      state,
      events: events.get(key(of, team)) ?? [],
      figures,
      coverage,
      coverage_in_period: { ...coverage, met: 38, absent_only: 4, refused: 1, never: 41, visited: 43 },
      skills: SKILLS.map((skill, i) => ({ skill, levels: [90 - i, 40 + i, 60, 34, 52 + i * 4] })),
      silent: empty ? [] : [{ place: 'p2', team: null, name: 'Bản Suối Lìn' }],
      as_of: empty ? null : '2026-11-18T09:20:00+07:00',
      unreadable: asked.has('unreadable') ? 3 : 0,
      adjustments: locked
        ? [
            {
              household: 'h00003',
              visit: 'v1',
              activity: null,
              head: 'Nguyễn Văn Hùng',
              place: 'p1',
              place_name: 'Bản Pa Cốp',
              what: 'visit' as const,
              day: '2026-11-16',
              by_name: 'Vì Văn Nam',
            },
            {
              household: null,
              visit: null,
              activity: 'a1',
              head: 'Bàn hướng dẫn ở chợ phiên',
              place: 'p1',
              place_name: 'Bản Pa Cốp',
              what: 'activity' as const,
              day: '2026-11-15',
              by_name: 'Vì Văn Nam',
            },
          ]
        : [],
    };
  }

  const deed =
    (kind: ReportEvent['kind'], to: ReportState) => (args: { period: string; team?: string; reason?: string }) => {
      if ((kind === 'returned' || kind === 'reopened') && !args.reason?.trim())
        throw new CommandError({ code: 'required', message: '', field: 'reason' });
      const at = key(args.period, args.team);
      states.set(at, to);
      events.set(at, [...(events.get(at) ?? []), event(kind, args.reason, world.status.me?.name)]);
      world.changed(['space']);
      return report(args.period, args.team);
    };

  const months: ProgressMonth[] = MONTHS.map((month, i) => ({
    period: period(month),
    at_target: [9, 14, 14, 21, 26, 31][i] ?? 0,
    households: world.households.length,
    visited: empty || month === '2026-08' ? null : 20 + i * 7,
    visits: month === '2026-08' ? 0 : 30 + i * 9,
  }));

  const obstacle = (text: string, day: string, more: Partial<ObstacleView> = {}): ObstacleView => ({
    id: freshId('o'),
    text,
    day,
    age: Math.round((Date.parse(TODAY) - Date.parse(day)) / DAY),
    author: 'm2',
    author_name: 'Vì Văn Nam',
    place: 'p1',
    place_name: 'Bản Pa Cốp',
    household: null,
    head: '',
    photos: [],
    words: [],
    answered: false,
    closed: false,
    stands_out: false,
    removed: false,
    sync: WAITING,
    ...more,
  });
  const word = (kind: SaidKind, text: string, name: string, ms: number) => ({
    id: freshId('w'),
    kind,
    at_ms: ms,
    author: '',
    author_name: name,
    text,
    sync: WAITING,
  });
  const first = world.households[0];
  const obstacles: ObstacleView[] = empty
    ? []
    : [
        obstacle('Sóng yếu, không mở được VNeID tại nhà. Phải ra tận đầu bản mới có mạng.', '2026-11-08', {
          stands_out: true,
          household: first?.id ?? null,
          head: first?.head ?? '',
          photos: [PICTURE],
        }),
        obstacle('Chưa có tờ rơi bằng tiếng Mông cho người cao tuổi.', '2026-11-13', {
          author: 'm1',
          author_name: 'Sồng Thị Dợ',
          place: null,
          place_name: '',
          answered: true,
          words: [word('reply', 'Xã in 200 tờ, thứ Sáu chuyển xuống nhà văn hóa.', 'Vàng Thị Mỷ', NOW - 2 * DAY)],
        }),
        obstacle('Điện thoại bà con quá cũ, không cài được ứng dụng.', '2026-11-16'),
        obstacle('Máy bảng của tổ hỏng loa.', '2026-11-01', {
          closed: true,
          age: 6,
          answered: true,
          words: [
            word('reply', 'Mang ra xã đổi máy.', 'Vàng Thị Mỷ', NOW - 12 * DAY),
            word('closed', '', 'Tráng A Chu', NOW - 11 * DAY),
          ],
        }),
      ];
  const findObstacle = (id: string) => {
    const found = obstacles.find((one) => one.id === id);
    if (!found) throw new CommandError({ code: 'not_found', message: '' });
    return found;
  };
  const need = (text: string | undefined) => {
    if (!text?.trim()) throw new CommandError({ code: 'required', message: '', field: 'text' });
  };
  const say = (id: string, kind: SaidKind, text: string) => {
    const it = findObstacle(id);
    it.words.push(word(kind, text, world.status.me?.name ?? '', NOW));
    if (kind === 'reply') Object.assign(it, { answered: true, stands_out: false });
    else it.closed = kind === 'closed';
    world.changed(['space']);
    return structuredClone(it);
  };
  let within = 7;

  const campaigns: CampaignView[] = empty
    ? []
    : [
        {
          id: 'c1',
          name: 'Ra quân 10 ngày',
          from: '2026-11-11',
          to: '2026-11-20',
          stage: 'running',
          days_left: 3,
          measure: 'households_met',
          places: [{ id: 'p1', name: 'Bản Pa Cốp' }],
          count: 41,
          quota: 60,
          quotas: [
            { of: 'm1', team: false, name: 'Sồng Thị Dợ', quota: 30, count: 24 },
            { of: 'm2', team: false, name: 'Vì Văn Nam', quota: 30, count: 15 },
            { of: 'm3', team: false, name: 'Tráng A Chu', quota: null, count: 5 },
          ],
          days: [
            { day: '2026-11-11', count: 9 },
            { day: '2026-11-12', count: 6 },
            { day: '2026-11-14', count: 12 },
            { day: '2026-11-15', count: 8 },
            { day: '2026-11-17', count: 6 },
          ],
          removed: false,
        },
        {
          id: 'c2',
          name: 'Chợ phiên không tiền mặt',
          from: '2026-12-05',
          to: '2026-12-06',
          stage: 'planned',
          days_left: 17,
          measure: 'people_met',
          places: [],
          count: 0,
          quota: null,
          quotas: [],
          days: [],
          removed: false,
        },
      ];
  const findCampaign = (id: string) => {
    const found = campaigns.find((one) => one.id === id);
    if (!found) throw new CommandError({ code: 'not_found', message: '' });
    return found;
  };
  const targets: TargetView[] = [{ scope: 'p1', indicator: 'at_target', from: '2026-10', number: 40 }];
  const notices: NoticeView[] = asked.has('notice')
    ? [
        {
          id: 'n1',
          text: 'Các tổ nộp báo cáo trước 17 giờ ngày 20. Ai vướng gì thì nêu ở mục Vướng mắc.',
          from: '2026-11-16',
          until: '2026-11-20',
          author_name: 'Vàng Thị Mỷ',
          shown: true,
          removed: false,
          sync: WAITING,
        },
      ]
    : [];

  const heat = (): HeatRow[] =>
    world.households.map((h) => ({
      household: h.id,
      head: h.head,
      door: h.door,
      place: 'p1',
      place_name: 'Bản Pa Cốp',
      best: h.best,
      at_target: h.at_target,
      last_visit: h.last_visit?.day ?? null,
    }));

  return {
    progress_get: () => ({
      scope: { team: null, place: null, name: 'Bản Pa Cốp' },
      months: structuredClone(months),
      skills: SKILLS.map((skill, i) => ({
        skill,
        people: [90 - i, 40 + i, 60, 34, 52 + i * 4],
        best: [15, 8, 6, 3, [52, 44, 58, 39, 35][i] ?? 0],
      })),
      residents: 276,
      households: world.households.length,
      coverage,
      coverage_in_period: { ...coverage, met: 38, absent_only: 4, refused: 1, never: 41, visited: 43 },
    }),
    progress_heat: ({ offset = 0, limit = 50 }) => {
      const rows = heat();
      return { total: rows.length, rows: structuredClone(rows.slice(offset, offset + (limit ?? 50))) };
    },
    report_get: ({ period: of, team }) => report(of ?? '2026-11', team),
    report_periods: () => ({
      current: '2026-11',
      periods: [...MONTHS].reverse().map((month) => ({
        period: period(month),
        over: month < '2026-11',
        visits: 96,
        activities: 2,
        teams: teams(),
      })),
    }),
    report_records: ({ indicator, row, of }) => {
      const one = rules.indicators.find((it) => it.key === indicator);
      const value = (SAMPLE[indicator] ?? [null])[of ? 1 : 0] ?? null;
      const records = world.households.slice(0, 24).map((h, i) => ({
        count: one?.measure.kind === 'occurrences' ? 1 + (i % 3) : 1,
        household: i % 9 === 8 ? null : h.id,
        resident: null,
        visit: null,
        activity: i % 9 === 8 ? 'a1' : null,
        name: i % 9 === 8 ? 'Bàn hướng dẫn ở chợ phiên' : h.head,
        head: h.head,
        place_name: 'Bản Pa Cốp',
        day: '2026-11-15',
        outcome: i % 9 === 8 ? null : ('met' as const),
        author_name: 'Vì Văn Nam',
        what: '',
      }));
      const blank = value === null || row === 'place:p2';
      return {
        period: period('2026-11'),
        name: one?.name ?? '',
        unit: one?.unit ?? '',
        row_name: row ? (HAMLETS[Number(row.slice(-1)) - 1] ?? '') : '',
        value,
        total: blank ? 0 : records.length,
        records: blank ? [] : records,
      };
    },
    report_may: ({ period: of, team }) => {
      const state = states.get(key(of, team)) ?? 'draft';
      const office = world.status.me?.role === 'commune_officer';
      return {
        submit: !office && (state === 'draft' || state === 'returned'),
        give_back: office && (state === 'submitted' || state === 'approved'),
        approve: office && state === 'submitted',
        lock: office && state !== 'locked',
        reopen: office && state === 'locked',
        undo: false,
      };
    },
    report_submit: deed('submitted', 'submitted'),
    report_approve: deed('approved', 'approved'),
    report_lock: deed('locked', 'locked'),
    report_return: deed('returned', 'returned'),
    report_reopen: deed('reopened', 'draft'),
    report_undo: deed('submitted', 'draft'),
    report_text: ({ kind }) => ({
      text:
        kind === 'late'
          ? 'Chưa nộp báo cáo tháng 11: Suối Lìn, Hua Tạt, Tiểu khu 1.'
          : 'Báo cáo tháng 11: 612/1.840 hộ đạt.',
    }),
    report_freshness: () => [
      {
        team: 't1',
        name: 'Tổ CNSCĐ bản Pa Cốp',
        heard_at_ms: NOW - 9 * DAY,
        wrote_at_ms: NOW - 10 * DAY,
        here: false,
        devices: [
          {
            id: 'd3',
            name: 'Máy của Vì Văn Nam 2',
            member_name: 'Vì Văn Nam',
            here: false,
            heard_at_ms: NOW - 15 * DAY,
          },
        ],
      },
    ],
    report_workbook: () => ({ name: 'Bao cao 2026-11.xlsx', bytes: 'UEs=' }),
    rules_get: ({ period: of }) => ({
      period: period(of ?? '2026-11'),
      since: '2026-10',
      until: null,
      rules: structuredClone(rules),
      open_from: '2026-11',
      may_set: world.status.me?.role !== 'member',
    }),
    rules_set: ({ from_period, rules: next }) => {
      Object.assign(rules, next);
      world.changed(['space']);
      return {
        period: period(from_period),
        since: from_period,
        until: null,
        rules: structuredClone(rules),
        open_from: '2026-11',
        may_set: true,
      };
    },
    obstacle_list: ({ household, place }) => {
      const all = obstacles.filter((o) => (!household || o.household === household) && (!place || o.place === place));
      const open = all.filter((o) => !o.closed && !o.removed);
      return {
        obstacles: structuredClone(all),
        open: open.length,
        stand_out: open.filter((o) => o.stands_out).length,
        answer_within: within,
        leads: world.status.me?.role !== 'member',
      };
    },
    obstacle_get: ({ obstacle: id }) => structuredClone(findObstacle(id)),
    obstacle_raise: ({ obstacle: id, text, place }) => {
      need(text);
      const it = id ? findObstacle(id) : obstacle(text, TODAY, { author: 'm1', author_name: 'Sồng Thị Dợ' });
      Object.assign(it, { text, place: place ?? null, place_name: place ? 'Bản Pa Cốp' : '' });
      if (!id) obstacles.push(it);
      world.changed(['space']);
      return structuredClone(it);
    },
    obstacle_set_removed: ({ obstacle: id, removed }) => {
      findObstacle(id).removed = removed;
      world.changed(['space']);
      return structuredClone(findObstacle(id));
    },
    obstacle_reply: ({ obstacle: id, text }) => {
      need(text);
      return say(id, 'reply', text ?? '');
    },
    obstacle_close: ({ obstacle: id }) => say(id, 'closed', ''),
    obstacle_reopen: ({ obstacle: id }) => say(id, 'reopened', ''),
    obstacle_rule_set: ({ days }) => {
      if (days < 1 || days > 365) throw new CommandError({ code: 'bad_number', message: '', field: 'days' });
      within = days;
      world.changed(['space']);
      return {};
    },
    campaign_list: () => structuredClone(campaigns),
    campaign_get: ({ campaign }) => structuredClone(findCampaign(campaign)),
    campaign_save: ({ campaign, name, from, to, measure, quotas }) => {
      if (!name.trim()) throw new CommandError({ code: 'required', message: '', field: 'name' });
      if (!from || !to || to < from) throw new CommandError({ code: 'bad_date', message: '', field: 'to' });
      const it: CampaignView = campaign
        ? findCampaign(campaign)
        : {
            id: freshId('c'),
            name,
            from,
            to,
            stage: 'running',
            days_left: 1,
            measure: 'households_met',
            places: [],
            count: 0,
            quota: null,
            quotas: [],
            days: [],
            removed: false,
          };
      const all = (quotas ?? []).map((q) => ({
        ...q,
        team: false,
        name: members.find((m) => m.id === q.of)?.name ?? '',
        count: 0,
      }));
      Object.assign(it, { name, from, to, measure: measure ?? it.measure, quotas: all });
      it.quota = all.reduce((sum, q) => sum + q.quota, 0) || null;
      if (!campaign) campaigns.push(it);
      world.changed(['space']);
      return structuredClone(it);
    },
    campaign_set_removed: ({ campaign, removed }) => {
      findCampaign(campaign).removed = removed;
      world.changed(['space']);
      return structuredClone(findCampaign(campaign));
    },
    target_list: () => structuredClone(targets),
    target_set: ({ scope, indicator, from, number }) => {
      targets.push({ scope, indicator, from, number: number ?? -1 });
      world.changed(['space']);
      return structuredClone(targets);
    },
    notice_list: () => structuredClone(notices),
    notice_save: ({ notice, text, until }) => {
      need(text);
      const known = notices.find((n) => n.id === notice);
      if (known) Object.assign(known, { text, until: until ?? null, removed: false });
      else
        notices.unshift({
          id: freshId('n'),
          text,
          from: TODAY,
          until: until ?? null,
          author_name: world.status.me?.name ?? '',
          shown: true,
          removed: false,
          sync: WAITING,
        });
      world.changed(['space']);
      return structuredClone(notices);
    },
    notice_set_removed: ({ notice, removed }) => {
      notices.filter((n) => n.id === notice).forEach((n) => Object.assign(n, { removed, shown: !removed }));
      world.changed(['space']);
      return structuredClone(notices);
    },
  };
}
