// The officer's hour after the 20th: who is late, what is there twice, what is behind a number, what stands in the way,
// the lock, what comes after it, and the report as workbook and on paper.

import { readFile, stat } from "node:fs/promises";
import path from "node:path";

import type { Page } from "@playwright/test";

import { expect, test } from "../support/app.ts";
import { OBSTACLE, OFFICER, bringsLateVisit, prepareCommune } from "../support/commune.ts";
import { sendNow } from "../support/steps.ts";

test.describe.configure({ timeout: 300_000 });
test.use({ viewport: { width: 1280, height: 800 } });

test("the officer's day: from the late teams to the locked month and its paper", async ({ folder, relay, openDevice }, info) => {
  const commune = await prepareCommune(folder, relay);
  const month = commune.period.split("-").reverse().join("/");
  const office = await openDevice("office", { acceptDownloads: true, permissions: ["clipboard-read", "clipboard-write"] });
  const { page } = office;
  const openReport = () => open(page, `report/${commune.period}/all`, `Báo cáo tháng ${month}`);
  const keep = async (name: string) => {
    await page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true });
  };

  await test.step("19 of 22 teams are in, and the list of the others goes to Zalo", async () => {
    await open(page, "progress", "Tiến độ");
    await page.getByRole("link", { name: /^Báo cáo/ }).click();
    await page.getByRole("link", { name: "Kỳ trước" }).click();
    await expect(page.getByRole("heading", { level: 1, name: `Báo cáo tháng ${month}` })).toBeVisible();
    await expect(page.getByText("19/22 đã nộp")).toBeVisible();
    await page.getByRole("button", { name: "Chép danh sách cho Zalo" }).click();
    await expect(page.getByText("Đã chép").first()).toBeVisible();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    for (const team of commune.late) expect(copied).toContain(team);
    await keep("01-teams");
  });

  await test.step("a household that is there twice is merged, and that is taken back", async () => {
    await open(page, "more/review", "Cần xem lại");
    const pair = page.getByRole("region", { name: "Hai hộ này có phải là một?" }).filter({ hasText: commune.twice });
    await pair.getByRole("button", { name: "Gộp làm một" }).first().click();
    await expect(page.getByText(/^Đã gộp làm một/).first()).toBeVisible();
    await page.getByRole("button", { name: "Hoàn tác" }).click();
    await expect(pair.getByRole("button", { name: "Gộp làm một" }).first()).toBeVisible();
  });

  await test.step("a number opens the records behind it, and a record its household", async () => {
    await openReport();
    const figure = page.getByRole("link", { name: /^Hộ được thăm trong kỳ/ });
    await expect(figure).toContainText("9");
    await figure.click();
    await expect(page.getByText("9 ghi chép")).toBeVisible();
    await keep("02-records");
    const record = page.getByRole("region", { name: "Ghi chép đằng sau con số" }).getByRole("link").first();
    const head = (await record.locator(".row-name").textContent()) ?? "";
    await record.click();
    await expect(page.getByRole("heading", { level: 1, name: head })).toBeVisible();
  });

  await test.step("an obstacle that a volunteer wrote down at a door is answered", async () => {
    await open(page, "obstacles", "Vướng mắc");
    await page.getByRole("link", { name: new RegExp(OBSTACLE) }).click();
    await page.getByLabel("Câu trả lời").fill("Xã đã xin lắp trạm phát sóng, tháng sau có");
    await page.getByRole("button", { name: "Trả lời" }).click();
    await expect(page.getByText(new RegExp(`^${OFFICER} trả lời`))).toBeVisible();
    await expect(page.getByText("Đã trả lời", { exact: true })).toBeVisible();
    await page.getByRole("link", { name: /^Mở hộ/ }).click();
    await page.getByRole("link", { name: "Xem trả lời" }).click();
    await expect(page.getByText("Xã đã xin lắp trạm phát sóng, tháng sau có")).toBeVisible();
    await keep("03-obstacle");
  });

  await test.step("the month is locked", async () => {
    await openReport();
    await page.getByRole("button", { name: "Chốt số liệu" }).click();
    await expect(page.getByText("Đã chốt", { exact: true }).first()).toBeVisible();
    await expect(page.getByRole("button", { name: "Chốt số liệu" })).toBeHidden();
  });

  await test.step("a visit that comes late is a marked adjustment, and the figure stays", async () => {
    await bringsLateVisit(folder, commune);
    await sendNow(page);
    await openReport();
    const figure = page.getByRole("link", { name: /^Hộ được thăm trong kỳ/ });
    await expect(figure.locator(".value")).toHaveText("9");
    await expect(figure).toContainText("điều chỉnh: nay là 10");
    const adjustments = page.getByRole("region", { name: "Điều chỉnh sau khi chốt" });
    await expect(adjustments.getByRole("link", { name: new RegExp(commune.offline.head) })).toBeVisible();
    await keep("04-locked");
  });

  await test.step("the workbook is downloaded", async () => {
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Xuất Excel" }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/\.xlsx$/);
    const file = info.outputPath("report.xlsx");
    await download.saveAs(file);
    expect((await readFile(file)).subarray(0, 2).toString()).toBe("PK");
    await expect(page.getByText("Đã có tệp Excel.")).toBeVisible();
  });

  await test.step("the page to sign is printed as a PDF", async () => {
    await page.getByRole("link", { name: "In", exact: true }).click();
    await expect(page.getByRole("table").first()).toBeVisible();
    const file = info.outputPath("report.pdf");
    await page.pdf({ path: file, format: "A4", preferCSSPageSize: true });
    expect((await stat(file)).size).toBeGreaterThan(10_000);
    await page.emulateMedia({ media: "print" });
    await expect(page.getByRole("button", { name: "In" })).toBeHidden();
    await page.screenshot({ path: path.join(path.dirname(file), "05-paper.png"), fullPage: true });
    await page.emulateMedia({ media: "screen" });
  });
});

async function open(page: Page, route: string, title: string) {
  await page.goto(new URL(`/#/${route}`, page.url()).href);
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}
