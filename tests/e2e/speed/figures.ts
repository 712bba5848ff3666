// The budgets of what a person waits for, on a whole commune: 5,040 households, 60,000 visits.

import { expect } from "@playwright/test";

import { output } from "../support/processes.mjs";
import type { Stopwatch } from "./stopwatch.ts";

/** What people type, a keystroke each. */
const WORDS = ["giang a pao", "Giàng A Páo", "thao thi", "nguyễn văn", "hoà", "dat", "0912"];
/** So many that the 95th percentile is not the slowest of them. */
const OPENINGS = 40;
const SAVES = 20;
/** In px a second: a list flung hard. */
const FLING = 6_000;

const BUDGET = { first: 2_000, keystroke: 100, open: 100, save: 100, memory: 80 };

/** Runs one of the stopwatch's measurements in the page. */
export type Measure = <K extends keyof Stopwatch>(what: K, ...args: Parameters<Stopwatch[K]>) => Promise<Awaited<ReturnType<Stopwatch[K]>>>;

/** The commune's notebook in a new folder. The first time it is lived through, which takes minutes. */
export async function commune(data: string) {
  await output("commune", [data]);
}

/** Measures what can be measured inside a page that shows the list; `list` leads back to it. */
export async function measureAll(where: string, start: number, measure: Measure, list: () => Promise<unknown>) {
  tell(where, "first list after start", [(await measure("firstRow")) - start], BUDGET.first);
  console.log(`${where}: the yardstick: ${(await measure("yardstick")).toFixed(0)} ms`);
  const keystrokes = [];
  for (const words of WORDS) {
    for (const typed of beginnings(words)) keystrokes.push(await measure("search", typed));
    await measure("clear");
  }
  tell(where, "a keystroke of search", keystrokes, BUDGET.keystroke);
  const openings = [];
  const saves = [];
  for (let n = 0; n < OPENINGS; n++) {
    await list();
    await measure("search", beginnings("thao thi")[n % 4] ?? "");
    openings.push(await measure("open", n % 5));
    if (n < SAVES) saves.push(await measure("save"));
  }
  tell(where, "opening a household", openings, BUDGET.open);
  tell(where, "save to confirmation", saves, BUDGET.save);
  await list();
  await measure("search", "t");
  await measure("clear");
  const { frames, blank, rows } = await measure("scroll", FLING);
  console.log(`${where}: scrolling ${rows} rows at ${FLING} px/s: ${blank} of ${frames} frames with an empty spot`);
  expect.soft(blank, "scrolling without a blank").toBe(0);
}

export function tell(where: string, what: string, took: number[], budget: number, unit = "ms") {
  const sorted = [...took].sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.round((sorted.length - 1) * part)] ?? Number.NaN;
  const many = took.length > 1 ? `median ${at(0.5).toFixed(0)}, p95 ${at(0.95).toFixed(0)}` : at(1).toFixed(0);
  console.log(`${where}: ${what}: ${many} ${unit} (budget ${budget}, n = ${took.length})`);
  expect.soft(at(0.95), what).toBeLessThanOrEqual(budget);
}

/** A text as it grows letter by letter; a space alone asks nothing new. */
function beginnings(words: string): string[] {
  return [...words].map((_, end) => [...words].slice(0, end + 1).join("")).filter((text) => !text.endsWith(" "));
}

export const MEMORY = BUDGET.memory;
