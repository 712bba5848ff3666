import { expect, expectAccessible, follow, test } from "../support/app.ts";
import { serve } from "../support/processes.mjs";

test("the printed link opens the notebook, and a reload keeps it open", async ({ openDevice }) => {
  const { page } = await openDevice("Páo");
  await expect(page).toHaveTitle(/Từng Nhà/);
  expect(new URL(page.url()).hash).toBe("");
  await page.reload();
  await expect(page).toHaveTitle(/Từng Nhà/);
  await expect(page.getByText("Liên kết này đã dùng rồi")).toHaveCount(0);
});

test("a link that was used says so in plain words and opens nothing", async ({ folder, browser }) => {
  const app = await serve(`${folder}/tablet`);
  const [first, second] = [await browser.newContext(), await browser.newContext()];
  await follow(await first.newPage(), app.link);

  const stranger = await second.newPage();
  await stranger.goto(app.link);
  await expect(stranger.getByText("Liên kết này đã dùng rồi")).toBeVisible();
  await expectAccessible(stranger);
  const answer = await stranger.evaluate(() =>
    fetch("/execute", { method: "POST", body: '{"command":"household_list","args":{}}' }).then(({ status }) => status),
  );
  expect(answer).toBe(401);

  await Promise.all([first.close(), second.close()]);
  await app.stop();
});

test("two notebooks stay open side by side in one browser", async ({ folder, context }) => {
  const apps = [await serve(`${folder}/one`), await serve(`${folder}/two`)];
  const pages = [];
  for (const { link } of apps) {
    const page = await context.newPage();
    await follow(page, link);
    pages.push(page);
  }
  for (const page of pages) {
    await page.reload();
    await expect(page.getByText("Liên kết này đã dùng rồi")).toHaveCount(0);
    await expect(page).toHaveTitle(/Từng Nhà/);
  }
  for (const app of apps) await app.stop();
});
