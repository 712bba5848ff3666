// Lengths for charts: `d3-array` says where ticks stand and `d3-shape` draws lines with gaps; both are what everybody
// draws charts on, and small. `d3-scale` would bring colours, dates and number formats of its own along, twice the
// weight of all screens here, for one division.

import { nice, ticks } from 'd3-array';
import { curveStepAfter, line } from 'd3-shape';

export interface Scale {
  /** The largest value that is shown. */
  readonly top: number;
  readonly ticks: readonly number[];
  /** How far up a value stands, in px from the top of the picture. */
  y(value: number): number;
}

/** From nothing to a round number that is not below the largest value, over `height` px. Whole numbers only. */
export function upTo(largest: number, height: number, wanted = 4): Scale {
  const [, top] = nice(0, Math.max(largest, 1), wanted);
  const whole = Math.max(1, Math.ceil(top));
  return {
    top: whole,
    ticks: ticks(0, whole, wanted).filter(Number.isInteger),
    y: (value) => height - (Math.min(value, whole) / whole) * height,
  };
}

/** What grows by steps, as the path of a line; where nothing is known there is a gap. */
export function steps(points: readonly { x: number; y: number | null }[]): string {
  const drawn = line<{ x: number; y: number | null }>()
    .defined((point) => point.y !== null)
    .x((point) => point.x)
    .y((point) => point.y ?? 0)
    .curve(curveStepAfter);
  return drawn([...points]) ?? '';
}
