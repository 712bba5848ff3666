// Pictures of every screen at three sizes, by light and by dark, and the page that shows them: `./dev pictures`.
// For eyes; nothing is compared, and the suites leave it out. `INTO=FOLDER` puts them elsewhere.

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import type { Page } from "@playwright/test";

import { expect, follow, test } from "../support/app.ts";
import { SIZES } from "../support/checks.ts";
import { now, root, serve } from "../support/processes.mjs";
import { PARTS } from "../support/screens/parts.ts";
import type { Screen } from "../support/screens/screen.ts";
import { openList, rows } from "../support/steps.ts";
import { MET, makeVillage } from "../support/village.ts";
import { page as showAll } from "./page.ts";

const docs = path.resolve(process.env["INTO"] ?? path.join(root, "docs/vi"));
const into = path.join(docs, "man-hinh");

/** Of 100: text stays sharp, and the whole folder small enough to be cloned over a bad line. */
const QUALITY = 40;

for (const { name, ...viewport } of SIZES)
  test.describe(name, () => {
    // A phone's glass is finer than its points; on paper half of that is enough.
    test.use({ viewport, deviceScaleFactor: name === "phone" ? 1.5 : 1 });

    for (const part of PARTS)
      test(part.name, async ({ page, folder, relay }) => {
        await walk(page, name, await part.prepare(folder, relay), part.screens);
      });
  });

test.describe("for the README", () => {
  test.use({ viewport: { width: 1280, height: 800 } });

  test("the list beside a household", async ({ page, folder, relay }) => {
    const app = await serve(await makeVillage(folder, relay, { quiet: true }));
    await stillClock(page);
    await follow(page, app.link);
    await openList(page);
    await page.getByRole("button", { name: /^Của tôi/ }).click();
    await rows(page).filter({ hasText: MET }).first().click();
    await page.mouse.move(0, 0);
    await expect(page.getByRole("heading", { level: 1, name: MET })).toBeVisible();
    await take(page, path.join(docs, "man-hinh.webp"));
    await app.stop();
  });
});

test("the page that shows them", async () => {
  await writeFile(path.join(docs, "man-hinh.md"), showAll());
});

async function walk(page: Page, size: string, data: string, screens: Screen[]) {
  const app = await serve(data);
  await stillClock(page);
  await follow(page, app.link);
  for (const screen of screens)
    await test.step(screen.name, async () => {
      await screen.open(page);
      await take(page, path.join(into, `${size}-${screen.name}.webp`));
      await page.emulateMedia({ colorScheme: "dark" });
      await take(page, path.join(into, `${size}-${screen.name}-dark.webp`));
      await page.emulateMedia({ colorScheme: "light" });
    });
  await app.stop();
}

/** The page's own idea of now is that of the programs. */
async function stillClock(page: Page) {
  await page.emulateMedia({ reducedMotion: "reduce" });
  if (process.env["CLOCK"]) await page.clock.setFixedTime(now());
}

/** What the glass shows, once letters are there and nothing blinks or moves. */
async function take(page: Page, file: string) {
  await page.evaluate(async () => {
    await document.fonts.ready;
    const still = new CSSStyleSheet();
    still.replaceSync("* { caret-color: transparent !important; animation: none !important; transition: none !important }");
    if (document.adoptedStyleSheets.length === 0) document.adoptedStyleSheets = [still];
    await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
  });
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: QUALITY });
  await session.detach();
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, Buffer.from(data, "base64"));
}
