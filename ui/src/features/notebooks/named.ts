// Finding a notebook in a long list by what it is called.

import { fold } from '../households/highlight';

/** With more notebooks than this, one looks for a name and does not read all. */
export const MANY = 9;

/** Those of which every typed word begins a word of the name, with or without its marks. */
export function named<T extends { name: string }>(all: readonly T[], search: string): readonly T[] {
  const terms = fold(search).split(/\s+/).filter(Boolean);
  if (terms.length === 0) return all;
  return all.filter(({ name }) => {
    const words = fold(name).split(/\s+/);
    return terms.every((term) => words.some((word) => word.startsWith(term)));
  });
}
