// The first minutes: nothing is there yet, and somebody begins, or practises first.

import { expect } from "@playwright/test";

import { workbook } from "../processes.mjs";
import { chooseFile, openExchange, startTeam } from "../steps.ts";
import { type Screen, at, more, titled } from "./screen.ts";

/** On a notebook in which nothing is yet. */
export const FIRST_DAY: Screen[] = [
  { name: "start", title: "Mở ứng dụng lần đầu", open: (page) => expect(page.getByRole("link", { name: /Lập tổ mới/ })).toBeVisible() },
  {
    name: "join",
    title: "Vào tổ bằng thư mời",
    async open(page) {
      await page.getByRole("link", { name: /Vào tổ đã có/ }).click();
      await page.getByLabel("Liên kết mời hoặc địa chỉ và mã").fill("một chữ nào đó");
      await page.getByRole("button", { name: "Vào tổ" }).click();
      await expect(page.getByRole("alert").first()).toBeVisible();
    },
  },
  {
    // What the camera sees, or why it sees nothing.
    name: "scan",
    title: "Quét mã QR",
    async open(page) {
      await page.getByRole("button", { name: "Quét mã QR" }).click();
      const dialog = page.getByRole("dialog", { name: "Quét mã QR" });
      const picture = dialog.locator("video").and(page.locator(":visible"));
      await expect(picture.or(dialog.getByRole("alert"))).toBeVisible();
      await expect(dialog.getByText("Đang mở máy ảnh…")).toBeHidden();
    },
  },
  {
    name: "new-team",
    title: "Lập tổ mới",
    async open(page) {
      await at(page, "start/new");
      await page.getByRole("button", { name: "Lập tổ" }).click();
      await expect(page.getByRole("alert").first()).toBeVisible();
    },
  },
  {
    name: "empty-list",
    title: "Danh sách hộ lúc chưa có ai",
    async open(page) {
      await at(page, "");
      await startTeam(page, "Giàng A Páo");
    },
  },
  { name: "today-empty", title: "Hôm nay: ngày đầu, chưa có hộ nào", open: (page) => titled(page, "", "Hôm nay") },
  { name: "no-relay", title: "Gửi và nhận: chưa nối máy chủ", open: openExchange },
  {
    name: "no-activity",
    title: "Hoạt động: chưa có",
    async open(page) {
      await more(page, "activities", "Hoạt động");
      await expect(page.getByText("Chưa ghi hoạt động nào")).toBeVisible();
    },
  },
  { name: "no-conflict", title: "Cần xem lại: không có gì", open: (page) => more(page, "review", "Cần xem lại") },
  { name: "import", title: "Nhập danh sách hộ: chọn tệp", open: (page) => more(page, "import", "Nhập danh sách hộ") },
  {
    name: "import-look",
    title: "Nhập danh sách hộ: xem trước",
    async open(page) {
      await chooseFile(page, workbook("06-nhieu-loi.xlsx"));
      await expect(page.getByRole("heading", { name: "Dòng cần để ý" })).toBeVisible();
      for (const fold of await page.locator("details.fold > summary").all()) await fold.click();
    },
  },
  {
    name: "import-done",
    title: "Nhập danh sách hộ: đã xong",
    async open(page) {
      await page.getByRole("button", { name: /^Nhập \d+ hộ$/ }).click();
      await expect(page.getByRole("heading", { name: "Đã nhập xong" })).toBeVisible();
    },
  },
];

/** A hamlet to practise with. */
export const PRACTICE: Screen[] = [
  {
    name: "practice",
    title: "Tập với bản mẫu",
    async open(page) {
      await page.getByRole("button", { name: /Tập với bản mẫu/ }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Hôm nay" })).toBeVisible();
    },
  },
  { name: "practice-end", title: "Kết thúc tập", open: (page) => page.getByRole("button", { name: "Kết thúc tập" }).first().click() },
];
