// The notebooks of this device: one of them is open, and every screen and command is about that one.

import { tick } from 'svelte';
import type { NotebookView } from '$lib/generated/commands';
import { app } from '$lib/app.svelte';
import { CommandError, execute, settled } from '$lib/backend';
import { t } from '$lib/i18n/index.svelte';
import { people } from '$lib/people.svelte';
import { go, replace, route } from '$lib/router.svelte';

/** A notebook to open, and the screen of it to come to: Hôm nay when none is named. */
export interface Destination {
  readonly notebook: string;
  readonly screen?: readonly string[];
  /** The notice leads back to the notebook and the screen that were left. */
  readonly wayBack?: boolean;
}

class Notebooks {
  list = $state.raw<readonly NotebookView[]>([]);
  /** What is opened as soon as somebody has said who they are in it. */
  asking = $state.raw<Destination>();
  /** Another one is being opened; no screen is shown meanwhile. */
  opening = $state(false);

  /** There is more than one, so it must be told which is open. */
  get several(): boolean {
    return (app.status?.notebooks ?? 0) > 1;
  }

  /** Asks for all of them, where there is more than the one that is open. */
  async refresh(): Promise<void> {
    if (!this.several) return;
    try {
      this.list = await execute('notebook_list', {});
    } catch {
      // Locked, or the app does not answer: the screens themselves say so.
    }
  }

  /** Opens a notebook; where it is not known who somebody is in it, they are asked. */
  async open(to: Destination, member?: string): Promise<void> {
    if (this.opening) return;
    const left = { notebook: app.status?.space?.id ?? '', screen: [...route.parts] };
    if (to.notebook === left.notebook) return go(...(to.screen ?? ['today']));
    // What can be undone belongs to the notebook that is left, and so does the last touch of a form, which is kept as
    // its screen goes away.
    app.dismiss();
    app.error = undefined;
    this.opening = true;
    await tick();
    await settled();
    try {
      app.status = await execute('notebook_open', { notebook: to.notebook, ...(member ? { member } : {}) });
      this.asking = undefined;
      await people.refresh();
      await this.refresh();
      replace(...(to.screen ?? ['today']));
      const wayBack = to.wayBack ? () => this.open(left) : undefined;
      app.tell(t('notebook.opened', { name: app.status.space?.name ?? '' }), wayBack);
    } catch (thrown) {
      const error = CommandError.from(thrown);
      if (error.code !== 'who_are_you' || member) throw error;
      this.asking = to;
    } finally {
      this.opening = false;
    }
  }
}

export const notebooks = new Notebooks();
