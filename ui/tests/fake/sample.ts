// An invented hamlet: enough names, doors and visits to see every state of every screen.

import type {
  Checklist,
  HouseholdDetail,
  Level,
  MemberView,
  PlaceView,
  ResidentView,
  SyncMark,
  VisitView,
} from '../../src/lib/generated/commands';

export const TODAY = '2026-11-18';
const NOW = Date.parse('2026-11-18T09:41:00');

const FAMILY = ['Giàng', 'Lò', 'Nguyễn', 'Tráng', 'Vàng', 'Hà', 'Sồng', 'Đinh', 'Mùa', 'Cầm', 'Quàng', 'Phạm'];
const MIDDLE = ['A', 'Thị', 'Văn', 'Đức', 'Bích', 'Láo'];
const GIVEN = [
  'Páo',
  'Pâng',
  'Hùng',
  'Chống',
  'Mỷ',
  'Tươi',
  'Tủa',
  'Thắng',
  'Dợ',
  'Nam',
  'Hòa',
  'Đạt',
  'Phương',
  'Ước',
  'Quyên',
];
const DOORS = [
  'Cuối bản, sau điểm trường',
  'Cạnh suối, nhà sàn',
  'Quán tạp hóa đầu bản',
  'Trên dốc, nhà sàn mái đá',
  'Cạnh nhà văn hóa',
  'Xóm Dốc, gần bể nước',
  'Qua cầu treo, rẽ trái, nhà mái xi măng thứ hai',
  '',
];
const ALL: Level[] = ['not_assessed', 'not_yet', 'guided', 'with_help', 'proficient'];

let seed = 7;
const chance = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
const pick = <T>(of: readonly T[]): T => of[Math.floor(chance() * of.length)] as T;
const counters: Record<string, number> = {};
export const freshId = (kind: string) =>
  `${kind}${String((counters[kind] = (counters[kind] ?? 0) + 1)).padStart(5, '0')}`;

/** A hamlet as it is when somebody has only named it. */
export const place = (id: string, name: string, kind: PlaceView['kind'] = 'hamlet'): PlaceView => ({
  id,
  name,
  kind,
  word: '',
  official_code: '',
  parent: null,
  from: null,
  to: null,
  formerly: [],
  standing: true,
  into: null,
  households: 0,
});
/** A member of the founding team. */
export const member = (id: string, name: string, role: MemberView['role'], me = false): MemberView => ({
  id,
  name,
  role,
  title: '',
  team: 't1',
  group: null,
  joined: null,
  left: null,
  me,
});
export const places: PlaceView[] = [place('p1', 'Bản Pa Cốp'), place('p2', 'Bản Chiềng Đi')];
export const members: MemberView[] = [
  member('m1', 'Sồng Thị Dợ', 'deputy', true),
  member('m2', 'Vì Văn Nam', 'member'),
  member('m3', 'Tráng A Chu', 'leader'),
];

const item = (id: string, text: string) => ({ id, text, retired: false });
export const checklist: Checklist = {
  skills: [
    {
      key: 'public_services',
      name: 'Dịch vụ công trực tuyến',
      items: [
        item('i1', 'Kích hoạt VNeID mức 2'),
        item('i2', 'Đăng nhập Cổng Dịch vụ công quốc gia'),
        item('i3', 'Tìm được thủ tục cần làm'),
        item('i4', 'Nộp và theo dõi hồ sơ'),
        item('i5', 'Lấy số thứ tự'),
        item('i6', 'Nộp phí trực tuyến'),
        item('i7', 'VssID, sổ sức khỏe điện tử'),
      ],
    },
    {
      key: 'shopping',
      name: 'Mua sắm trực tuyến',
      items: [
        item('i8', 'Tìm được cửa hàng tin cậy'),
        item('i9', 'Đặt hàng'),
        item('i10', 'Người bán: mở gian hàng trên Voso, Postmart và đăng sản phẩm'),
      ],
    },
    {
      key: 'payment',
      name: 'Thanh toán trực tuyến',
      items: [
        item('i11', 'Có tài khoản thanh toán'),
        item('i12', 'Quét mã QR để trả tiền'),
        item('i13', 'Chuyển tiền'),
      ],
    },
    {
      key: 'safety',
      name: 'Tự bảo vệ trên mạng',
      items: [item('i14', 'Mật khẩu mạnh, có khóa màn hình'), item('i15', 'Không đưa mã OTP cho ai')],
    },
    {
      key: 'local',
      name: 'Nền tảng của địa phương',
      items: [item('i16', 'Dùng ứng dụng của tỉnh'), item('i17', 'Vào nhóm Zalo của tổ')],
    },
  ],
  services: [
    { key: 'public_service_account', name: 'Mở tài khoản dịch vụ công' },
    { key: 'queue_number', name: 'Lấy số thứ tự' },
    { key: 'payment_account', name: 'Mở tài khoản thanh toán' },
    { key: 'dossier', name: 'Nộp hồ sơ giúp' },
  ],
};

