// Taking a move back, from wherever somebody comes upon it.

import type { MovedEntry } from '$lib/generated/commands';
import { app } from '$lib/app.svelte';
import { execute } from '$lib/backend';
import { t } from '$lib/i18n/index.svelte';
import { go } from '$lib/router.svelte';

/** Brings people back to the household that they left, and shows it. */
export async function bringBack(where: { household: string; residents: string[] }, names: string): Promise<void> {
  const { household, stays } = await execute('resident_move_undo', where);
  go('households', household);
  app.tell(t(stays ? 'moving.undone_stays' : 'moving.undone', { names }));
}

/** The same for one person, as their page has it. */
export const bringOneBack = (entry: MovedEntry, name: string): Promise<void> =>
  bringBack({ household: entry.household, residents: [entry.resident] }, name);
