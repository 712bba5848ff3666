// Joining a hamlet's notebook and listing it. Joining opens that notebook, and the list is the office's: so the
// office's is opened again in between. The screen is drawn anew with each notebook that opens; this goes on.

import { app } from '$lib/app.svelte';
import { execute } from '$lib/backend';
import { isTicketError, Sending } from '$lib/form.svelte';
import { t } from '$lib/i18n/index.svelte';
import { notebooks } from '$lib/notebooks.svelte';
import { replace } from '$lib/router.svelte';

class Adding {
  invite = $state('');
  name = $state('');
  readonly sending = new Sending((code) => (isTicketError(code) ? 'invite' : undefined));

  async join(): Promise<void> {
    await this.sending.send(async () => {
      const office = app.status?.space?.id ?? '';
      const joined = await execute('team_join', { invite: this.invite, member_name: this.name });
      const { id = '', name = '' } = joined.space ?? {};
      app.status = await execute('notebook_open', { notebook: office });
      await execute('office_add', { notebook: id });
      await notebooks.refresh();
      this.invite = '';
      replace('more', 'office');
      app.tell(t('office.added', { name }));
    });
  }
}

export const adding = new Adding();
