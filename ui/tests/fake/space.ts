import { CommandError } from '../../src/lib/backend';
import type { ActivityView, CourseView, DeviceView, Status } from '../../src/lib/generated/commands';
import type { Table, World } from '../fake-backend';
import { QR } from './exchange';
import { checklist, freshId, hamlet, member as newMember, members, TODAY, WAITING } from './sample';

const activities: ActivityView[] = [
  {
    id: 'a1',
    day: '2026-11-15',
    kind: 'booth',
    title: 'Bàn hướng dẫn ở chợ phiên',
    place: 'p1',
    time: '07:30',
    attendees: 25,
    unnamed: 24,
    came: [{ household: 'h00001', resident: 'r00001', name: 'Giàng A Páo', head: 'Giàng A Páo' }],
    helpers: [{ member: 'm1', name: 'Sồng Thị Dợ' }],
    services: [{ service: 'queue_number', count: 18 }],
    note: '',
    author_name: 'Vì Văn Nam',
    removed: false,
    sync: WAITING,
  },
];

const devices: DeviceView[] = [
  { id: 'd1', name: 'Máy của Sồng Thị Dợ', member_name: 'Sồng Thị Dợ', here: true, heard_at_ms: null },
  {
    id: 'd2',
    name: 'Máy bảng nhà văn hóa',
    member_name: 'Vì Văn Nam',
    here: false,
    heard_at_ms: Date.parse('2026-11-18T09:20:00'),
  },
  {
    id: 'd3',
    name: 'Máy của Vì Văn Nam 2',
    member_name: 'Vì Văn Nam',
    here: false,
    heard_at_ms: Date.parse('2026-11-03T17:05:00'),
  },
  { id: 'd4', name: '', member_name: '', here: false, heard_at_ms: Date.parse('2026-10-21T08:00:00') },
];

const SKILLS = ['public_services', 'shopping', 'payment', 'safety', 'local'] as const;
const courses: CourseView[] = [
  ...['onetouch.mic.gov.vn', 'binhdanhocvuso.gov.vn'].map((site) => ({
    key: site.replace(/\..*/, ''),
    skill: null,
    address: `https://${site}`,
    qr_svg: QR,
    done_on: site.startsWith('onetouch') ? '2026-11-03' : null,
  })),
  ...SKILLS.map((skill) => ({
    key: `cards_${skill}`,
    skill,
    address: null,
    qr_svg: null,
    done_on: skill === 'safety' ? '2026-11-10' : null,
  })),
];

