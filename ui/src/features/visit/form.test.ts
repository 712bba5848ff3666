import { describe, expect, it } from 'vitest';
import {
  formFrom,
  isBare,
  isUntouched,
  toKeep,
  toSave,
  withCount,
  withItem,
  withLevel,
  withName,
  withShown,
} from './form';

const TODAY = '2026-11-18';

describe('the visit form', () => {
  it('says nothing until somebody does', () => {
    const form = formFrom({ day: TODAY }, TODAY);
    expect(isUntouched(form)).toBe(true);
    expect(isUntouched({ ...form, outcome: 'met' })).toBe(false);
    expect(isBare({ ...form, outcome: 'absent' })).toBe(true);
    expect(isBare({ ...form, outcome: 'absent', note: 'Chó dữ' })).toBe(false);
  });

  it('saves levels only of people who were met, and keeps all of it in the draft', () => {
    const form = formFrom(
      {
        outcome: 'met',
        met: ['pao'],
        assessments: [
          { resident: 'pao', skill: 'payment', level: 'guided' },
          { resident: 'dua', skill: 'payment', level: 'proficient' },
        ],
      },
      TODAY,
    );
    expect(toSave(form).assessments).toEqual([{ resident: 'pao', skill: 'payment', level: 'guided' }]);
    expect(toKeep(form).assessments).toHaveLength(2);
  });

  it('forgets who was met when nobody was', () => {
    const form = formFrom(
      { outcome: 'refused', met: ['pao'], services: [{ service: 'queue_number', count: 2 }] },
      TODAY,
    );
    expect(toSave(form)).toMatchObject({ met: [], services: [], outcome: 'refused' });
  });

  it('holds one level a person and skill, and takes it off again', () => {
    const once = withLevel([], 'pao', 'payment', 'guided');
    const twice = withLevel(once, 'pao', 'payment', 'proficient');
    expect(twice).toEqual([{ resident: 'pao', skill: 'payment', level: 'proficient' }]);
    expect(withLevel(twice, 'pao', 'payment', null)).toEqual([]);
  });

  it('notes a lesson once, and none where nobody was met', () => {
    const shown = withShown(withShown([], 'safety', true), 'safety', true);
    expect(toSave(formFrom({ outcome: 'met', met: ['pao'], shown }, TODAY)).shown).toEqual(['safety']);
    expect(toSave(formFrom({ outcome: 'absent', shown }, TODAY)).shown).toEqual([]);
    expect(withShown(shown, 'safety', false)).toEqual([]);
  });

  it('remembers who came along, also where nobody was at home', () => {
    const withNam = withName(withName([], 'nam', true), 'nam', true);
    const form = formFrom({ outcome: 'absent', with: withNam }, TODAY);
    expect(toSave(form).with).toEqual(['nam']);
    expect(isBare(form)).toBe(false);
    expect(withName(withNam, 'nam', false)).toEqual([]);
  });

  it('counts no zeros and ticks nothing twice', () => {
    expect(withCount([{ service: 'dossier', count: 1 }], 'dossier', 0)).toEqual([]);
    const ticked = withItem(withItem([], 'pao', 'i1', true), 'pao', 'i1', true);
    expect(ticked).toEqual([{ resident: 'pao', item: 'i1' }]);
  });
});
