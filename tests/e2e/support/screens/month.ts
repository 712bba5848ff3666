// What adds up: progress, report, obstacles, campaigns, notices.

import { expect } from "@playwright/test";

import { type Screen, closeBar, titled } from "./screen.ts";

/** On a notebook some days into the work. */
export const MONTH: Screen[] = [
  { name: "progress", title: "Tiến độ", open: (page) => titled(page, "progress", "Tiến độ") },
  {
    name: "progress-table",
    title: "Tiến độ: xem dạng bảng",
    async open(page) {
      const asTable = page.getByRole("button", { name: "Xem dạng bảng" });
      await expect(asTable.first()).toBeVisible();
      while ((await asTable.count()) > 0) await asTable.first().click();
    },
  },
  { name: "heat", title: "Hộ và kỹ năng", open: (page) => titled(page, "progress/heat", "Hộ và kỹ năng") },
  { name: "report", title: "Báo cáo", open: (page) => titled(page, "report", "Báo cáo tháng") },
  {
    // Where a leader hands in, in a notebook of one team too.
    name: "report-team",
    title: "Báo cáo của một tổ: nộp",
    async open(page) {
      await page.getByRole("region", { name: "Các tổ" }).getByRole("link").first().click();
      await expect(page.getByRole("button", { name: "Nộp báo cáo" })).toBeVisible();
    },
  },
  {
    name: "report-records",
    title: "Báo cáo: ghi chép đằng sau con số",
    async open(page) {
      await titled(page, "report", "Báo cáo tháng");
      await page.getByRole("link", { name: /^Hộ được thăm trong kỳ/ }).click();
      await expect(page.getByRole("heading", { level: 2, name: "Ghi chép đằng sau con số" })).toBeVisible();
    },
  },
  {
    name: "report-print",
    title: "Báo cáo: trang để in và ký",
    async open(page) {
      await titled(page, "report", "Báo cáo tháng");
      await page.getByRole("link", { name: "In", exact: true }).click();
      await expect(page.getByRole("table").first()).toBeVisible();
    },
  },
  { name: "report-rules", title: "Bộ chỉ tiêu báo cáo", open: (page) => titled(page, "report/rules", "Bộ chỉ tiêu báo cáo") },
  {
    name: "report-indicator",
    title: "Sửa một chỉ tiêu",
    open: (page) => page.getByRole("button", { name: /^Sửa chỉ tiêu/ }).first().click(),
  },
  { name: "report-targets", title: "Mục tiêu của một chỉ tiêu", open: (page) => titled(page, "report/targets/at_target", "Mục tiêu") },
  {
    name: "locality",
    title: "Cách làm của địa phương",
    async open(page) {
      await titled(page, "report/locality", "Cách làm của địa phương");
      await page.getByText("Vân Hồ, Sơn La", { exact: true }).click();
      await expect(page.getByText("Thôn ở đây gọi là: bản, tiểu khu")).toBeVisible();
    },
  },
  {
    name: "locality-take",
    title: "Làm theo cách của một nơi",
    open: (page) => page.getByRole("button", { name: "Làm theo nơi này" }).filter({ visible: true }).click(),
  },
  {
    name: "locality-words",
    title: "Sửa tên gọi ở đây",
    async open(page) {
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Sửa tên gọi ở đây" }).click();
    },
  },
  { name: "obstacles", title: "Vướng mắc", open: (page) => titled(page, "obstacles", "Vướng mắc") },
  {
    name: "obstacle",
    title: "Một vướng mắc",
    async open(page) {
      await page.getByRole("link", { name: /Sợ bị lừa/ }).click();
      await expect(page.getByLabel("Câu trả lời")).toBeVisible();
    },
  },
  {
    name: "obstacle-raise",
    title: "Nêu vướng mắc",
    async open(page) {
      await titled(page, "obstacles", "Vướng mắc");
      await page.getByRole("button", { name: "Nêu vướng mắc" }).click();
    },
  },
  { name: "no-campaign", title: "Chiến dịch: chưa có", open: (page) => titled(page, "campaigns", "Chiến dịch") },
  {
    name: "campaign-form",
    title: "Lập chiến dịch",
    open: (page) => page.getByRole("button", { name: "Lập chiến dịch" }).click(),
  },
  {
    name: "campaign",
    title: "Một chiến dịch",
    async open(page) {
      await page.getByRole("dialog").getByLabel("Tên chiến dịch").fill("Ra quân 10 ngày");
      await page.getByRole("dialog").getByRole("button", { name: "Lưu" }).click();
      await closeBar(page);
      await page.getByRole("link", { name: /^Ra quân 10 ngày/ }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Ra quân 10 ngày" })).toBeVisible();
    },
  },
  { name: "no-notice", title: "Thông báo của xã: chưa có", open: (page) => titled(page, "notices", "Thông báo của xã") },
  { name: "notice-form", title: "Viết thông báo", open: (page) => page.getByRole("button", { name: "Viết thông báo" }).click() },
  {
    name: "notices",
    title: "Thông báo của xã",
    async open(page) {
      await page.getByRole("dialog").getByLabel("Nội dung").fill("Thứ bảy tập huấn ở nhà văn hóa bản, mời cả tổ");
      await page.getByRole("dialog").getByRole("button", { name: "Lưu" }).click();
      await expect(page.getByText(/^Thứ bảy tập huấn/)).toBeVisible();
    },
  },
  {
    name: "today-notice",
    title: "Hôm nay: có thông báo của xã",
    async open(page) {
      await titled(page, "", "Hôm nay");
      await expect(page.getByText(/^Thứ bảy tập huấn/)).toBeVisible();
    },
  },
];
