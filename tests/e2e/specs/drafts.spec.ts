// The tablet dies in the middle of a word. What had been touched is there when it comes back.

import path from "node:path";

import { type Device, expect, test } from "../support/app.ts";
import { type Kept, listenToDrafts } from "../support/kept.ts";
import { output, workbook } from "../support/processes.mjs";
import { openHousehold } from "../support/steps.ts";

test.use({ contextOptions: { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true } });

/** A household of several people in the list of the whole commune. */
const HEAD = "Thào A Páo";
const WIFE = "Sùng Thị Sông";

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
  await output("tungnha", ["import", "--data", path.join(folder, "tablet"), workbook("02-nhan-khau-xa.xlsx")]);
  const device = await openDevice("tablet");
  const { page } = device;
  const kept = await openForm(device);

  const met = page.getByRole("radio", { name: "Đã gặp" });
  const wife = page.getByRole("checkbox", { name: new RegExp(WIFE) });
  const agrees = page.getByRole("button", { name: "Đồng ý", exact: true });
  const withHelp = page.getByRole("radio", { name: "Làm được khi có người giúp" });
  const item = page.getByRole("group", { name: /Đã làm được việc nào/ }).getByRole("checkbox").nth(1);
  const inSevenDays = page.getByRole("radio", { name: /^7 ngày/ });

  await test.step("outcome", async () => {
    await met.tap();
    await kept.until((form) => form["outcome"] === "met");
    await dieAndComeBack(device);
    await expect(met).toBeChecked();
  });

  await test.step("who was met", async () => {
    await wife.tap();
    await kept.until((form) => has(form["met"]));
    await dieAndComeBack(device);
    await expect(wife).toBeChecked();
    await agrees.tap();
    await expect(agrees).toBeHidden();
  });

  await test.step("the open tile and its level", async () => {
    await page.getByText("Dịch vụ công trực tuyến").tap();
    await withHelp.tap();
    await kept.until((form) => has(form["assessments"]));
    await dieAndComeBack(device);
    await expect(withHelp, "the same tile is still open").toBeChecked();
    await expect(agrees, "who has answered is not asked again").toBeHidden();
  });

  await test.step("a ticked item", async () => {
    await item.tap();
    await kept.until((form) => has(form["items"]));
    await dieAndComeBack(device);
    await expect(item).toBeChecked();
  });

  for (const [label, field] of [["Hộ cần gì?", "need"], ["Vướng mắc cần báo lên", "obstacle"], ["Ghi chú", "note"]] as const)
    await test.step(`a text, in the middle of a word: ${field}`, async () => {
      const said = await dieWhileTyping(device, kept, label, field);
      await expect(page.getByLabel(label), "the keyboard is where it was").toBeFocused();
      await page.getByLabel(label).fill("Cần người tới chỉ lại, ở cuối bản sóng yếu");
      await kept.until((form) => String(form[field]).endsWith("sóng yếu"));
      expect(said.length).toBeGreaterThan(0);
    });

  await test.step("the day to come back", async () => {
    await inSevenDays.tap();
    await kept.until((form) => Boolean(form["follow_up"]));
    await dieAndComeBack(device);
    await expect(inSevenDays).toBeChecked();
  });

  await test.step("and all of it is saved", async () => {
    await page.getByRole("button", { name: "Lưu lượt thăm" }).tap();
    await expect(page.getByText("Đã lưu trên máy này: đã gặp.").last()).toBeVisible();
    await expect(page.getByRole("link", { name: "Ghi lượt thăm" })).toBeVisible();
    await openHousehold(page, HEAD);
    const visits = page.getByRole("region", { name: "Các lần thăm" });
    await expect(visits.getByRole("listitem")).toHaveCount(1);
    await expect(visits).toContainText(`${WIFE}, Dịch vụ công trực tuyến: làm được khi có người giúp.`);
    await expect(visits).toContainText("Đã làm được:");
    for (const said of ["Cần: ", "Vướng mắc: ", "Ghi chú: "])
      await expect(visits).toContainText(`${said}Cần người tới chỉ lại, ở cuối bản sóng yếu`);
    await expect(visits).toContainText("Hẹn quay lại");
    await device.kill();
    await device.start();
    await expect(page.getByText("Đang ghi dở")).toBeHidden();
  });
});

/**
 * Types until the app dies under the fingers. What comes back is the beginning of what was typed, and
 * nothing is missing of what the notebook had said it holds.
 */
async function dieWhileTyping(device: Device, kept: Kept, label: string, field: string): Promise<string> {
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
  return found;
}

function has(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0;
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
