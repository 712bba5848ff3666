import { CommandError } from '../../src/lib/backend';
import type {
  Column,
  ImportView,
  IssueCode,
  Mapping,
  Preview,
  RowIssue,
  Severity,
} from '../../src/lib/generated/commands';
import type { Table, World } from '../fake-backend';
import { hamlet } from './sample';

const TITLES: [string, Column, string[]][] = [
  ['TT', 'number', ['1', '2', '3']],
  ['Mã hộ', 'household_code', ['PC-001', 'PC-002', 'PC-003']],
  ['Họ và tên chủ hộ', 'head_name', ['Giàng A Páo', 'Lò Thị Pâng', 'Nguyễn Văn Hùng']],
  ['Năm sinh', 'birth', ['1984', '12/03/1972', '1990']],
  ['Số CCCD', 'id_number', []],
  ['Dân tộc', 'ethnicity', []],
  ['SĐT liên hệ', 'phone', ['912345678', '0987.654.321', '84 912 345 678']],
  ['Chỗ ở hiện nay', 'address', ['Cuối bản, sau điểm trường', 'Cạnh suối, nhà sàn']],
  ['Ghi chú', 'note', ['Hộ kinh doanh', 'Đi làm ăn xa']],
];

const issue = (row: number, column: string, severity: Severity, code: IssueCode, value: string | null): RowIssue => ({
  sheet: 'Danh sách hộ',
  row,
  column,
  severity,
  code,
  value,
});

const issues = [
  issue(17, 'C', 'refused', 'missing_head', null),
  issue(64, 'C', 'refused', 'name_is_number', '1987'),
  issue(21, 'G', 'doubtful', 'bad_phone', '0912 34'),
  issue(33, 'G', 'doubtful', 'bad_phone', 'không có'),
  issue(90, 'D', 'doubtful', 'impossible_date', '31/02/1990'),
];

function preview(mapping: Mapping | undefined): Preview {
  const columns = mapping?.columns.length ? mapping.columns : TITLES.map(([, column]) => column);
  const named = Object.keys(mapping?.names ?? {}).length;
  const hasName = columns.includes('head_name') || columns.includes('full_name');
  return {
    sheets: [
      { name: 'Danh sách hộ', rows: 126 },
      { name: 'Hướng dẫn', rows: 14 },
    ],
    mapping: { sheet: mapping?.sheet ?? 'Danh sách hộ', header_rows: [4, 5], columns, names: mapping?.names ?? {} },
    layout: 'per_household',
    columns: TITLES.map(([title, , samples], index) => {
      const column = columns[index] ?? 'ignore';
      return {
        index,
        letter: 'ABCDEFGHIJ'[index] ?? '',
        title,
        column,
        samples,
        stored: !['number', 'ignore', 'id_number', 'ethnicity'].includes(column),
      };
    }),
    counts: {
      households: hasName ? 120 + named : 0,
      residents: hasName ? 431 : 0,
      phones: 98,
      hamlets: 1,
      refused: 2 - named,
      doubtful: 3,
    },
    hamlets: ['Bản Pa Cốp'],
    issues: issues.filter(({ severity, row }) => severity === 'doubtful' || !mapping?.names[row]?.trim()),
    households: [
      {
        row: 6,
        code: 'PC-001',
        hamlet: 'Bản Pa Cốp',
        residents: [{ row: 6, name: 'Giàng A Páo', relation: null, birth: '1984', sex: null, phone: null }],
        door: 'Cuối bản, sau điểm trường',
        phone: '0912345678',
        people_count: 4,
        note: null,
        business: false,
        elderly: false,
        working_away: false,
      },
      {
        row: 7,
        code: 'PC-002',
        hamlet: 'Bản Pa Cốp',
        residents: [{ row: 7, name: 'Lò Thị Pâng', relation: null, birth: '1972-03-12', sex: null, phone: null }],
        door: 'Cạnh suối, nhà sàn',
        phone: null,
        people_count: 1,
        note: null,
        business: false,
        elderly: false,
        working_away: false,
      },
    ],
  };
}

/** Household lists in. */
export function importCommands(world: World): Table {
  const made: ImportView[] = [];
  let cancelled = false;
  const find = (id: string) => {
    const found = made.find((m) => m.id === id);
    if (!found) throw new CommandError({ code: 'not_found', message: '' });
    return found;
  };
  return {
    import_open: ({ name }) => {
      if (!name.endsWith('.xlsx')) throw new CommandError({ code: 'file_unreadable', message: '' });
      return { list: 'l1', preview: preview(undefined) };
    },
    import_preview: ({ mapping }) => preview(mapping),
    import_run: async () => {
      cancelled = false;
      for (let done = 0; done <= 120; done += 10) {
        world.tell({ event: 'progress', task: 'import', done, total: 120 });
        await new Promise((later) => setTimeout(later, 20));
        if (cancelled) throw new CommandError({ code: 'cancelled', message: '' });
      }
      world.households = hamlet(120);
      made.unshift({
        id: `im${made.length + 1}`,
        file: 'danh-sach-ho.xlsx',
        at_ms: Date.now(),
        author_name: world.status.me?.name ?? '',
        households: 120,
        withdrawn: false,
        kept: [],
      });
      world.changed(['space', 'household']);
      return {
        import: 'im1',
        added: 120,
        completed: 0,
        unchanged: 0,
        residents_added: 431,
        refused: 2,
        doubtful: 3,
        places_added: 1,
      };
    },
    import_cancel: () => {
      cancelled = true;
      return {};
    },
    import_list: () => structuredClone(made),
    import_withdraw: (args) => {
      const it = find(args.import);
      it.withdrawn = true;
      it.kept = world.households.slice(0, 2).map((h) => ({ id: h.id, head: h.head, reason: 'visited' }));
      world.changed(['space', 'household']);
      return structuredClone(it);
    },
    import_restore: (args) => {
      const it = find(args.import);
      Object.assign(it, { withdrawn: false, kept: [] });
      world.changed(['space', 'household']);
      return structuredClone(it);
    },
  };
}
