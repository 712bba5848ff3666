// Pictures of every screen at three sizes, light and dark, for eyes: `INTO=FOLDER npm run look`.
// Nothing is compared; the suites leave it out.

import path from "node:path";

import type { Page } from "@playwright/test";

import { expect, follow, test } from "../support/app.ts";
import { SIZES } from "../support/checks.ts";
import { serve } from "../support/processes.mjs";
import { FIRST_DAY, PRACTICE, type Screen, WORKING_DAY } from "../support/screens.ts";
import { rows } from "../support/steps.ts";
import { makeVillage } from "../support/village.ts";

const into = path.resolve(process.env["INTO"] ?? "looks");

for (const { name, ...viewport } of SIZES)
  test.describe(name, () => {
    test.use({ viewport });

    test("first day", async ({ page, folder }) => walk(page, name, folder, FIRST_DAY));
    test("practice", async ({ page, folder }) => walk(page, name, folder, PRACTICE));
    test("working day", async ({ page, folder, relay }) => {
      await walk(page, name, await makeVillage(folder, relay), WORKING_DAY);
    });
  });

test.describe("for the README", () => {
  test.use({ viewport: { width: 1280, height: 800 } });

  test("the list beside a household", async ({ page, folder, relay }) => {
    const app = await serve(await makeVillage(folder, relay, { quiet: true }));
    await follow(page, app.link);
    await page.getByRole("button", { name: /^Của tôi/ }).click();
    await rows(page).filter({ hasText: "Thào A Páo" }).first().click();
    await page.mouse.move(0, 0);
    await expect(page.getByRole("heading", { level: 1, name: "Thào A Páo" })).toBeVisible();
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: path.join(into, "man-hinh.png") });
    await app.stop();
  });
});

async function walk(page: Page, size: string, data: string, screens: Screen[]) {
  const app = await serve(data);
  await follow(page, app.link);
  for (const screen of screens) {
    await screen.open(page);
    await picture(page, path.join(into, `${size}-${screen.name}`));
  }
  await app.stop();
}

/** What the glass shows, the whole length of the page, and the same in the dark. */
async function picture(page: Page, file: string) {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${file}.png` });
  await page.screenshot({ path: `${file}-whole.png`, fullPage: true });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.screenshot({ path: `${file}-dark.png` });
  await page.emulateMedia({ colorScheme: "light" });
}
