// One visit being written: its form, its draft, its saving.

import type { Draft, Outcome, ResidentView, SkillKey } from '$lib/generated/commands';
import { app } from '$lib/app.svelte';
import { CommandError, execute } from '$lib/backend';
import { Sending } from '$lib/form.svelte';
import { t } from '$lib/i18n/index.svelte';
import { painted } from '$lib/painted';
import { compressed } from '$lib/photo';
import { remember } from '$lib/query/known';
import { back, go, leaveFor } from '$lib/router.svelte';
import { DraftKeeper } from './draft.svelte';
import { faceFrom, formFrom, isBare, isUntouched, toKeep, toSave, withShown, type Face, type Form } from './form';

export interface Which {
  household: string;
  /** A saved visit to correct. */
  correct?: string | undefined;
  /** An unfinished form to go on with. */
  draft?: string | undefined;
}

export class VisitController {
  form = $state<Form>(formFrom({}, app.today));
  face = $state<Face>(faceFrom(null));
  draft = $state.raw<Draft>();
  failed = $state.raw<CommandError>();
  /** The skill whose lesson cards are open over the form. */
  lesson = $state.raw<SkillKey>();
  readonly sending = new Sending();
  readonly keeper = new DraftKeeper();
  readonly household: string;
  /** Saved, thrown away or closed: what the notebook says now is no longer shown here. */
  left = $state(false);

  constructor(readonly which: Which) {
    this.household = which.household;
  }

  async open(): Promise<void> {
    const { household, correct, draft } = this.which;
    try {
      const opened = draft
        ? await execute('draft_get', { visit: draft })
        : await execute('visit_open', { household, ...(correct ? { correct } : {}) });
      this.form = formFrom(opened.form, app.today);
      this.face = faceFrom(opened.face);
      this.keeper.savedAt = isUntouched(this.form) ? undefined : opened.saved_at_ms;
      this.draft = opened;
      if (this.left) await this.#tidy();
    } catch (thrown) {
      this.failed = CommandError.from(thrown);
    }
  }

  /** Something was touched: keep it. */
  touched(): void {
    if (!this.draft || this.left) return;
    this.face.scroll = window.scrollY;
    this.keeper.keep({
      visit: this.draft.visit,
      form: $state.snapshot(toKeep(this.form)),
      face: $state.snapshot(this.face),
    });
  }

  /**
   * What happened at the door. "Vắng nhà" alone is a whole visit, and is saved at once; not so when arrows have only
   * come by it on their way to another answer.
   */
  choose(outcome: Outcome, people: readonly ResidentView[], inPassing = false): void {
    const only = people[0];
    if (outcome === 'met' && people.length === 1 && only) this.form.met = [only.id];
    this.form.outcome = outcome;
    this.touched();
    if (outcome === 'absent' && !inPassing && isBare(this.form) && !this.draft?.correction) void this.save();
  }

  meet(resident: string, isMet: boolean): void {
    const others = this.form.met.filter((id) => id !== resident);
    this.form.met = isMet ? [...others, resident] : others;
    if (isMet) this.face.person = resident;
    else if (this.face.person === resident) this.face.person = null;
    this.touched();
  }

  /** Notes that a skill's lesson cards were shown, or were not after all. */
  show(skill: SkillKey, shown: boolean): void {
    this.form.shown = withShown(this.form.shown, skill, shown);
    this.touched();
  }

  /** Adds a photo: the notebook keeps it with the draft before this returns. */
  async addPhoto(file: Blob): Promise<void> {
    const draft = this.draft;
    if (!draft) return;
    const { photo } = await execute('photo_add', { visit: draft.visit, base64: await compressed(file) });
    if (!this.form.photos.includes(photo)) this.showPhotos([...this.form.photos, photo]);
  }

  /** Shows these photos from now on. */
  showPhotos(photos: string[]): void {
    this.form.photos = photos;
    this.touched();
  }

  /** Somebody does not want to be recorded: what was already chosen for them goes. */
  forget(resident: string): void {
    this.form.assessments = this.form.assessments.filter((a) => a.resident !== resident);
    this.form.items = this.form.items.filter((i) => i.resident !== resident);
    this.touched();
  }

  async save(): Promise<void> {
    const draft = this.draft;
    if (!draft) return;
    const here = location.hash;
    const saved = await this.sending.send(async (nine_digits_ok) => {
      await this.keeper.stop();
      const { household } = this;
      const form = $state.snapshot(toSave(this.form));
      const answer = await execute('visit_save', { household, visit: draft.visit, form, nine_digits_ok });
      this.left = true;
      const outcome = t(`outcome.${this.form.outcome ?? 'met'}`).toLowerCase();
      const undo = () => execute('visit_remove', { household, visit: answer.visit });
      app.tell(t('visit.saved', { outcome }), draft.correction ? undefined : undo);
      // Said at once: drawing the household anew takes a slow phone longer than the saving did.
      await painted();
      // By now the news of the change is here, which would make it forgotten.
      remember(household, answer.household);
      // Whoever has gone elsewhere meanwhile stays there.
      if (location.hash === here) leaveFor('households', household);
    });
    if (!saved) {
      this.keeper.resume();
      this.touched();
    }
  }

  /** Throws the draft away; it can be had back. */
  async discard(): Promise<void> {
    const draft = this.draft;
    if (!draft) return;
    await this.keeper.stop();
    const { household, which } = this;
    const form = $state.snapshot(toKeep(this.form));
    const done = await app.attempt(() => execute('draft_discard', { visit: draft.visit }));
    if (!done) return this.keeper.resume();
    this.left = true;
    back('households', household);
    app.tell(t('visit.draft_discarded'), async () => {
      const correct = draft.correction ? (which.correct ?? draft.visit) : undefined;
      const again = await execute('visit_open', { household, ...(correct ? { correct } : {}) });
      await execute('draft_save', { visit: again.visit, form });
      go('households', household, 'visit', again.visit);
    });
  }

  /** The screen goes away: a form in which nothing was said leaves nothing behind. */
  async leave(): Promise<void> {
    if (this.left) return;
    this.left = true;
    // Gone before it has opened: then its opening tidies up.
    if (this.draft) await this.#tidy();
  }

  async #tidy(): Promise<void> {
    if (!this.draft) return;
    if (!this.draft.correction && isUntouched(this.form)) {
      await this.keeper.stop();
      await execute('draft_discard', { visit: this.draft.visit }).catch(() => undefined);
    } else {
      this.keeper.flush();
    }
  }
}
