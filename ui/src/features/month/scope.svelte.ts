// An office looks at its own notebook or at the whole commune. Which of the two is remembered for as long as the app
// is open, for each notebook.

import { SvelteMap } from 'svelte/reactivity';
import { app } from '$lib/app.svelte';

/** By notebook: the whole commune was chosen. */
const chosen = new SvelteMap<string, boolean>();

export const scope = {
  /** The open notebook lists others, so there is something to choose. */
  get isOffice(): boolean {
    return app.status?.space?.office ?? false;
  },
  /** The whole commune is shown: what an office is there for, until it says otherwise. */
  get commune(): boolean {
    const open = app.status?.space;
    return !!open?.office && (chosen.get(open.id) ?? true);
  },
  choose(commune: boolean): void {
    const open = app.status?.space;
    if (open) chosen.set(open.id, commune);
  },
};

/** The argument that says so. A single team is always one of the open notebook. */
export const overCommune = (team?: string): { commune?: true } => (scope.commune && !team ? { commune: true } : {});

/** Whether an answer is of what is chosen now: the other's figures are not shown in its place while it is asked for. */
export const isOver = (commune: boolean, team?: string): boolean => commune === (scope.commune && !team);
