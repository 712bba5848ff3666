// How somebody uses the app: with a thumb on the glass, or at a desk with nothing but the keyboard. One
// story can then be told to both.

import { type Locator, type Page, expect } from "@playwright/test";

export interface Hands {
  /** Presses what can be pressed: a link, a button, a tile, an answer. */
  press(on: Locator): Promise<void>;
  /** Writes into a field, in place of what is there. */
  write(into: Locator, text: string): Promise<void>;
  /** Enters a PIN and comes in. */
  enterPin(page: Page, pin: string): Promise<void>;
  /** Says that nobody is at home, in a form in which nothing else was said. */
  nobodyHome(page: Page): Promise<void>;
  /** Saves the open visit. */
  save(page: Page): Promise<void>;
}

export const thumb: Hands = {
  async press(on) {
    await on.tap();
  },
  async write(into, text) {
    await into.tap();
    await into.fill(text);
  },
  async enterPin(page, pin) {
    for (const digit of pin) await page.getByRole("button", { name: digit, exact: true }).tap();
    await page.getByRole("button", { name: "Vào", exact: true }).tap();
  },
  async nobodyHome(page) {
    await page.getByRole("radio", { name: /^Vắng nhà/ }).tap();
  },
  async save(page) {
    await page.getByRole("button", { name: "Lưu lượt thăm" }).tap();
  },
};

/** No call of the mouse anywhere: what cannot be reached by keys is not there. */
export const keys: Hands = {
  async press(on) {
    const { keyboard } = on.page();
    if (await isRadio(on)) return choose(on);
    const row = on.locator("xpath=ancestor::li[@data-index]");
    if ((await row.count()) > 0) await arrowTo(row);
    else await tabTo(on);
    await keyboard.press((await on.getAttribute("type")) === "checkbox" ? "Space" : "Enter");
  },
  async write(into, text) {
    await tabTo(into);
    await into.page().keyboard.press("Control+a");
    await into.page().keyboard.type(text);
  },
  async enterPin(page, pin) {
    await page.keyboard.type(pin);
    await page.keyboard.press("Enter");
  },
  // Arrows pass by this answer on the way to others, so it waits for a word more than under a thumb.
  async nobodyHome(page) {
    await choose(page.getByRole("radio", { name: /^Vắng nhà/ }));
    await page.keyboard.press("Enter");
  },
  async save(page) {
    await page.keyboard.press("Control+s");
  },
};

/** Presses Tab as often as it takes, within reason; each stop on the way shows where it is. */
export async function tabTo(wanted: Locator) {
  await expect(wanted).toBeAttached();
  for (let presses = 0; presses < 160; presses++) {
    if (await wanted.evaluate((el) => el === document.activeElement)) return;
    await wanted.page().keyboard.press("Tab");
  }
  throw new Error(`Tab never reaches ${wanted}`);
}

/** Tab comes by a long list once; arrows go along it. */
async function arrowTo(row: Locator) {
  const page = row.page();
  const at = () => page.evaluate(() => document.activeElement?.closest<HTMLElement>("li[data-index]")?.dataset["index"]);
  for (let presses = 0; presses < 160 && (await at()) === undefined; presses++) await page.keyboard.press("Tab");
  const wanted = Number(await row.getAttribute("data-index"));
  for (let index = Number(await at()); index !== wanted; index += Math.sign(wanted - index)) {
    await page.keyboard.press(index < wanted ? "ArrowDown" : "ArrowUp");
    await expect.poll(async () => Number(await at())).toBe(index + Math.sign(wanted - index));
  }
}

async function isRadio(on: Locator): Promise<boolean> {
  return (await on.getAttribute("type")) === "radio";
}

/** Of answers that exclude each other Tab finds one; arrows go on from there, and Space chooses. */
async function choose(wanted: Locator) {
  const name = await wanted.getAttribute("name");
  const { keyboard } = wanted.page();
  const page = wanted.page();
  const isInGroup = () => page.evaluate((name) => document.activeElement?.getAttribute("name") === name, name);
  for (let presses = 0; presses < 160 && !(await isInGroup()); presses++) await keyboard.press("Tab");
  for (let presses = 0; presses < 12; presses++) {
    if (await wanted.evaluate((el) => el === document.activeElement)) {
      if (!(await wanted.isChecked())) await keyboard.press("Space");
      return;
    }
    await keyboard.press("ArrowDown");
  }
  throw new Error(`the arrows never reach ${wanted}`);
}