export const WAITING: SyncMark = { state: 'waiting', at_ms: null, relay: null };
const arrived = (hoursAgo: number): SyncMark => ({
  state: 'arrived',
  at_ms: NOW - hoursAgo * 3_600_000,
  relay: 'may-chu.van-ho.vn',
});

export function resident(name: string, more: Partial<ResidentView>): ResidentView {
  const id = freshId('r');
  return {
    id,
    entries: [id],
    name,
    relation: '',
    birth: '',
    sex: null,
    phone: '',
    status: 'living',
    consent: 'not_asked',
    consent_at_ms: null,
    head: false,
    best: false,
    levels: ['not_assessed', 'not_assessed', 'not_assessed', 'not_assessed', 'not_assessed'],
    items_done: [],
    removed: false,
    homes: [],
    ...more,
  };
}

/** A photo that the fake backend can show, and one that has not come yet. */
export const PICTURE = 'a'.repeat(64);
export const NOT_HERE = 'b'.repeat(64);

export function visit(more: Partial<VisitView>): VisitView {
  return {
    id: freshId('v'),
    day: TODAY,
    opened_at_ms: NOW,
    author: 'm1',
    author_name: 'Sồng Thị Dợ',
    outcome: 'met',
    met: [],
    assessments: [],
    items: [],
    services: [],
    need: '',
    note: '',
    obstacle: '',
    follow_up: null,
    shown: [],
    photos: [],
    with: [],
    removed: false,
    sync: WAITING,
    ...more,
  };
}

export function household(people: ResidentView[], more: Partial<HouseholdDetail>): HouseholdDetail {
  const head = people.find((p) => p.head) ?? people[0];
  return {
    id: freshId('h'),
    head: head?.name ?? '',
    head_birth_year: Number(head?.birth.slice(0, 4)) || null,
    code: '',
    place: 'p1',
    place_name: 'Bản Pa Cốp',
    door: '',
    lane: more.door?.startsWith('Xóm Dốc') ? 'Xóm Dốc' : '',
    phone: '',
    residents: people.length,
    best: head?.levels ?? ['not_assessed', 'not_assessed', 'not_assessed', 'not_assessed', 'not_assessed'],
    at_target: false,
    business: false,
    elderly: false,
    status: 'living',
    last_visit: null,
    follow_up: null,
    overdue: false,
    conflicts: 0,
    sync: arrived(20),
    matched: null,
    team: null,
    position: null,
    people_count: null,
    note: '',
    removed: false,
    people,
    visits: [],
    visits_elsewhere: [],
    tasks: [],
    crossed: [],
    draft: null,
    unreadable: 0,
    merged_from: [],
    differences: [],
    ...more,
  };
}

function pao(): HouseholdDetail {
  const head = resident('Giàng A Páo', {
    head: true,
    best: true,
    birth: '1984',
    consent: 'given',
    consent_at_ms: Date.parse('2026-08-12T08:00:00'),
    levels: ['guided', 'not_yet', 'not_yet', 'guided', 'not_assessed'],
    items_done: ['i1'],
  });
  const wife = resident('Sùng Thị Dua', { relation: 'Vợ', birth: '1986' });
  const child = resident('Giàng Thị Mai', {
    relation: 'Con gái',
    birth: '2009-07',
    consent: 'given',
    levels: ['not_assessed', 'guided', 'not_assessed', 'guided', 'not_assessed'],
  });
  return household([head, wife, child], {
    code: '27',
    door: 'Qua cầu treo, rẽ trái. Nhà mái xi măng thứ hai sau điểm trường.',
    phone: '0912345678',
    sync: WAITING,
    follow_up: '2026-11-25',
    conflicts: 0,
    last_visit: { day: '2026-11-16', outcome: 'met' },
    visits: [
      visit({
        day: '2026-11-16',
        met: [head.id],
        assessments: [{ resident: head.id, skill: 'public_services', level: 'guided', before: 'not_yet' }],
        items: [{ resident: head.id, item: 'i1' }],
        follow_up: '2026-11-25',
        shown: ['payment', 'safety'],
        with: [{ member: 'm2', name: 'Vì Văn Nam' }],
      }),
      visit({ day: '2026-10-28', outcome: 'absent', author_name: 'Vì Văn Nam', sync: arrived(500) }),
      visit({
        day: '2026-10-03',
        met: [head.id],
        need: 'Điện thoại thông minh cho vợ',
        obstacle: 'Sóng yếu',
        photos: [PICTURE, NOT_HERE],
        services: [{ service: 'queue_number', count: 2 }],
        sync: arrived(1100),
      }),
    ],
  });
}

