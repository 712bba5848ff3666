// One household list on its way in: looked at, put right, imported, or stopped.

import type { Column, ImportResult, Mapping, Preview } from '$lib/generated/commands';
import { CommandError, execute, listen } from '$lib/backend';
import { base64 } from '$lib/file';

type Step = 'choose' | 'look' | 'running' | 'done';

export class ImportController {
  step = $state<Step>('choose');
  file = $state('');
  busy = $state(false);
  preview = $state.raw<Preview>();
  result = $state.raw<ImportResult>();
  error = $state.raw<CommandError>();
  done = $state(0);
  total = $state(0);
  place = $state('');
  /** Names that the person typed for rows without one, by the row's number. */
  names = $state<Record<number, string>>({});
  /** The last import was stopped by the person. */
  stopped = $state(false);
  #list = '';

  async open(file: File): Promise<void> {
    this.reset();
    this.file = file.name;
    await this.#work(async () => {
      const opened = await execute('import_open', { name: file.name, content: await base64(file) });
      this.#list = opened.list;
      this.preview = opened.preview;
      this.step = 'look';
    });
  }

  /** Another sheet: its columns are guessed anew. */
  chooseSheet(sheet: string): Promise<void> {
    this.names = {};
    return this.#look({ sheet, header_rows: [0, 0], columns: [], names: {} });
  }

  chooseColumn(index: number, column: Column): Promise<void> {
    const mapping = this.#mapping();
    if (!mapping) return Promise.resolve();
    return this.#look({ ...mapping, columns: mapping.columns.map((was, i) => (i === index ? column : was)) });
  }

  /** Looks at the list once more, with the names that were typed. */
  lookAgain(): Promise<void> {
    const mapping = this.#mapping();
    return mapping ? this.#look(mapping) : Promise.resolve();
  }

  choosePlace(place: string): void {
    this.place = place;
    if (this.error?.field === 'place') this.error = undefined;
  }

  async run(): Promise<void> {
    const mapping = this.#mapping();
    if (!mapping) return;
    this.step = 'running';
    this.done = 0;
    this.total = this.preview?.counts.households ?? 0;
    const deaf = listen((event) => {
      if (event.event !== 'progress' || event.task !== 'import') return;
      this.done = event.done;
      this.total = event.total;
    });
    await this.#work(async () => {
      const { place } = this;
      this.result = await execute('import_run', { list: this.#list, mapping, ...(place ? { place } : {}) });
      this.step = 'done';
    });
    deaf();
    if (this.step === 'running') this.step = 'look';
    if (this.error?.code === 'cancelled') {
      this.error = undefined;
      this.stopped = true;
    }
  }

  stop(): Promise<unknown> {
    return execute('import_cancel', {});
  }

  reset(): void {
    this.step = 'choose';
    this.preview = undefined;
    this.result = undefined;
    this.error = undefined;
    this.stopped = false;
    this.names = {};
    this.place = '';
  }

  /** The columns as they were looked at, and every name typed so far. */
  #mapping(): Mapping | undefined {
    const mapping = this.preview?.mapping;
    const typed = Object.entries(this.names).filter(([, name]) => name.trim());
    return mapping && { ...mapping, names: Object.fromEntries(typed) };
  }

  async #look(mapping: Mapping): Promise<void> {
    await this.#work(async () => {
      this.preview = await execute('import_preview', { list: this.#list, mapping });
    });
  }

  async #work(deed: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.error = undefined;
    this.stopped = false;
    try {
      await deed();
    } catch (thrown) {
      this.error = CommandError.from(thrown);
    }
    this.busy = false;
  }
}
