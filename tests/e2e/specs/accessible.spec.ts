// Every screen, at every size, by light and by dark: for eyes, thumbs and readers of all kinds.

import type { Page } from "@playwright/test";

import { expect, expectAccessible, expectReadable, follow, test } from "../support/app.ts";
import { SIZES, expectBigTargets, expectNothingCut, expectNothingSideways, expectVietnamese } from "../support/checks.ts";
import { serve } from "../support/processes.mjs";
import { FIRST_DAY, PRACTICE, type Screen, WORKING_DAY } from "../support/screens.ts";
import { makeVillage } from "../support/village.ts";

/** The screens a volunteer stands at a door with, for whom text at twice its size has to work. */
const AT_THE_DOOR = ["list", "list-found", "household", "visit", "visit-consent", "visit-open-tile", "list-with-draft", "saved"];

test.describe.configure({ mode: "parallel", timeout: 600_000 });
// A trace of so many screens costs more than the checks.
test.use({ trace: "off" });

for (const { name, ...viewport } of SIZES)
  test.describe(name, () => {
    test.use({ viewport });

    test("the first day's screens", async ({ page, folder }) => walk(page, name, folder, FIRST_DAY));
    test("the practice hamlet's screens", async ({ page, folder }) => walk(page, name, folder, PRACTICE));
    test("a working day's screens", async ({ page, folder, relay }) => {
      await walk(page, name, await makeVillage(folder, relay), WORKING_DAY);
    });
  });

test("nothing is cut at the door on the phone when text is twice its size", async ({ page, folder, relay }) => {
  const app = await serve(await makeVillage(folder, relay));
  await follow(page, app.link);
  for (const screen of WORKING_DAY.filter((screen) => upTo("saved").includes(screen.name)))
    await test.step(screen.name, async () => {
      await screen.open(page);
      if (!AT_THE_DOOR.includes(screen.name)) return;
      await page.evaluate(() => (document.documentElement.style.fontSize = "225%"));
      await expectNothingSideways(page);
      await expectNothingCut(page);
      await page.evaluate(() => (document.documentElement.style.fontSize = ""));
    });
  await app.stop();
});

function upTo(last: string): string[] {
  const names = WORKING_DAY.map(({ name }) => name);
  return names.slice(0, names.indexOf(last) + 1);
}

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
