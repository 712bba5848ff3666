// What the sample notebook holds about one person, and how the app looks.

import { CommandError } from '../../src/lib/backend';
import type { FaceSettings } from '../../src/lib/generated/commands';
import type { Table, World } from '../fake-backend';
import { checklist } from './sample';

export function holdingsCommands(world: World): Table {
  let face: FaceSettings | null = null;
  const items = checklist.skills.flatMap((skill) => skill.items);
  return {
    face_settings_get: () => face,
    face_settings_set: (now) => (face = now),
    resident_holdings: ({ household: id, resident: who }) => {
      const it = world.households.find((h) => h.id === id);
      const person = it?.people.find((p) => p.id === who);
      if (!it || !person) throw new CommandError({ code: 'not_found', message: '' });
      return {
        name: person.name,
        entries: [
          {
            household: it.id,
            head: it.head,
            place_name: it.place_name,
            former_places: [],
            team_name: '',
            code: it.code,
            door: it.door,
            has_position: true,
            household_phone: it.phone,
            note: it.note,
            people_count: it.people_count,
            business: it.business,
            elderly: it.elderly,
            household_status: it.status,
            household_removed: it.removed,
            lists: ['danh-sach-ho.xlsx'],
            tasks: [{ what: 'Mang điện thoại cũ tới', who_name: 'Vì Văn Nam', due: '2026-11-25' }],
            crossed: it.crossed.length,
            name: person.name,
            relation: person.relation,
            is_head: person.head,
            birth: person.birth,
            sex: person.sex,
            phone: person.phone,
            status: person.status,
            removed: person.removed,
            moved_here: person.homes.length > 0,
          },
        ],
        consents:
          person.consent === 'not_asked'
            ? []
            : [
                {
                  state: person.consent,
                  text_version: 1,
                  at_ms: person.consent_at_ms ?? 0,
                  asked_by: 'Sồng Thị Dợ',
                  how: 'spoken',
                  parent: '',
                },
              ],
        visits: it.visits
          .filter((v) => v.met.includes(who) || v.note || v.need || v.obstacle)
          .map((v) => ({
            id: v.id,
            household: it.id,
            day: v.day,
            by: v.author_name,
            with: [],
            outcome: v.outcome,
            met: v.met.includes(who),
            levels: v.assessments
              .filter((a) => a.resident === who)
              .map(({ resident, skill, level }) => ({ resident, skill, level })),
            items: v.items
              .filter((done) => done.resident === who)
              .map((done) => items.find((one) => one.id === done.item)?.text ?? ''),
            services: v.services.reduce((sum, given) => sum + given.count, 0),
            need: v.need,
            note: v.note,
            obstacle: v.obstacle,
            photos: 0,
            follow_up: v.follow_up,
            shown: v.shown,
            removed: v.removed,
          })),
        activities: [
          { day: '2026-11-05', kind: 'class', title: 'Lớp tối', place_name: 'Nhà văn hóa', by: 'Vì Văn Nam' },
        ],
        earlier: 2,
        verdicts: 0,
        drafts: 0,
        unreadable: 0,
        copies: {
          devices: 4,
          relays: world.status.space?.connected ? ['https://trungtam.tung-nha.vn'] : [],
          files: [{ name: 'Tráng A Chu', last_at_ms: Date.parse('2026-11-14T17:20:00'), new_records: 6 }],
          rooms: [],
        },
      };
    },
  };
}
