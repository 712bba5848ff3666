import { beforeEach, describe, expect, it } from 'vitest';
import { app } from '$lib/app.svelte';
import { useBackend } from '$lib/backend';
import { fakeBackend } from '../../../tests/fake-backend';
import { VisitController } from './visit.svelte';

const soon = () => new Promise((done) => setTimeout(done, 5));

describe('Sồng Thị Dợ at the door of Giàng A Páo', () => {
  let backend: ReturnType<typeof fakeBackend>;
  let household = '';

  async function open() {
    const visit = new VisitController({ household });
    await visit.open();
    const { people } = await backend.execute('household_get', { household });
    return { visit, people };
  }
  const saved = () => backend.execute('household_get', { household }).then((it) => it.visits);
  const drafts = () => backend.execute('draft_list', {});

  beforeEach(() => {
    backend = fakeBackend({ size: 3 });
    useBackend(backend);
    household = backend.world.households[0]?.id ?? '';
  });

  it('finds nobody home: one touch saves the visit, one more takes it back', async () => {
    const before = (await saved()).length;
    const { visit, people } = await open();
    visit.choose('absent', people);
    await soon();
    expect((await saved())[0]).toMatchObject({ outcome: 'absent', removed: false });
    expect(await drafts()).toEqual([]);
    await app.undo();
    expect((await saved()).filter((v) => !v.removed)).toHaveLength(before);
  });

  it('looks at the form and goes away: nothing is left behind', async () => {
    const { visit } = await open();
    await visit.leave();
    expect(await drafts()).toEqual([]);
  });

  it('goes away before the form has even opened: nothing is left behind either', async () => {
    const visit = new VisitController({ household });
    const opening = visit.open();
    await visit.leave();
    await opening;
    expect(await drafts()).toEqual([]);
  });

  it('is interrupted: the form is there again as it was', async () => {
    const { visit, people } = await open();
    visit.choose('met', people);
    visit.meet(people[0]?.id ?? '', true);
    visit.form.note = 'Sóng yếu';
    visit.face.field = 'note';
    visit.touched();
    await soon();
    const { visit: again } = await open();
    expect(again.form).toMatchObject({ outcome: 'met', met: [people[0]?.id], note: 'Sóng yếu' });
    expect(again.face.field).toBe('note');
  });

  it('has typed something already: "vắng nhà" then waits for Lưu', async () => {
    const before = (await saved()).length;
    const { visit, people } = await open();
    visit.form.note = 'Hàng xóm bảo đi nương';
    visit.choose('absent', people);
    await soon();
    expect(await saved()).toHaveLength(before);
    await visit.save();
    expect((await saved())[0]).toMatchObject({ outcome: 'absent', note: 'Hàng xóm bảo đi nương' });
  });

  it('goes on to the list before the household is shown again: nobody is taken back from there', async () => {
    const { visit, people } = await open();
    visit.choose('refused', people);
    const saving = visit.save();
    location.hash = '#/households';
    await saving;
    expect((await saved())[0]).toMatchObject({ outcome: 'refused' });
    expect(location.hash).toBe('#/households');
  });

  it('types an ID-card number: it is refused at its field and the draft stays', async () => {
    const { visit, people } = await open();
    visit.choose('refused', people);
    visit.form.note = 'CCCD 012 345 678 901';
    await visit.save();
    expect(visit.sending.at('note')?.code).toBe('id_number');
    await soon();
    expect(await drafts()).toHaveLength(1);
  });

  it('types nine digits: asked once, then saved', async () => {
    const { visit, people } = await open();
    visit.choose('refused', people);
    visit.form.note = 'Mã công tơ 123456789';
    await visit.save();
    expect(visit.sending.asking).toBe(true);
    await visit.sending.confirmNineDigits();
    expect((await saved())[0]?.note).toBe('Mã công tơ 123456789');
  });

  it('shows the cards about safety: that is noted in the visit, and stays when it is corrected', async () => {
    const { visit, people } = await open();
    visit.choose('met', people);
    visit.meet(people[0]?.id ?? '', true);
    visit.show('safety', true);
    await visit.save();
    const [first] = await saved();
    expect(first?.shown).toEqual(['safety']);

    const again = new VisitController({ household, correct: first?.id });
    await again.open();
    again.form.note = 'Sóng yếu';
    await again.save();
    expect((await saved())[0]).toMatchObject({ id: first?.id, note: 'Sóng yếu', shown: ['safety'] });
  });

  it('hears "không đồng ý": what was chosen for that person goes', async () => {
    const { visit, people } = await open();
    const dua = people[1]?.id ?? '';
    visit.choose('met', people);
    visit.meet(dua, true);
    visit.form.assessments = [{ resident: dua, skill: 'payment', level: 'guided' }];
    visit.forget(dua);
    expect(visit.form.assessments).toEqual([]);
  });
});
