// The tablet dies in the middle of a word. What had been touched is there when it comes back.

import path from "node:path";

import type { Page } from "@playwright/test";

import { type Device, expect, test } from "../support/app.ts";
import { FORM_FIELDS, type FormField, HEAD, WIFE, prepareForm } from "../support/form-fields.ts";
import { type Kept, listenToDrafts } from "../support/kept.ts";
import { output, workbook } from "../support/processes.mjs";
import { openHousehold } from "../support/steps.ts";
import { day } from "../support/village.ts";

test.use({ contextOptions: { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true } });

/** Dies, comes back, and goes on with the draft that the list offers first. */
async function dieAndComeBack({ page, kill, start }: Device) {
  await kill();
  await start();
  await expect(page.getByText("Đang ghi dở")).toBeVisible();
  await page.getByRole("link", { name: "Ghi tiếp", exact: true }).tap();
  await expect(page.getByRole("heading", { name: "Ghi lượt thăm" })).toBeVisible();
}

async function openForm(device: Device): Promise<Kept> {
  const kept = listenToDrafts(device.page);
  await openHousehold(device.page, HEAD);
  await device.page.getByRole("link", { name: "Ghi lượt thăm" }).tap();
  return kept;
}

test("a form survives a kill at each of its fields, and is saved in the end", async ({ folder, openDevice }) => {
  test.slow();
  await prepareForm(path.join(folder, "tablet"));
  const device = await openDevice("tablet");
  const { page } = device;
  const kept = await openForm(device);

  for (const field of FORM_FIELDS)
    await test.step(field.name, async () => {
      if (field.kind === "text") await dieWhileTyping(device, kept, field);
      else {
        await fillIn(page, field);
        await kept.until((form) => field.kept(form));
        await dieAndComeBack(device);
      }
      await expectFilled(page, field);
      if (field.name === "who was met") await page.getByRole("button", { name: "Đồng ý", exact: true }).tap();
    });

  await test.step("who will be asked later is not asked again", async () => {
    const later = page.getByRole("button", { name: "Hỏi sau" });
    await page.getByRole("group", { name: "Đã gặp ai?" }).getByRole("checkbox", { name: new RegExp(HEAD) }).tap();
    await later.tap();
    await kept.until((_, face) => (face["later"] as unknown[]).length === 1);
    await dieAndComeBack(device);
    await expect(later).toBeHidden();
  });

  await test.step("and all of it is saved", async () => {
    await page.getByRole("button", { name: "Lưu lượt thăm" }).tap();
    await expect(page.getByText("Đã lưu trên máy này: đã gặp.").last()).toBeVisible();
    await expect(page.getByRole("link", { name: "Ghi lượt thăm" })).toBeVisible();
    await openHousehold(page, HEAD);
    const visits = page.getByRole("region", { name: "Các lần thăm" });
    await expect(visits.getByRole("listitem")).toHaveCount(1);
    await expect(visits).toContainText(`${WIFE}, Dịch vụ công trực tuyến: làm được khi có người giúp.`);
    for (const said of ["Đã làm được:", "Đã xem thẻ: ", "Đã giúp: ", "Hẹn quay lại"]) await expect(visits).toContainText(said);
    for (const said of ["Cần: ", "Vướng mắc: ", "Ghi chú: "])
      await expect(visits).toContainText(`${said}Cần người tới chỉ lại, ở cuối bản sóng yếu`);
    await device.kill();
    await device.start();
    await expect(page.getByText("Đang ghi dở")).toBeHidden();
  });
});

/** Fills one field in, with a thumb. */
async function fillIn(page: Page, field: FormField) {
  if (field.kind === "yesterday") {
    await page.getByRole("button", { name: /^Đổi ngày thăm/ }).tap();
    return page.getByRole("radio", { name: new RegExp(field.label) }).tap();
  }
  if (field.kind === "count") {
    await page.getByText("Đã giúp làm").tap();
    return page.getByRole("button", { name: `Thêm một: ${field.label}` }).tap();
  }
  if (field.tile) await openTile(page, field.tile);
  await answer(page, field).tap();
}

async function expectFilled(page: Page, field: FormField) {
  if (field.kind === "yesterday") {
    const [, month, date] = day(-1).split("-");
    return expect(page.getByRole("button", { name: /^Đổi ngày thăm/ })).toContainText(`${date}/${month}`);
  }
  if (field.kind === "count") return expect(page.locator("summary").filter({ hasText: "Đã giúp làm" })).toContainText("1 lượt");
  if (field.kind === "text") return expect(page.getByLabel(field.label)).toHaveValue(field.text ?? "");
  await expect(answer(page, field), "its tile is still open").toBeChecked();
}

