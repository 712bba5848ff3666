import { describe, expect, it } from 'vitest';
import { steps, upTo } from './scale';

describe('a scale', () => {
  it('ends at a round number that is not below the largest value', () => {
    const scale = upTo(84, 200);
    expect(scale.top).toBeGreaterThanOrEqual(84);
    expect(scale.y(0)).toBe(200);
    expect(scale.y(scale.top)).toBe(0);
  });

  it('counts whole households only', () => {
    expect(upTo(2, 100).ticks).toEqual([0, 1, 2]);
    expect(upTo(0, 100).top).toBe(1);
  });

  it('leaves a gap where nothing is known', () => {
    const path = steps([
      { x: 0, y: 10 },
      { x: 5, y: null },
      { x: 10, y: 5 },
      { x: 15, y: 3 },
    ]);
    expect(path.match(/M/g)).toHaveLength(2);
  });
});
