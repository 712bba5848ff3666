// Residents who move between households of the sample hamlet, and come back.

import { CommandError } from '../../src/lib/backend';
import type { HouseholdDetail, ResidentView } from '../../src/lib/generated/commands';
import type { Table, World } from '../fake-backend';
import { freshId, household, resident, WAITING } from './sample';

export function movingCommands(world: World): Table {
  const find = (id: string): HouseholdDetail => {
    const found = world.households.find((h) => h.id === id);
    if (!found) throw new CommandError({ code: 'not_found', message: '' });
    return found;
  };
  const lives = (person: ResidentView) => !person.removed && person.status === 'living';
  const settle = (it: HouseholdDetail) => {
    it.people.sort((a, b) => Number(!lives(a)) - Number(!lives(b)));
    const head = it.people.find((p) => lives(p) && p.head) ?? it.people.find(lives);
    it.people.forEach((p) => (p.head = p === head));
    Object.assign(it, { head: head?.name ?? '', residents: it.people.filter(lives).length, sync: WAITING });
  };

  return {
    resident_move: ({ household: id, residents, to, head, door }) => {
      const old = find(id);
      if (residents.length === 0) throw new CommandError({ code: 'required', message: '', field: 'residents' });
      const movers = old.people.filter((p) => residents.includes(p.id) && lives(p));
      const target = to ? find(to) : household([], { door: door ?? old.door });
      if (target === old) throw new CommandError({ code: 'same_household', message: '', field: 'to' });
      if (!to) world.households.unshift(target);
      const arrived = movers.map((mover) => {
        const { id: was, ...same } = structuredClone(mover);
        const now = resident(mover.name, {
          ...same,
          relation: '',
          id: freshId('r'),
          head: !to && (head ?? movers[0]?.id) === was,
        });
        now.entries = [now.id];
        target.people.push(now);
        const undo = { household: target.id, resident: now.id };
        mover.status = 'moved_household';
        mover.homes = [{ kind: 'now', household: target.id, head: '', door: target.door, resident: now.id, undo }];
        now.homes = [{ kind: 'before', household: old.id, head: '', door: old.door, resident: was, undo }];
        target.visits_elsewhere.push(
          ...old.visits
            .filter((v) => v.met.includes(was))
            .map((v) => ({
              household: old.id,
              visit: {
                ...structuredClone(v),
                met: [now.id],
                assessments: v.assessments.map((seen) => ({ ...seen, resident: now.id })),
              },
            })),
        );
        return now;
      });
      [old, target].forEach(settle);
      for (const mover of movers) mover.homes.forEach((home) => (home.head = target.head));
      for (const now of arrived) now.homes.forEach((home) => (home.head = old.head));
      world.changed(['household', 'sync'], [old.id, target.id]);
      return { household: target.id, residents: arrived.map((p) => p.id), left_empty: old.residents === 0 };
    },
    resident_move_undo: ({ household: id, residents }) => {
      const target = find(id);
      let back = id;
      for (const now of target.people.filter((p) => residents.includes(p.id))) {
        const home = now.homes[0];
        if (!home) throw new CommandError({ code: 'not_found', message: '' });
        back = home.household;
        const old = find(back);
        old.people.forEach((p) => {
          if (p.id === home.resident) Object.assign(p, { status: 'living', homes: [] });
        });
        old.removed = false;
        settle(old);
      }
      target.people = target.people.filter((p) => !residents.includes(p.id));
      if (target.people.length === 0) world.households = world.households.filter((h) => h !== target);
      else settle(target);
      world.changed(['household', 'sync'], [target.id, back]);
      return { household: back, stays: target.people.length > 0 };
    },
  };
}
