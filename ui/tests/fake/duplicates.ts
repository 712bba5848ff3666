// Households and residents that may be one, for the fake notebook.

import { CommandError } from '../../src/lib/backend';
import type { DuplicatePair, DuplicateSide, HouseholdDetail, ResidentView } from '../../src/lib/generated/commands';
import type { Table, World } from '../fake-backend';

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
const digits = (text = '') => text.replace(/\D/g, '');

function side(it: HouseholdDetail, person: ResidentView | undefined, asHousehold: boolean): DuplicateSide {
  return {
    id: asHousehold ? it.id : (person?.id ?? ''),
    household: it.id,
    code: it.code,
    head: it.head,
    name: person?.name ?? it.head,
    relation: person?.relation ?? '',
    birth: person?.birth ?? '',
    phone: asHousehold ? it.phone : (person?.phone ?? ''),
    door: it.door,
    place_name: it.place_name,
    people: it.people.filter((p) => !p.removed).map((p) => p.name),
    visits: it.visits.filter((v) => !v.removed).length,
    last_visit: it.last_visit,
  };
}

export function duplicateCommands(world: World): Table {
  const settled = new Set<string>();
  /** As they were before they were merged. */
  let apart: HouseholdDetail[] | undefined;

  const pairs = (): DuplicatePair[] => {
    const found: DuplicatePair[] = [];
    const all = world.households.filter((h) => !h.removed);
    all.forEach((a, n) => {
      for (const b of all.slice(n + 1))
        if (
          plain(a.head) === plain(b.head) &&
          a.head_birth_year &&
          a.head_birth_year === b.head_birth_year &&
          a.door !== b.door
        )
          found.push({
            kind: 'household',
            a: side(a, a.people[0], true),
            b: side(b, b.people[0], true),
            why: ['same_place', a.head === b.head ? 'same_name' : 'alike_name', 'same_birth'],
          });
      const living = a.people.filter((p) => !p.removed);
      living.forEach((one, m) => {
        const other = living.slice(m + 1).find((p) => plain(p.name) === plain(one.name));
        if (other)
          found.push({
            kind: 'resident',
            a: side(a, one, false),
            b: side(a, other, false),
            why: ['same_household', 'same_name', 'same_birth'],
          });
      });
    });
    return found.filter((pair) => !settled.has(`${pair.a.id}/${pair.b.id}`));
  };
  const find = (id: string) => {
    const it = world.households.find((h) => h.id === id);
    if (!it) throw new CommandError({ code: 'not_found', message: '' });
    return it;
  };
  const changed = () => world.changed(['household', 'space', 'sync']);
  const part = () => {
    if (apart) world.households = apart;
    apart = undefined;
    changed();
  };

  function merge(a: HouseholdDetail, b: HouseholdDetail): void {
    apart = structuredClone(world.households);
    const of = ({ id: household, head, code, door, visits }: HouseholdDetail) => ({
      household,
      head,
      code,
      door,
      visits: visits.length,
    });
    a.merged_from = [of(a), of(b)];
    a.differences = [
      { field: 'phone', values: [a.phone, b.phone].map((value) => ({ value, shown: value })) },
      { field: 'door', values: [a.door, b.door].map((value) => ({ value, shown: value })) },
    ];
    a.visits = [...a.visits, ...b.visits].sort((one, other) => other.day.localeCompare(one.day));
    a.people[0]?.entries.push(...b.people.map((p) => p.id));
    world.households = world.households.filter((h) => h !== b);
  }

  return {
    duplicate_list: () => structuredClone(pairs()),
    duplicate_like: ({ name = '', birth = '', phone = '', household }) => {
      const year = /\d{4}/.exec(birth)?.[0];
      return world.households
        .filter((h) => !h.removed && (!household || h.id === household))
        .flatMap((h) => h.people.map((p) => ({ h, p })))
        .filter(({ h, p }) => plain(p.name) === plain(name.trim()) || (!!name && !!phone && h.phone === digits(phone)))
        .filter(({ p }) => !year || !p.birth || p.birth.startsWith(year))
        .slice(0, 3)
        .map(({ h, p }) => side(h, p, p.head && !household));
    },
    duplicate_settle: ({ kind, a, b, verdict }) => {
      settled[verdict === 'undone' ? 'delete' : 'add'](`${a}/${b}`);
      if (verdict === 'undone' && apart) part();
      else if (verdict === 'same' && kind === 'household') merge(find(a), find(b));
      else if (verdict === 'same') {
        apart = structuredClone(world.households);
        for (const it of world.households) {
          const one = it.people.find((p) => p.id === a);
          if (one) one.entries.push(b);
          it.people = it.people.filter((p) => p.id !== b);
        }
      }
      changed();
      return {};
    },
    merge_part: () => {
      settled.clear();
      part();
      return {};
    },
    merge_choose: ({ household, field, value }) => {
      const it = find(household);
      Object.assign(it, { [field]: value });
      it.differences = it.differences.filter((d) => d.field !== field);
      changed();
      return structuredClone(it);
    },
  };
}
