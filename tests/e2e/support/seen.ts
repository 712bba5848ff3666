// Screens as a person counts them: what they stand before, each once. Going back to one that was there
// before is no new one; the lesson cards over a form are.

import type { Page } from "@playwright/test";

declare global {
  interface Window {
    seen?: Set<string>;
  }
}

/** Counts from now on, the screen that is there included. A reload ends the count. */
export async function countScreens(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const seen = (window.seen = new Set<string>());
    const look = () => {
      const [section = "", first, second] = location.hash.replace(/^#\/?/, "").split("/");
      // A draft has an address of its own, and is the same form.
      const address = [section, first && "one", second].filter(Boolean).join("/");
      const over = document.querySelector("dialog[open]");
      seen.add(over ? `${address} under ${over.getAttribute("aria-label") ?? over.querySelector("h2")?.textContent}` : address);
    };
    look();
    window.addEventListener("hashchange", look);
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["open"] });
  });
  return () => page.evaluate(() => [...(window.seen ?? [])]);
}
