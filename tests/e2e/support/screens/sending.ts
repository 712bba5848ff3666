// What was written goes out, and what comes back disagrees.

import { expect } from "@playwright/test";

import { openExchange, openRoom } from "../steps.ts";
import { type Screen, more } from "./screen.ts";

/** After a visit that waits to be sent. */
export const SENDING: Screen[] = [
  {
    name: "exchange-invite",
    title: "Gửi và nhận: thư mời vào tổ",
    async open(page) {
      await page.getByRole("button", { name: "Đóng" }).click();
      await openExchange(page);
      await expect(page.getByText(/Máy đang chờ Wi-Fi rồi mới tự gửi/)).toBeVisible();
      await page.getByRole("button", { name: "Tạo thư mời" }).click();
      await expect(page.getByRole("img", { name: "Mã QR của thư mời" })).toBeVisible();
    },
  },
  {
    name: "file-out",
    title: "Gửi bằng tệp",
    async open(page) {
      await page.getByText("Gửi bằng tệp").click();
      await page.getByLabel(/^Tệp cho ai/).fill("Máy chị Mai");
      await page.getByRole("button", { name: "Tạo tệp" }).click();
      await expect(page.getByText(/^Đã tạo tệp có/)).toBeVisible();
      await expect(page.getByRole("radio", { name: "Chưa có gì mới cho Máy chị Mai" })).toBeDisabled();
    },
  },
  {
    name: "room",
    title: "Chia sẻ trong phòng: sang máy khác",
    async open(page) {
      await openRoom(page);
      await page.getByLabel("Địa chỉ trên màn hình máy kia").fill("192.168.1");
      await page.getByRole("button", { name: "Gửi và nhận", exact: true }).click();
      await expect(page.getByRole("alert").first()).toBeVisible();
    },
  },
  {
    name: "room-open",
    title: "Chia sẻ trong phòng: máy này đang chia sẻ",
    async open(page) {
      await page.getByRole("button", { name: "Bắt đầu chia sẻ" }).click();
      await expect(page.getByRole("img", { name: "Mã QR của địa chỉ" })).toBeVisible();
      await page.getByRole("button", { name: "Tạo thư mời" }).click();
      await expect(page.getByRole("img", { name: "Mã QR của thư mời" })).toBeVisible();
      await page.evaluate(() => window.scrollTo(0, 0));
    },
  },
  {
    name: "review",
    title: "Cần xem lại: hai máy ghi khác nhau",
    async open(page) {
      await more(page, "review", "Cần xem lại");
      await expect(page.getByText("0987 654 321")).toBeVisible();
    },
  },
];
