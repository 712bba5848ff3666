// Every screen, at every size, by light and by dark: for eyes, thumbs and readers of all kinds.

import type { Page } from "@playwright/test";

import { expectAccessible, expectReadable, follow, test } from "../support/app.ts";
import { SIZES, expectBigTargets, expectNothingCut, expectNothingSideways, expectVietnamese } from "../support/checks.ts";
import { serve } from "../support/processes.mjs";
import { PARTS } from "../support/screens/parts.ts";
import type { Screen } from "../support/screens/screen.ts";

test.describe.configure({ mode: "parallel", timeout: 600_000 });
// A trace of so many screens costs more than the checks.
test.use({ trace: "off" });

for (const { name, ...viewport } of SIZES)
  test.describe(name, () => {
    test.use({ viewport });

    for (const part of PARTS)
      test(part.name, async ({ page, folder, relay }) => {
        await walk(page, name, await part.prepare(folder, relay), part.screens);
      });
  });

test.describe("on the phone, with text at twice its size", () => {
  test.use({ viewport: { width: 360, height: 640 } });

  for (const part of PARTS)
    test(part.name, async ({ page, folder, relay }) => {
      await walkLarge(page, await part.prepare(folder, relay), part.screens);
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
