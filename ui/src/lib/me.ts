// Who is looking: what somebody may do follows from their role. The notebook holds to it; a screen only leaves out
// what would be refused.

import type { Role } from '$lib/generated/commands';
import { app } from '$lib/app.svelte';

export interface Me {
  /** A leader, a deputy or an officer. */
  readonly leads: boolean;
  /** An officer of the commune. */
  readonly office: boolean;
}

const role = (): Role | undefined => app.status?.me?.role;

/** Who is signed in. */
export function me(): Me {
  return {
    get leads() {
      return role() === 'leader' || role() === 'deputy' || role() === 'commune_officer';
    },
    get office() {
      return role() === 'commune_officer';
    },
  };
}
