// What the place calls its levels and roles, from the notebook into the catalogue.

import type { Locality } from '$lib/generated/commands';
import { app } from '$lib/app.svelte';
import { execute } from '$lib/backend';
import { setOwnWords } from '$lib/i18n/index.svelte';

/** The keys of the catalogue for which a place has words of its own. */
export function ownWords({ levels, roles }: Pick<Locality, 'levels' | 'roles'>): Partial<Record<string, string>> {
  const said = (kind: string, words: Partial<Record<string, string>>) =>
    Object.entries(words).flatMap(([of, word]) => (word ? [[`${kind}.${of}`, word] as const] : []));
  return Object.fromEntries([...said('level', levels), ...said('role', roles)]);
}

/** Asks the open notebook for them; without one, or when it does not answer, the app's own words stand. */
export async function loadOwnWords(): Promise<void> {
  try {
    setOwnWords(app.status?.space ? ownWords((await execute('locality_get', {})).locality) : {});
  } catch {
    setOwnWords({});
  }
}
