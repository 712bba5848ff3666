// The list of households as the person left it: what was typed, which chip, how far
// scrolled. It outlives the screen, so that "back" comes back to the same row.

import type { Filter, HouseholdCounts, HouseholdQuery, HouseholdRow, Sort } from '$lib/generated/commands';
import { CommandError, execute } from '$lib/backend';
import { readAhead } from '$lib/query/known';

/** Rows that are asked for at once: a few glasses full. */
const PAGE = 20;
/** So many rows before and after those on the glass are kept ready. */
const AHEAD = 80;

class HouseholdsList {
  search = $state('');
  filter = $state<Filter>('all');
  sort = $state<Sort>('last_visit');
  total = $state(0);
  counts = $state.raw<HouseholdCounts>();
  error = $state.raw<CommandError>();
  /** The search that the rows shown are an answer to. */
  answered = $state('');
  ready = $state(false);
  /** How far the page was scrolled when a household was opened on a phone. */
  scrolled = 0;
  /** Heights of rows as they were measured, in px. */
  heights: number[] = [];

  #pages = $state.raw(new Map<number, HouseholdRow[]>());
  /** The pages that this question was asked for, and those that are its answer. */
  #asked = new Set<number>();
  #fresh = new Set<number>();
  /** Counts questions; an answer to an older question is dropped. */
  #question = 0;
  #wanted: [number, number] = [0, 1];

  at = (index: number): HouseholdRow | undefined => this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];

  /**
   * Asks for something that nobody is called, so that the index of names, which the first search of a
   * session makes, is there before the first letter is.
   */
  async prepare(): Promise<void> {
    await execute('household_list', { filter: 'all', sort: this.sort, search: 'zz', offset: 0, limit: 1 }).catch(
      () => undefined, // The search itself will tell.
    );
  }
  setSearch(text: string): void {
    this.search = text;
    this.#anew();
  }
  setFilter(filter: Filter): void {
    this.filter = filter;
    this.#anew();
  }
  setSort(sort: Sort): void {
    this.sort = sort;
    this.#anew();
  }

  /** The notebook has changed: asks again for what is shown, which stays until then. */
  refresh(): void {
    this.#ask();
    const [from, to] = this.#wanted;
    for (let page = Math.floor(from / PAGE); page <= Math.floor(Math.max(from, to - 1) / PAGE); page++)
      void this.#load(page, page === Math.floor(from / PAGE));
  }

  /** Asks for the rows that are near the glass, and for those to which a flung list gets before an answer does. */
  want(from: number, to: number): void {
    this.#wanted = [from, to];
    const first = Math.max(0, Math.floor((from - AHEAD) / PAGE));
    for (let page = first; page * PAGE < Math.min(to + AHEAD, this.total); page++) void this.#load(page, false);
  }

  /** The rows from `first` to before `end` rest on the glass: any of them may be opened next. */
  async readAhead(first: number, end: number): Promise<void> {
    const question = this.#question;
    const rows = Array.from({ length: end - first }, (_, i) => this.at(first + i)?.id);
    await readAhead(
      rows.filter((id) => id !== undefined),
      () => question === this.#question,
    );
  }

  /** A new notebook: forgets everything. */
  reset(): void {
    this.search = '';
    this.filter = 'all';
    this.ready = false;
    this.#pages = new Map();
    this.total = 0;
  }

  #anew(): void {
    this.#ask();
    this.scrolled = 0;
    this.heights = [];
    this.#wanted = [0, 1];
    void this.#load(0, true);
  }

  /** Another question begins: nothing is asked for it yet. */
  #ask(): void {
    this.#question++;
    this.#asked.clear();
    this.#fresh.clear();
  }

  /** A page that `replacesOld` ends what was the answer to the question before. */
  async #load(page: number, replacesOld: boolean): Promise<void> {
    if (this.#asked.has(page)) return;
    this.#asked.add(page);
    const question = this.#question;
    const search = this.search;
    const query: HouseholdQuery = { filter: this.filter, sort: this.sort, offset: page * PAGE, limit: PAGE };
    if (search.trim()) query.search = search;
    try {
      const answer = await execute('household_list', query);
      if (question !== this.#question) return;
      this.#fresh.add(page);
      const stays = ([known]: [number, HouseholdRow[]]) => !replacesOld || this.#fresh.has(known);
      this.#pages = new Map([...[...this.#pages].filter(stays), [page, answer.rows]]);
      this.total = answer.total;
      // The chips stay as they are while their numbers do.
      if (JSON.stringify(answer.counts) !== JSON.stringify(this.counts)) this.counts = answer.counts;
      this.answered = search.trim();
      this.error = undefined;
    } catch (thrown) {
      if (question !== this.#question) return;
      this.#asked.delete(page);
      this.error = CommandError.from(thrown);
    }
    this.ready = true;
  }
}

export const households = new HouseholdsList();
