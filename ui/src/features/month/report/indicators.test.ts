import { describe, expect, it } from 'vitest';
import { asks, choiceOf, freshKey, measureOf, WAYS } from './indicators';

describe('an indicator in a form', () => {
  it('comes back as it was chosen', () => {
    for (const way of WAYS) {
      const asked = asks(way);
      const what = asked ? { skill: 'safety', item: 'AAAAAAAAAAAAAAAAAAAAAA', service: 'queue_number' }[asked] : '';
      expect(choiceOf(measureOf({ way, what })), way).toEqual({ way, what });
    }
    for (const what of ['', 'all'])
      expect(choiceOf(measureOf({ way: 'people_proficient', what }))).toEqual({ way: 'people_proficient', what });
  });

  it('that the form cannot say is left alone', () => {
    expect(choiceOf({ kind: 'visits', outcomes: ['refused'] })).toBeUndefined();
    expect(choiceOf({ kind: 'occurrences', services: ['queue_number', 'dossier'] })).toBeUndefined();
  });

  it('gets a key that no other has', () => {
    const at = (key: string) => ({
      key,
      name: '',
      unit: '',
      span: 'period' as const,
      measure: { kind: 'activities' as const },
    });
    expect(freshKey([at('own_2'), at('x')])).toBe('own_3');
  });
});