/** Team, members, places, checklist, activities. */
export function spaceCommands(world: World): Table {
  const open = (status: Partial<Status>): Status => {
    Object.assign(world.status, status);
    world.changed(['status', 'space', 'household']);
    return structuredClone(world.status);
  };
  const start = (name: string, member: string, practice: boolean, connected: boolean): Status => {
    members.splice(0, members.length, newMember('m1', member, 'leader', true));
    world.households = practice ? hamlet(84) : [];
    return open({
      space: { id: freshId('s'), name, practice, connected, households: world.households.length, office: false },
      notebooks: 1,
      me: members[0] ?? null,
    });
  };
  const one = (id: string): ActivityView => {
    const found = activities.find((a) => a.id === id);
    if (!found) throw new CommandError({ code: 'not_found', message: '' });
    return found;
  };
  const required = (field: string, text: string) => {
    if (!text.trim()) throw new CommandError({ code: 'required', message: '', field });
  };
  const mayLead = () => ['leader', 'deputy', 'commune_officer'].includes(world.status.me?.role ?? 'member');
  return {
    team_start: ({ team_name, place_name, member_name }) => {
      required('team_name', team_name);
      required('place_name', place_name);
      required('member_name', member_name);
      return start(team_name, member_name, false, false);
    },
    practice_start: () => start('Tổ tập sự', 'Người tập', true, false),
    practice_end: () => open({ space: null, me: null }),
    team_join: ({ invite, member_name }) => {
      required('invite', invite);
      required('member_name', member_name);
      if (invite.includes('cu')) throw new CommandError({ code: 'invite_expired', message: '' });
      return start('Tổ CNSCĐ bản Pa Cốp', member_name, false, true);
    },
    member_add: ({ name, role }) => {
      required('name', name);
      const added = newMember(freshId('m'), name, role);
      members.push(added);
      world.changed(['space']);
      return added;
    },
    member_sign_in: ({ member }) => {
      members.forEach((m) => (m.me = m.id === member));
      return open({ me: members.find((m) => m.me) ?? null });
    },
    checklist_edit: ({ skill, item, text, retired }) => {
      required('text', text);
      const items = checklist.skills.find((s) => s.key === skill)?.items ?? [];
      const known = items.find((i) => i.id === item);
      if (known) Object.assign(known, { text, retired });
      else items.push({ id: freshId('i'), text, retired });
      world.changed(['space']);
      return structuredClone(checklist);
    },
    consent_setting_get: () => ({ first: world.consentFirst, may_set: mayLead() }),
    consent_setting_set: ({ first }) => {
      if (!mayLead()) throw new CommandError({ code: 'not_allowed', message: '' });
      world.consentFirst = first;
      world.changed(['space', 'sync']);
      return { first, may_set: true };
    },
    device_list: () => structuredClone(devices),
    device_rename: ({ name }) => {
      required('name', name);
      devices.forEach((device) => (device.name = device.here ? name : device.name));
      world.changed(['space', 'sync']);
      return structuredClone(devices);
    },
    activity_list: () => structuredClone(activities),
    activity_save: (args) => {
      required('title', args.title);
      const now: ActivityView = {
        id: args.activity ?? freshId('a'),
        day: args.day ?? TODAY,
        kind: args.kind,
        title: args.title,
        place: args.place ?? null,
        time: args.time ?? null,
        attendees: args.attendees ?? 0,
        unnamed: args.attendees ?? 0,
        came: [],
        helpers: [],
        services: args.services ?? [],
        note: args.note ?? '',
        author_name: world.status.me?.name ?? '',
        removed: false,
        sync: WAITING,
      };
      const at = activities.findIndex((a) => a.id === now.id);
      if (at >= 0) activities[at] = now;
      else activities.unshift(now);
      world.changed(['space', 'sync']);
      return now;
    },
    activity_count: ({ activity, service, add }) => {
      const it = one(activity);
      const counted = it.services.find((s) => s.service === service);
      if (!service) it.unnamed += add;
      else if (counted) counted.count += add;
      else it.services.push({ service, count: add });
      it.attendees = it.unnamed + it.came.length;
      world.changed(['space']);
      return structuredClone(it);
    },
    activity_came: ({ activity, household, resident, came }) => {
      const it = one(activity);
      const home = world.households.find((h) => h.id === household);
      const name = home?.people.find((p) => p.id === resident)?.name ?? '';
      it.came = it.came.filter((who) => who.resident !== resident);
      if (came) it.came.push({ household, resident, name, head: home?.head ?? '' });
      it.attendees = it.unnamed + it.came.length;
      world.changed(['space']);
      return structuredClone(it);
    },
    activity_helped: ({ activity, member, helped }) => {
      const it = one(activity);
      it.helpers = it.helpers.filter((helper) => helper.member !== member);
      const name = members.find((m) => m.id === member)?.name ?? '';
      if (helped) it.helpers.push({ member, name });
      world.changed(['space']);
      return structuredClone(it);
    },
    activity_set_removed: ({ activity, removed }) => {
      const found = one(activity);
      found.removed = removed;
      world.changed(['space']);
      return structuredClone(found);
    },
    training_list: () => structuredClone(courses),
    training_set: ({ course, done }) => {
      const found = courses.find((one) => one.key === course);
      if (!found) throw new CommandError({ code: 'not_found', message: '' });
      found.done_on = done ? TODAY : null;
      world.changed(['space', 'sync']);
      return structuredClone(courses);
    },
    verify: () => ({
      clean: true,
      documents: world.households.length + 1,
      changes: 512,
      chunks: 40,
      photos: 0,
      problems: [],
    }),
  };
}
