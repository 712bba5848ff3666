// Taps as the glass feels them. The page counts them itself, so that no step of a test can tap
// without being counted.

import type { Page } from "@playwright/test";

declare global {
  interface Window {
    taps?: { count: number; apart: string };
  }
}

/** Counts from now on; what is tapped within `apart`, a CSS selector, does not count. */
export async function countTaps(page: Page, apart = "never"): Promise<() => Promise<number>> {
  await page.evaluate((apart) => {
    const taps = (window.taps = { count: 0, apart });
    const feel = (event: PointerEvent) => {
      const on = event.target instanceof Element ? event.target : undefined;
      if (event.isTrusted && !on?.closest(taps.apart)) taps.count++;
    };
    window.addEventListener("pointerup", feel, { capture: true });
  }, apart);
  return () => page.evaluate(() => window.taps?.count ?? Number.NaN);
}
