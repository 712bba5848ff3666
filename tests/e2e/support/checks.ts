// What holds on every screen, whatever it shows.

import { type Page, expect } from "@playwright/test";

/** The cheap phone, and the tablet held both ways (which is also a small desktop). */
export const SIZES = [
  { name: "phone", width: 360, height: 640 },
  { name: "tablet", width: 800, height: 1280 },
  { name: "desk", width: 1280, height: 800 },
] as const;

/** In px; text that is a link within a line may be as low as its line. */
const TARGET = 48;
const TARGET_IN_TEXT = 24;

/** Words that a Vietnamese screen never shows, and traces of a value that was not there. */
const LEFTOVERS =
  /\b(undefined|null|NaN|true|false|Invalid|error|failed|save|saved|cancel|close|delete|remove|edit|search|loading|submit|back|next|done|visit|household|resident|sync|pending|arrived|relay|invite|draft|none|other)\b|\[object|\{\w+\}|\b[a-z]+_[a-z_]+\b/i;
/** Said in English on purpose: the way to English, names and licences. */
const ENGLISH_ON_PURPOSE = /Switch to English|English|Apache-2\.0|Be Vietnam Pro|\S+\.xlsx|https?:\/\/\S+|lucide|OFL|ISC/g;

export async function expectNothingSideways(page: Page) {
  const wide = await page.evaluate(() => {
    const doc = document.documentElement;
    const over = [...document.querySelectorAll("body *")].filter(
      (el) =>
        el.checkVisibility() &&
        getComputedStyle(el).overflowX !== "visible" &&
        !el.matches(".chips, textarea, .visually-hidden, input") &&
        // A table of figures keeps its columns, and is pushed sideways within itself.
        !el.matches(".table-scroll, .chart-table") &&
        el.scrollWidth > el.clientWidth + 1,
    );
    return [...(doc.scrollWidth > doc.clientWidth ? ["the page"] : []), ...over.map((el) => el.outerHTML.slice(0, 120))];
  });
  expect.soft(wide, "nothing has to be pushed sideways").toEqual([]);
}

export async function expectBigTargets(page: Page) {
  const small = await page.evaluate(
    ([target, inText]) => {
      const top = document.querySelector("dialog[open]") ?? document.body;
      const pressable = top.querySelectorAll<HTMLElement>("a[href], button, summary, input, select, textarea");
      return [...pressable].flatMap((el) => {
        const label = el.matches("[type=radio], [type=checkbox], [type=file]") ? el.closest("label") : null;
        const felt = label ?? el;
        const { width, height } = felt.getBoundingClientRect();
        if (!felt.checkVisibility({ visibilityProperty: true }) || (width <= 1 && height <= 1)) return [];
        const least = el.matches("p a, li a") && getComputedStyle(el).display === "inline" ? inText : target;
        const name = el.getAttribute("aria-label") ?? felt.textContent?.trim().slice(0, 40);
        return Math.min(width, height) < least - 0.5 ? [`${el.tagName} "${name}": ${width} x ${height}`] : [];
      });
    },
    [TARGET, TARGET_IN_TEXT] as const,
  );
  expect.soft(small, "a thumb finds every button").toEqual([]);
}

export async function expectVietnamese(page: Page) {
  const said = await page.evaluate(() => {
    const named = [...document.querySelectorAll("[aria-label], [title], [alt], [placeholder]")];
    const names = named.flatMap((el) => ["aria-label", "title", "alt", "placeholder"].map((name) => el.getAttribute(name) ?? ""));
    return [document.title, document.body.innerText, ...names].flatMap((text) => text.split("\n"));
  });
  const leftovers = said.filter((line) => LEFTOVERS.test(line.replace(ENGLISH_ON_PURPOSE, "")));
  expect.soft(leftovers, "every word is Vietnamese").toEqual([]);
}

/** What is for the ear, scrolls on purpose, or is part of a picture. */
const NO_TEXT_OF_ITS_OWN = ".visually-hidden, .chips, option, svg";
const PUSHED_SIDEWAYS = ".table-scroll, .chart-table";

/** No text ends beyond the edge of what holds it, nor lies over other text. */
export async function expectNothingCut(page: Page) {
  const cut = await page.evaluate(([NO_TEXT_OF_ITS_OWN, PUSHED_SIDEWAYS]) => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const holder = node.parentElement;
      if (!node.textContent?.trim() || !holder?.checkVisibility() || holder.closest(NO_TEXT_OF_ITS_OWN)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        if ((box.left < -1 || box.right > innerWidth + 1) && !holder.closest(PUSHED_SIDEWAYS)) found.push(`beyond the glass: ${node.textContent.trim()}`);
        for (let el: Element | null = holder; el && el !== document.body; el = el.parentElement) {
          const { overflowX, overflowY } = getComputedStyle(el);
          const edge = el.getBoundingClientRect();
          const hidesX = overflowX === "hidden" || overflowX === "clip";
          const hidesY = overflowY === "hidden" || overflowY === "clip";
          const pressed = el.matches("button, a, .btn, .badge") && getComputedStyle(el).display !== "inline";
          if ((hidesX || pressed) && (box.left < edge.left - 1 || box.right > edge.right + 1)) found.push(`cut: ${node.textContent.trim()}`);
          if (hidesY && box.bottom > edge.bottom + 2) found.push(`cut below: ${node.textContent.trim()}`);
        }
      }
    }
    return [...new Set(found)];
  }, [NO_TEXT_OF_ITS_OWN, PUSHED_SIDEWAYS] as const);
  expect.soft(cut, "nothing is cut").toEqual([]);
}