function crossed(): HouseholdDetail {
  const head = resident('Lò Thị Pâng', {
    head: true,
    best: true,
    birth: '1972',
    consent: 'given',
    levels: ['proficient', 'proficient', 'proficient', 'proficient', 'proficient'],
  });
  const it = household([head], {
    door: 'Cạnh suối, nhà sàn',
    phone: '0912345687',
    at_target: true,
    last_visit: { day: '2026-11-17', outcome: 'met' },
    conflicts: 1,
  });
  it.crossed = [
    {
      household: it.id,
      about: head.name,
      key: 'phone',
      field: 'phone',
      versions: [
        { value: '0912345687', change: 'c2', author: 'Vì Văn Nam', at_ms: Date.parse('2026-11-11T10:40:00') },
        { value: '0912345678', change: 'c1', author: 'Sồng Thị Dợ', at_ms: Date.parse('2026-11-11T09:12:00') },
      ],
    },
  ];
  return it;
}

/** Páo once more, as somebody wrote him down who did not find him; and a household that has somebody twice. */
export function twins(): HouseholdDetail[] {
  const head = resident('Giàng A Pao', { head: true, best: true, birth: '1984' });
  const mother = resident('Lò Thị Pâng', { head: true, best: true, birth: '1972', levels: [...crossed().best] });
  const child = (name: string) => resident(name, { relation: 'Con gái', birth: '2001' });
  return [
    household([head], {
      door: 'Cuối bản, qua cầu treo',
      phone: '0912345687',
      sync: WAITING,
      last_visit: { day: '2026-11-11', outcome: 'met' },
      visits: [visit({ day: '2026-11-11', met: [head.id], author_name: 'Vì Văn Nam' })],
    }),
    household([mother, child('Cầm Thị Hoà'), child('Cầm Thị Hòa')], { door: 'Cạnh suối, nhà sàn' }),
  ];
}

/** A hamlet of so many households; the first ones are always the same. */
export function hamlet(size: number): HouseholdDetail[] {
  const other = resident('Giàng A Páo', {
    head: true,
    best: true,
    birth: '1961',
    levels: ['guided', 'not_yet', 'not_yet', 'not_yet', 'not_assessed'],
  });
  const all = [
    pao(),
    household([other], { door: 'Xóm Dốc, nhà gỗ hai gian', last_visit: { day: '2026-11-02', outcome: 'met' } }),
    crossed(),
  ];
  while (all.length < size) {
    const name = `${pick(FAMILY)} ${pick(MIDDLE)} ${pick(GIVEN)}`;
    const tone = chance();
    const level = (): Level => (tone < 0.3 ? 'not_assessed' : tone > 0.75 ? 'proficient' : pick(ALL));
    const head = resident(name, {
      head: true,
      best: true,
      birth: String(1945 + Math.floor(chance() * 55)),
      levels: [level(), level(), level(), level(), level()],
    });
    const spouse = resident(`${pick(FAMILY)} Thị ${pick(GIVEN)}`, {
      relation: 'Vợ',
      birth: String(1950 + Math.floor(chance() * 50)),
    });
    const visited = chance() > 0.25;
    const due = visited && chance() > 0.85;
    all.push(
      household(chance() > 0.4 ? [head, spouse] : [head], {
        code: String(all.length),
        door: pick(DOORS),
        phone: chance() > 0.5 ? `09${String(10_000_000 + Math.floor(chance() * 89_999_999))}` : '',
        at_target: head.levels.every((l) => l === 'proficient'),
        business: chance() > 0.92,
        elderly: chance() > 0.85,
        last_visit: visited
          ? {
              day: `2026-${pick(['10', '11'])}-0${1 + Math.floor(chance() * 9)}`,
              outcome: pick(['met', 'met', 'met', 'absent', 'refused']),
            }
          : null,
        follow_up: due ? pick(['2026-11-16', '2026-11-18', '2026-11-12']) : null,
        overdue: false,
        sync: chance() > 0.85 ? WAITING : arrived(chance() * 300),
      }),
    );
  }
  for (const it of all) it.overdue = it.follow_up !== null && it.follow_up < TODAY;
  return all;
}
