// What the place calls its levels and roles, from the notebook into the catalogue.

import type { Locality } from '$lib/generated/commands';
import { setOwnWords } from '$lib/i18n/index.svelte';

/** The keys of the catalogue for which a place has words of its own. */
export function ownWords({ levels, roles }: Pick<Locality, 'levels' | 'roles'>): Partial<Record<string, string>> {
  const said = (kind: string, words: Partial<Record<string, string>>) =>
    Object.entries(words).flatMap(([of, word]) => (word ? [[`${kind}.${of}`, word] as const] : []));
  return Object.fromEntries([...said('level', levels), ...said('role', roles)]);
}

/** From now on these words stand on the screens. */
export const say = (locality: Pick<Locality, 'levels' | 'roles'>): void => setOwnWords(ownWords(locality));
