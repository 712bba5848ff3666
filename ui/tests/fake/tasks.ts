import { CommandError } from '../../src/lib/backend';
import type { HistoryWrite, TaskView } from '../../src/lib/generated/commands';
import type { Table, World } from '../fake-backend';
import { freshId, members, TODAY } from './sample';

const write = (field: string, value: string, before: string | null, stands: boolean): HistoryWrite => ({
  key: field,
  field,
  about: '',
  visit: null,
  value,
  before,
  stands,
  can_return: field !== 'visit',
});

/** What is to be done, Hôm nay, and what was written. */
export function taskCommands(world: World): Table {
  const tasks: TaskView[] = [];
  const nameOf = (who: string) => members.find((m) => m.id === who)?.name ?? '';
  const give = (who: string, what: string, due: string | null, goal: number, households: readonly string[]) => {
    const at = world.households.filter((h) => households.includes(h.id));
    const task: TaskView = {
      id: freshId('t'),
      what,
      who,
      who_name: nameOf(who),
      from_who_name: nameOf('m3'),
      from: '2026-11-16',
      due,
      overdue: due !== null && due < TODAY,
      goal: at.length || goal,
      done: 0,
      households: at.map(({ id, head, head_birth_year, door }) => ({ id, head, head_birth_year, door, done: false })),
      removed: false,
    };
    tasks.push(task);
    at.forEach((h) => h.tasks.push(task));
    return task;
  };
  const first = world.households.slice(2, 8).map((h) => h.id);
  if (first.length > 0) {
    const walk = give('m1', '', '2026-11-25', 1, first);
    walk.households.slice(0, 4).forEach((h) => (h.done = true));
    walk.done = 4;
    give('m1', 'Giúp người ở chợ cài VNeID mức 2', '2026-11-30', 3, []).done = 1;
    give('m1', 'Mang loa sang nhà văn hóa', '2026-11-16', 1, []);
    give('m2', 'Cài ví điện tử', '2026-11-25', 1, first.slice(0, 1));
  }
  const find = (id: string) => {
    const task = tasks.find((one) => one.id === id);
    if (!task) throw new CommandError({ code: 'not_found', message: '' });
    return task;
  };
  const changed = (task: TaskView) => {
    world.changed(['household', 'space']);
    return structuredClone(task);
  };
  const standing = () => structuredClone(tasks.filter((task) => !task.removed));

  return {
    household_history: () => [
      {
        household: 'h00001',
        change: 'c3',
        at_ms: Date.parse('2026-11-18T02:30:00Z'),
        author: 'Vì Văn Nam',
        by_list: false,
        device: 'other',
        device_name: 'Máy bảng nhà văn hóa',
        writes: [write('phone', '0912345687', '0912345678', true)],
      },
      {
        household: 'h00001',
        change: 'c2',
        at_ms: Date.parse('2026-11-02T02:30:00Z'),
        author: 'Sồng Thị Dợ',
        by_list: false,
        device: 'this',
        device_name: 'Máy của Sồng Thị Dợ',
        writes: [
          { ...write('visit', '', null, true), visit: { day: '2026-11-02', outcome: 'met', removed: false } },
          write('phone', '0912345678', '', false),
        ],
      },
      {
        household: 'h00001',
        change: 'c1',
        at_ms: null,
        author: 'danh-sach-ho.xlsx',
        by_list: true,
        device: 'this',
        device_name: 'Máy của Sồng Thị Dợ',
        writes: [write('place', 'Bản Pa Cốp', null, true), write('door', 'Cuối bản, sau điểm trường', null, true)],
      },
    ],
    task_list: ({ who }) => standing().filter((task) => !who || task.who === who),
    task_get: ({ task }) => structuredClone(find(task)),
    task_assign: ({ who, what, due, goal, households }) => {
      if (!what?.trim() && !households?.length)
        throw new CommandError({ code: 'required', message: '', field: 'what' });
      return changed(give(who, what ?? '', due ?? null, goal ?? 1, households ?? []));
    },
    task_progress: ({ task: id, household, done }) => {
      const task = find(id);
      task.households.filter((h) => h.id === household).forEach((h) => (h.done = done > 0));
      task.done = household ? task.households.filter((h) => h.done).length : done;
      return changed(task);
    },
    task_set_removed: ({ task: id, removed }) => changed(Object.assign(find(id), { removed })),
    today_get: () => {
      const due = world.households.filter((h) => h.follow_up !== null && h.follow_up <= '2026-11-25').slice(0, 6);
      const today = world.households.filter((h) => h.last_visit?.day === TODAY);
      const count = (outcome: string) => today.filter((h) => h.last_visit?.outcome === outcome).length;
      return structuredClone({
        drafts: [],
        appointments: due.sort((a, b) => (a.follow_up ?? '').localeCompare(b.follow_up ?? '')),
        due_of_others: 2,
        tasks: standing().filter((task) => task.who === 'm1' && task.done < task.goal),
        tally: {
          visits: today.length,
          households: today.length,
          met: count('met'),
          absent: count('absent'),
          residents: count('met'),
        },
        nearby: today[0]
          ? {
              head: today[0].head,
              lane: 'Xóm Dốc',
              households: world.households.filter((h) => !h.last_visit).slice(0, 4),
            }
          : null,
        has_households: world.households.length > 0,
      });
    },
  };
}
