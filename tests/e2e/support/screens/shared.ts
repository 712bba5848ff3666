// A tablet that several people share.

import { expect } from "@playwright/test";

import { DE } from "../hamlet.ts";
import { type Screen, closeDialog, more, titled } from "./screen.ts";

/** On a tablet that two people share, in the morning of a day in the hamlet. */
export const SHARED: Screen[] = [
  {
    name: "who",
    title: "Ai đang dùng máy?",
    open: (page) => expect(page.getByRole("heading", { level: 1, name: "Ai đang dùng máy?" })).toBeVisible(),
  },
  {
    name: "pin",
    title: "Nhập mã PIN",
    open: (page) => page.getByRole("button", { name: new RegExp(DE.name) }).click(),
  },
  {
    name: "pin-wrong",
    title: "Nhập sai mã PIN",
    async open(page) {
      await page.keyboard.type("9999");
      await page.keyboard.press("Enter");
      await expect(page.getByText(/^Sai mã PIN/)).toBeVisible();
    },
  },
  { name: "pin-forgot", title: "Quên mã PIN", open: (page) => page.getByRole("button", { name: "Quên?" }).click() },
  {
    name: "today-full",
    title: "Hôm nay: có hẹn và có việc",
    async open(page) {
      await closeDialog(page);
      await page.keyboard.type(DE.pin);
      await page.keyboard.press("Enter");
      await expect(page.getByRole("region", { name: "Việc của tôi" }).getByRole("link").first()).toBeVisible();
    },
  },
  {
    name: "task",
    title: "Một việc được giao",
    async open(page) {
      await page.getByRole("region", { name: "Việc của tôi" }).getByRole("link").first().click();
      await expect(page.getByRole("heading", { level: 1, name: "Việc" })).toBeVisible();
    },
  },
  { name: "tasks", title: "Việc của cả tổ", open: (page) => titled(page, "tasks", "Việc của cả tổ") },
  {
    name: "visit-met",
    title: "Ghi lượt thăm: đã gặp ai",
    async open(page) {
      await titled(page, "", "Hôm nay");
      await page.getByRole("region", { name: "Hẹn quay lại" }).getByRole("link").first().click();
      await page.getByRole("link", { name: "Ghi lượt thăm" }).click();
      await page.getByRole("radio", { name: "Đã gặp" }).click();
      const who = page.getByRole("group", { name: "Đã gặp ai?" });
      await who.getByRole("checkbox").first().setChecked(true);
      await page.getByRole("button", { name: "Đồng ý", exact: true }).click();
      await who.evaluate((el) => el.scrollIntoView({ block: "start" }));
    },
  },
  {
    name: "lesson",
    title: "Thẻ hướng dẫn",
    async open(page) {
      await page.locator("summary").filter({ hasText: "Tự bảo vệ" }).click();
      await page.getByRole("button", { name: "Mở thẻ hướng dẫn" }).click();
      await expect(page.getByRole("dialog").getByText("Thẻ 1/6")).toBeVisible();
    },
  },
  {
    name: "lesson-answer",
    title: "Thẻ hướng dẫn: bà con trả lời",
    async open(page) {
      await page.getByRole("dialog").getByRole("radio").last().click();
      await expect(page.getByRole("dialog").getByText(/^(Đúng rồi|Chưa đúng)/)).toBeVisible();
    },
  },
  {
    name: "visit-task",
    title: "Ghi lượt thăm: việc ở hộ này",
    async open(page) {
      await page.getByRole("dialog").getByRole("button", { name: "Đóng thẻ" }).click();
      await expect(page.getByRole("dialog")).toBeHidden();
      await page.getByRole("group", { name: "Việc ở hộ này" }).getByRole("checkbox").click();
    },
  },
  {
    name: "duplicate",
    title: "Cần xem lại: hai hộ có thể là một",
    async open(page) {
      await more(page, "review", "Cần xem lại");
      await expect(page.getByRole("heading", { name: "Có thể trùng" })).toBeVisible();
      await page.getByRole("button", { name: /Gộp/ }).first().scrollIntoViewIfNeeded();
    },
  },
  { name: "shared-people", title: "Máy dùng chung: ai dùng máy này", open: (page) => more(page, "shared", "Máy dùng chung") },
];
