// Every screen, at every size, by light and by dark: for eyes, thumbs and readers of all kinds.

import path from "node:path";

import type { Page } from "@playwright/test";

import { expect, expectAccessible, expectReadable, follow, test } from "../support/app.ts";
import { SIZES, expectBigTargets, expectNothingCut, expectNothingSideways, expectVietnamese } from "../support/checks.ts";
import { prepareHamlet } from "../support/hamlet.ts";
import { serve } from "../support/processes.mjs";
import { FIRST_DAY, PRACTICE, SHARED, type Screen, WORKING_DAY } from "../support/screens.ts";
import { makeVillage } from "../support/village.ts";

test.describe.configure({ mode: "parallel", timeout: 600_000 });
// A trace of so many screens costs more than the checks.
test.use({ trace: "off" });

for (const { name, ...viewport } of SIZES)
  test.describe(name, () => {
    test.use({ viewport });

    test("the first day's screens", async ({ page, folder }) => walk(page, name, folder, FIRST_DAY));
    test("the practice hamlet's screens", async ({ page, folder }) => walk(page, name, folder, PRACTICE));
    test("the screens of a shared tablet's day", async ({ page, folder, relay }) => {
      await prepareHamlet(folder, relay, { twice: true });
      await walk(page, name, path.join(folder, "tablet"), SHARED);
    });
    test("a working day's screens", async ({ page, folder, relay }) => {
      await walk(page, name, await makeVillage(folder, relay), WORKING_DAY);
    });
  });

test.describe("on the phone, with text at twice its size", () => {
  test.use({ viewport: { width: 360, height: 640 } });

  test("the first day's screens", async ({ page, folder }) => walkLarge(page, folder, FIRST_DAY));
  test("the practice hamlet's screens", async ({ page, folder }) => walkLarge(page, folder, PRACTICE));
  test("a working day's screens", async ({ page, folder, relay }) => {
    await walkLarge(page, await makeVillage(folder, relay), WORKING_DAY);
  });
});

async function walk(page: Page, size: string, data: string, screens: Screen[]) {
  const app = await serve(data);
  await follow(page, app.link);
  for (const screen of screens)
    await test.step(screen.name, async () => {
      await screen.open(page);
      await expectNothingSideways(page);
      await expectNothingCut(page);
      await expectBigTargets(page);
      await expectVietnamese(page);
      await expectAccessible(page);
      // Colours do not know sizes: one pane and two panes are enough.
      if (size === "tablet") return;
      await page.emulateMedia({ colorScheme: "dark" });
      await expectReadable(page);
      await page.emulateMedia({ colorScheme: "light" });
    });
  await app.stop();
}

async function walkLarge(page: Page, data: string, screens: Screen[]) {
  const app = await serve(data);
  await follow(page, app.link);
  for (const screen of screens)
    await test.step(screen.name, async () => {
      await screen.open(page);
      await page.evaluate(() => (document.documentElement.style.fontSize = "225%"));
      await expectNothingSideways(page);
      await expectNothingCut(page);
      await page.evaluate(() => (document.documentElement.style.fontSize = ""));
    });
  await app.stop();
}
