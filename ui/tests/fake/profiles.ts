// PINs as a screen sees them. Every PIN is 8305, a temporary one 9274; three wrong ones bring a wait.

import { CommandError } from '../../src/lib/backend';
import type { Profiles, ProfileView } from '../../src/lib/generated/commands';
import type { Table, World } from '../fake-backend';
import { members } from './sample';

const CODE = '401957 228310 950036 117749 602484 385511 740092 663805';

function of(index: number): ProfileView {
  const member = members[index];
  return {
    id: member?.id ?? '',
    name: member?.name ?? '',
    role: member?.role ?? 'member',
    waiting: [7, 5, 0, 0][index] ?? 0,
    wait_s: 0,
    tries_left: 5,
    has_recovery: index === 0,
    temporary: index === 2,
    left: false,
  };
}

/** `?pins` in the address begins locked, `?shared` with PINs and unlocked. */
export function profileCommands(world: World): Table {
  const asked = new URLSearchParams(globalThis.location?.search ?? '');
  const locked = asked.has('pins');
  const state: Profiles = {
    people: locked || asked.has('shared') ? [0, 1, 2, 3].filter((n) => members[n]).map(of) : [],
    signed_in: locked || !asked.has('shared') ? null : (members[0]?.id ?? null),
    locked,
    open: true,
    leads: true,
    lock_after_min: 5,
    team: 'Tổ CNSCĐ bản Pa Cốp',
    in_keystore: false,
  };
  const refuse = (code: string, field: string, params = {}): never => {
    throw new CommandError({ code, message: '', field, params });
  };
  const told = (): Profiles => {
    world.changed(['status']);
    return structuredClone(state);
  };
  const find = (id: string): ProfileView => state.people.find((one) => one.id === id) ?? refuse('not_found', 'profile');
  const checkOwn = (pin: string) => pin === '8305' || refuse('pin_wrong', 'pin', { left: '4' });
  const choose = (field: string, pin: string) => {
    if (!/^\d{4,12}$/.test(pin)) refuse('pin_not_digits', field);
    if (/^(\d)\1*$|1234/.test(pin)) refuse('pin_weak', field);
  };
  const comesIn = (who: ProfileView): Profiles => {
    Object.assign(who, { wait_s: 0, tries_left: 5, temporary: false });
    Object.assign(state, { signed_in: who.id, locked: false });
    world.status.me = members.find((one) => one.id === who.id) ?? null;
    return told();
  };
  return {
    profile_list: () => structuredClone(state),
    profile_stay: () => ({}),
    profile_lock: () => {
      Object.assign(state, { signed_in: null, locked: state.people.length > 0 });
      return told();
    },
    profile_unlock: ({ profile, pin, new_pin }) => {
      const who = find(profile);
      if (pin !== (who.temporary ? '9274' : '8305')) {
        who.tries_left = Math.max(who.tries_left - 1, 0);
        if (who.tries_left > 2) return refuse('pin_wrong', 'pin', { left: String(who.tries_left) });
        who.wait_s = 30;
        return refuse('pin_wrong_wait', 'pin', { wait_s: '30' });
      }
      if (who.temporary && !new_pin) refuse('pin_temporary', 'pin');
      if (new_pin) choose('new_pin', new_pin);
      return comesIn(who);
    },
    profile_recover: ({ profile, code, new_pin }) => {
      if (code.replace(/\D/g, '').length !== 48) refuse('recovery_code_cut', 'code', { n: '12' });
      choose('new_pin', new_pin);
      return comesIn(find(profile));
    },
    profile_pin_set: ({ pin }) => {
      choose('pin', pin);
      state.people = [of(0)];
      state.signed_in = members[0]?.id ?? null;
      return { profiles: told(), recovery_code: CODE };
    },
    profile_add: ({ member, pin }) => {
      choose('pin', pin);
      state.people.push(of(members.findIndex((one) => one.id === member)));
      return told();
    },
    profile_remove: ({ profile }) => {
      state.people = state.people.filter((one) => one.id !== profile);
      return told();
    },
    profile_pin_change: ({ pin, new_pin }) => {
      checkOwn(pin);
      choose('new_pin', new_pin);
      return told();
    },
    profile_pin_remove: ({ pin }) => {
      checkOwn(pin);
      state.people = state.people.filter((one) => one.id !== state.signed_in);
      Object.assign(state, { signed_in: null, locked: state.people.length > 0 });
      return told();
    },
    profile_pin_reset: ({ profile, new_pin }) => {
      choose('new_pin', new_pin);
      find(profile).temporary = true;
      return told();
    },
    profile_recovery_code: ({ pin }) => {
      checkOwn(pin);
      return { code: CODE };
    },
    profile_lock_after: ({ minutes }) => {
      state.lock_after_min = minutes;
      return told();
    },
  };
}
