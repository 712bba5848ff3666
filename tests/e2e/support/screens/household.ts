// The day's work, and what else becomes of a household and its people.

import { expect } from "@playwright/test";

import { openHousehold } from "../steps.ts";
import { MET } from "../village.ts";
import { type Screen, closeBar, closeDialog, titled } from "./screen.ts";

/** On a notebook some days into the work. */
export const HOUSEHOLD: Screen[] = [
  { name: "today", title: "Hôm nay", open: (page) => titled(page, "", "Hôm nay") },
  { name: "no-task", title: "Việc của cả tổ: chưa có", open: (page) => titled(page, "tasks", "Việc của cả tổ") },
  {
    name: "assign",
    title: "Giao việc",
    async open(page) {
      await titled(page, "tasks/new", "Giao việc");
      await expect(page.getByRole("radio", { name: /tôi/ })).toBeAttached();
    },
  },
  {
    name: "assign-choose",
    title: "Giao việc: chọn hộ",
    async open(page) {
      await page.getByRole("button", { name: "Chọn hộ" }).click();
      await expect(page.getByRole("dialog").getByRole("checkbox").first()).toBeAttached();
    },
  },
  {
    name: "history",
    title: "Ai đã sửa gì, lúc nào",
    async open(page) {
      await closeDialog(page);
      await openHousehold(page, MET);
      await page.getByRole("link", { name: "Ai đã sửa gì, lúc nào" }).click();
      await expect(page.getByText(/Từ danh sách/).first()).toBeVisible();
    },
  },
  {
    name: "resident",
    title: "Trang của một người",
    async open(page) {
      await openHousehold(page, MET);
      await page.getByRole("link", { name: `Trang của ${MET}` }).click();
      await expect(page.getByRole("heading", { name: "Năm kỹ năng" })).toBeVisible();
    },
  },
  {
    name: "held",
    title: "Sổ này giữ gì về người này",
    async open(page) {
      await page.getByRole("link", { name: /^Sổ này giữ gì về người này/ }).click();
      await expect(page.getByRole("heading", { name: "Nằm ở đâu" })).toBeVisible();
    },
  },
  {
    name: "split",
    title: "Tách hộ",
    async open(page) {
      await openHousehold(page, MET);
      await page.getByText("Tách hộ, chuyển hộ").click();
      await page.getByRole("link", { name: "Tách hộ", exact: true }).click();
      await page.getByRole("checkbox", { name: MET }).click();
      await expect(page.getByLabel(/^Đường tới cửa hộ mới/)).toBeVisible();
    },
  },
  {
    name: "split-done",
    title: "Đã tách hộ",
    async open(page) {
      await page.getByRole("button", { name: "Tách thành hộ mới" }).click();
      await expect(page.getByRole("button", { name: "Hoàn tác" })).toBeVisible();
      await page.getByRole("button", { name: "Hoàn tác" }).hover();
    },
  },
  {
    // Taken back, so that the next screens find everybody where they were.
    name: "move",
    title: "Chuyển sang hộ khác",
    async open(page) {
      await page.getByRole("button", { name: "Hoàn tác" }).click();
      await expect(page.getByText(/^Đã đưa .* về hộ cũ/).first()).toBeVisible();
      await closeBar(page);
      await openHousehold(page, MET);
      await page.getByText("Tách hộ, chuyển hộ").click();
      await page.getByRole("link", { name: "Chuyển sang hộ khác" }).click();
      await page.getByRole("button", { name: "Chuyển sang hộ khác" }).click();
      await expect(page.getByRole("alert").first()).toBeVisible();
    },
  },
];
