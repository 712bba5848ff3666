// In Chromium with a processor six times slower than this one, as a cheap phone has; `serve` runs at this machine's
// own pace, in the program that a machine without a window has.

import { readFile } from "node:fs/promises";

import { test } from "../support/app.ts";
import { serve } from "../support/processes.mjs";
import { type Measure, MEMORY, commune, measureAll, tell } from "./figures.ts";
import { installStopwatch } from "./stopwatch.ts";

const SLOWER = 6;
const PROGRAM = "tungnha-without-window";

test("a commune on a phone's processor", async ({ playwright, folder, launchOptions, viewport, locale, timezoneId }) => {
  // A person's own browser, which is open already. A private one, as tests have it, fetches the page's icon anew at
  // every screen.
  const browser = await playwright.chromium.launchPersistentContext(`${folder}/browser`, {
    ...launchOptions,
    viewport,
    locale,
    timezoneId,
  });
  const page = browser.pages()[0] ?? (await browser.newPage());
  const data = `${folder}/commune`;
  await commune(data);
  const cdp = await browser.newCDPSession(page);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.addInitScript(installStopwatch, true);

  const start = Date.now();
  const app = await serve(data, PROGRAM);
  await page.goto(app.link);
  const list = () => page.evaluate(() => document.querySelector<HTMLElement>("nav a[href$='households']")?.click());
  const measure: Measure = async (what, ...args) => {
    for (;;)
      try {
        return await page.evaluate(([what, args]) => (window.stopwatch as any)[what](...args), [what, args] as const);
      } catch (error) {
        // The link's own page gives way to the app's while it is asked, and a slow browser is asked more than once.
        if (!/destroyed/.test(String(error))) throw error;
      }
  };
  await measureAll(`Chromium, ${SLOWER}x slower`, start, measure, list);
  tell(`${PROGRAM} serve`, "memory (PSS)", [await proportionalSetSize(app.child.pid ?? 0)], MEMORY, "MB");
  await browser.close();
  await app.stop();
});

/** What a process alone takes, and its share of what it has together with others; in MB. */
async function proportionalSetSize(pid: number): Promise<number> {
  const smaps = await readFile(`/proc/${pid}/smaps_rollup`, "utf8");
  return Number(/^Pss:\s+(\d+) kB$/m.exec(smaps)?.[1]) / 1000;
}
