// A form's sending: once at a time, errors at their field, and the one question that
// the notebook may ask back (are nine digits an ID card?).

import { CommandError } from '$lib/backend';

export class Sending {
  busy = $state(false);
  error = $state.raw<CommandError>();
  /** The nine-digit question is open. */
  asking = $state(false);
  #again: (() => Promise<void>) | undefined;
  readonly #home: ((code: string) => string | undefined) | undefined;

  /** `home` names the field of errors that name none. */
  constructor(home?: (code: string) => string | undefined) {
    this.#home = home;
  }

  /** The error at this field, if there is one. */
  at(field: string): CommandError | undefined {
    return this.error?.field === field ? this.error : undefined;
  }

  /** The error when it is at none of these fields. */
  elsewhere(...fields: string[]): CommandError | undefined {
    return this.error && !fields.includes(this.error.field ?? '') ? this.error : undefined;
  }

  /** Sends; `nineDigitsOk` is what the person has confirmed. True when it went through. */
  async send(deed: (nineDigitsOk: boolean) => Promise<void>, nineDigitsOk = false): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = undefined;
    this.asking = false;
    try {
      await deed(nineDigitsOk);
      return true;
    } catch (thrown) {
      const error = CommandError.from(thrown);
      const { code, message, params } = error;
      const field = error.field ?? this.#home?.(code);
      this.error =
        field === error.field ? error : new CommandError({ code, message, params, ...(field ? { field } : {}) });
      if (this.error.code === 'nine_digits') {
        this.asking = true;
        this.#again = async () => void (await this.send(deed, true));
      }
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** The person says that the nine digits are no ID card. */
  confirmNineDigits(): Promise<void> | undefined {
    this.asking = false;
    return this.#again?.();
  }
}

/** Whether an error is about an invite or a relay pass as it was pasted or typed. */
export function isTicketError(code: string): boolean {
  return /^(link_|code_|invite_|pass_|bad_address)/.test(code);
}