function answer(page: Page, { kind, label }: FormField) {
  return page.getByRole(kind === "radio" ? "radio" : "checkbox", { name: new RegExp(`^${label}`) });
}

async function openTile(page: Page, name: string) {
  const tile = page.locator("details.tile").filter({ hasText: name });
  if ((await tile.getAttribute("open")) === null) await tile.locator("summary").tap();
}

/**
 * Types until the app dies under the fingers. What comes back is the beginning of what was typed, and
 * nothing is missing of what the notebook had said it holds.
 */
async function dieWhileTyping(device: Device, kept: Kept, { label, name: field, text: last = "" }: FormField) {
  const text = "Bà nhờ cháu cài VNeID nhưng điện thoại cũ quá, máy không lên được";
  const typing = device.page.getByLabel(label).pressSequentially(text, { delay: 15 });
  await kept.until((form) => String(form[field]).length >= 20);
  const dead = device.kill();
  await typing;
  await dead;
  const promised = String(kept.form()[field]);
  await dieAndComeBack(device);
  const found = await device.page.getByLabel(label).inputValue();
  expect(text.startsWith(found), `"${found}" begins "${text}"`).toBe(true);
  expect(found.length).toBeGreaterThanOrEqual(promised.length);
  await expect(device.page.getByLabel(label), "the keyboard is where it was").toBeFocused();
  await device.page.getByLabel(label).fill(last);
  await kept.until((form) => form[field] === last);
}

test("a form in which nothing was touched leaves nothing behind", async ({ folder, openDevice }) => {
  await output("tungnha", ["import", "--data", path.join(folder, "tablet"), workbook("01-mau-chuan.xlsx")]);
  const { page } = await openDevice("tablet");
  await openHousehold(page, "Tráng A Páo");
  await page.getByRole("link", { name: "Ghi lượt thăm" }).tap();
  await page.getByRole("button", { name: "Đóng, giữ bản nháp" }).tap();
  await expect(page.getByRole("link", { name: "Ghi lượt thăm" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("link", { name: "Ghi lượt thăm" })).toBeVisible();
});

test("a draft that was thrown away can be had back", async ({ folder, openDevice }) => {
  await output("tungnha", ["import", "--data", path.join(folder, "tablet"), workbook("01-mau-chuan.xlsx")]);
  const device = await openDevice("tablet");
  const { page } = device;
  await openHousehold(page, "Tráng A Páo");
  await page.getByRole("link", { name: "Ghi lượt thăm" }).tap();
  await page.getByRole("radio", { name: "Từ chối" }).tap();
  await page.getByLabel("Ghi chú").fill("Hẹn sau mùa ngô");
  await page.getByRole("button", { name: "Bỏ bản nháp" }).tap();
  await expect(page.getByRole("link", { name: "Ghi lượt thăm" })).toBeVisible();
  await page.getByRole("button", { name: "Hoàn tác" }).tap();
  await expect(page.getByLabel("Ghi chú")).toHaveValue("Hẹn sau mùa ngô");
  await expect(page.getByRole("radio", { name: "Từ chối" })).toBeChecked();
});

test("what was typed last is there though the page is closed in the same moment", async ({ folder, openDevice }) => {
  await output("tungnha", ["import", "--data", path.join(folder, "tablet"), workbook("01-mau-chuan.xlsx")]);
  const { page } = await openDevice("tablet");
  await openHousehold(page, "Tráng A Páo");
  await page.getByRole("link", { name: "Ghi lượt thăm" }).tap();
  await page.getByRole("radio", { name: "Từ chối" }).tap();
  const type = (note: string, ms: number) =>
    page.getByLabel("Ghi chú").evaluate(
      (field: HTMLTextAreaElement, [note, ms]) => {
        field.value = note;
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
        if (ms === 0) location.reload();
        else setTimeout(() => location.reload(), ms);
      },
      [note, ms] as const,
    );
  // Left at once, or while the notebook is about to keep it.
  for (const ms of [0, 1, 2, 4, 8, 0, 3, 6]) {
    const note = `Hẹn lại sau ${ms} ngày`;
    await Promise.all([page.waitForEvent("load"), type(note, ms).catch(() => undefined)]);
    await expect(page.getByLabel("Ghi chú")).toHaveValue(note);
  }
});
