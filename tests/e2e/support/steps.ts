// What people do, step by step, through the screens: told once, used by every story.

import { type Page, expect } from "@playwright/test";

import { workbook } from "./processes.mjs";

/** The default list that a commune sends: 120 households of one hamlet, their heads only. */
export const LIST = workbook("01-mau-chuan.xlsx");

export async function startTeam(page: Page, name: string) {
  await page.getByRole("link", { name: /Lập tổ mới/ }).click();
  await page.getByLabel("Tên tổ", { exact: true }).fill("Tổ CNSCĐ thôn Hang Trùng");
  await page.getByLabel("Thôn, bản, khu phố").fill("Thôn Hang Trùng");
  await page.getByLabel("Họ và tên của bạn").fill(name);
  await page.getByRole("button", { name: "Lập tổ" }).click();
  await expect(page.getByRole("heading", { name: "Chưa có hộ nào" })).toBeVisible();
}

/** From the empty list to the list of those who were imported. */
export async function importList(page: Page, file = LIST) {
  await page.getByRole("link", { name: "Nhập danh sách hộ" }).click();
  await chooseFile(page, file);
  await page.getByRole("button", { name: /^Nhập \d+ hộ$/ }).click();
  await page.getByRole("link", { name: "Xem danh sách hộ" }).click();
  // Only on the list is the import over: a step that goes back to it at once would find it as it was left.
  await expect(page.getByRole("region", { name: "Danh sách hộ" })).toBeVisible();
}

export async function chooseFile(page: Page, file: string) {
  await page.getByRole("button", { name: "Chọn tệp danh sách" }).setInputFiles(file);
}

export function searchField(page: Page) {
  return page.getByRole("searchbox", { name: "Tìm tên, nơi ở, điện thoại" });
}

export function rows(page: Page) {
  return page.getByRole("list", { name: "Danh sách hộ" }).getByRole("link");
}

/** The household whose head has this name, as the list finds it. */
export async function openHousehold(page: Page, head: string) {
  await openList(page);
  await searchField(page).fill(head);
  // Until it is answered the rows are those of the question before, and move away under the finger.
  await expect(page.getByText(`khớp “${head}”`)).toBeVisible();
  await rows(page).filter({ hasText: head }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: head })).toBeVisible();
}

/** Back to the list with nothing searched for. */
export async function openList(page: Page) {
  await page.goto(new URL("/#/households", page.url()).href);
  await expect(page.getByRole("region", { name: "Danh sách hộ" })).toBeVisible();
}

export async function openExchange(page: Page) {
  await page.goto(new URL("/#/exchange", page.url()).href);
  await expect(page.getByRole("heading", { level: 1, name: "Gửi và nhận" })).toBeVisible();
}

export async function openRoom(page: Page) {
  await page.goto(new URL("/#/exchange/room", page.url()).href);
  await expect(page.getByRole("heading", { level: 1, name: "Chia sẻ trong phòng" })).toBeVisible();
}

/** The page's device is on 4G from now on, as an Android browser would tell it. */
export async function onMobileData(page: Page) {
  await page.evaluate(() => {
    const connection = Object.assign(new EventTarget(), { type: "cellular" });
    Object.defineProperty(navigator, "connection", { value: connection, configurable: true });
    window.dispatchEvent(new Event("online"));
  });
}

export async function addPerson(page: Page, name: string, birth: string) {
  await page.getByRole("button", { name: "Thêm người trong hộ" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Họ và tên").fill(name);
  await dialog.getByLabel("Năm sinh").fill(birth);
  await dialog.getByRole("button", { name: /^(Thêm|Lưu)$/ }).click();
  await expect(dialog).toBeHidden();
}

export async function connectRelay(page: Page, pass: string) {
  await openExchange(page);
  await page.getByLabel("Thẻ máy chủ").fill(pass);
  await page.getByRole("button", { name: "Nối", exact: true }).click();
  await expect(page.getByRole("button", { name: "Gửi ngay" })).toBeVisible();
}

/** From the start screen into a team, until its list is there. */
export async function join(page: Page, invite: string, name: string) {
  await fillJoin(page, invite, name);
  await page.getByRole("button", { name: "Vào tổ" }).click();
  await expect(page.getByRole("region", { name: "Danh sách hộ" })).toBeVisible();
}

/** As far as it is typed. */
export async function fillJoin(page: Page, invite: string, name: string) {
  await page.getByRole("link", { name: /Vào tổ đã có/ }).click();
  await page.getByLabel("Liên kết mời hoặc địa chỉ và mã").fill(invite);
  await page.getByLabel("Họ và tên của bạn").fill(name);
}

export async function sendNow(page: Page) {
  await openExchange(page);
  await page.getByRole("button", { name: "Gửi ngay" }).click();
  await expect(page.getByText(/^Xong\./)).toBeVisible();
}

/** The open household's newest visit, as its timeline tells it. */
export function newestVisit(page: Page) {
  const visits = page.getByRole("region", { name: "Các lần thăm" });
  return visits.getByRole("listitem").first();
}
