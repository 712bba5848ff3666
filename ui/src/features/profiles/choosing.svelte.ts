// Choosing a PIN: typed twice, and sent once both are the same.

import { CommandError } from '$lib/backend';
import { Sending } from '$lib/form.svelte';

export class Choosing {
  /** One's own PIN so far, where it is asked for. */
  own = $state('');
  pin = $state('');
  again = $state('');
  readonly sending = new Sending();

  /** Sends the new PIN; true when it went through. Nothing typed is kept. */
  async send(deed: (pin: string) => Promise<void>): Promise<boolean> {
    const done = await this.sending.send(async () => {
      if (this.pin !== this.again) throw new CommandError({ code: 'pin_differs', message: '', field: 'again' });
      await deed(this.pin);
    });
    if (done) this.clear();
    return done;
  }

  clear(): void {
    this.own = this.pin = this.again = '';
    this.sending.error = undefined;
  }

  /** The error at the new PIN, whatever the command calls it. */
  get atPin(): CommandError | undefined {
    const asksOwn = this.sending.at('new_pin');
    return asksOwn ?? (this.sending.error?.code.match(/^pin_(weak|not_digits)$/) ? this.sending.at('pin') : undefined);
  }
}
