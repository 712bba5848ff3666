// From the list over a household to its saved visit.

import { expect } from "@playwright/test";

import { onMobileData, openExchange, openHousehold, openList, searchField } from "../steps.ts";
import { MET } from "../village.ts";
import { type Screen, closeDialog } from "./screen.ts";

/** On a notebook some days into the work: what a volunteer does at a door. */
export const VISITING: Screen[] = [
  {
    // From here on nothing is sent by itself, so that there is something that waits to be looked at.
    name: "exchange-wifi-only",
    title: "Gửi và nhận: chỉ gửi qua Wi-Fi",
    async open(page) {
      await openExchange(page);
      await page.getByRole("checkbox", { name: "Chỉ gửi qua Wi-Fi" }).click();
      await expect(page.getByText("Máy này không cho biết đang dùng Wi-Fi hay 4G")).toBeVisible();
      await onMobileData(page);
      await expect(page.getByText(/chờ Wi-Fi rồi mới tự/)).toBeVisible();
    },
  },
  { name: "list", title: "Hộ dân: cả danh sách", open: openList },
  {
    name: "list-found",
    title: "Hộ dân: tìm không cần gõ dấu",
    async open(page) {
      await searchField(page).fill("a pao");
      await expect(page.getByText("khớp “a pao”")).toBeVisible();
    },
  },
  {
    name: "list-none",
    title: "Hộ dân: tìm không thấy",
    async open(page) {
      await searchField(page).fill("không có ai");
      await expect(page.getByRole("heading", { name: "Không thấy “không có ai”" })).toBeVisible();
    },
  },
  {
    name: "add-household",
    title: "Thêm hộ",
    async open(page) {
      await page.getByRole("button", { name: "Thêm hộ" }).first().click();
      await page.getByRole("dialog").getByLabel("Số điện thoại").fill("12");
      await page.getByRole("dialog").getByRole("button", { name: "Thêm hộ" }).click();
      await expect(page.getByRole("alert").first()).toBeVisible();
    },
  },
  {
    name: "sort",
    title: "Xếp danh sách",
    async open(page) {
      await closeDialog(page);
      await searchField(page).fill("");
      await page.getByRole("button", { name: /^Xếp theo/ }).click();
    },
  },
  {
    name: "household",
    title: "Một hộ",
    async open(page) {
      await closeDialog(page);
      await openHousehold(page, MET);
    },
  },
  {
    name: "household-legend",
    title: "Một hộ: ý nghĩa các hình",
    open: (page) => page.getByText("Ý nghĩa các hình").last().click(),
  },
  {
    // No permission was given: that is told, and stops nothing.
    name: "position-denied",
    title: "Một hộ: chưa được dùng vị trí",
    async open(page) {
      await page.getByRole("button", { name: "Ghi vị trí nhà này" }).click();
      await expect(page.getByRole("alert").first()).toBeVisible();
    },
  },
  { name: "household-edit", title: "Sửa thông tin hộ", open: (page) => page.getByRole("button", { name: "Sửa thông tin hộ" }).click() },
  {
    name: "person-edit",
    title: "Sửa thông tin một người",
    async open(page) {
      await closeDialog(page);
      await page.getByRole("button", { name: `Sửa ${MET}` }).click();
    },
  },
  {
    name: "visit-menu",
    title: "Sửa hoặc rút một lượt thăm",
    async open(page) {
      await closeDialog(page);
      await page.getByRole("button", { name: /^Sửa hoặc rút lượt thăm/ }).first().click();
    },
  },
  {
    name: "visit",
    title: "Ghi lượt thăm: kết quả",
    async open(page) {
      await closeDialog(page);
      await page.getByRole("link", { name: "Ghi lượt thăm" }).click();
      await expect(page.getByRole("radio", { name: /^Vắng nhà/ })).toBeVisible();
    },
  },
  {
    name: "visit-consent",
    title: "Ghi lượt thăm: hỏi ý kiến",
    async open(page) {
      await page.getByRole("radio", { name: "Đã gặp" }).click();
      await page.getByRole("checkbox", { name: /chưa hỏi/ }).first().click();
      await expect(page.getByRole("heading", { name: /^Hỏi ý kiến/ })).toBeVisible();
    },
  },
  {
    name: "visit-consent-large",
    title: "Hỏi ý kiến: xem chữ to",
    async open(page) {
      await page.getByRole("button", { name: "Xem chữ to" }).click();
      await expect(page.getByRole("dialog")).toContainText("Lúc nào cũng rút lại");
    },
  },
  {
    name: "visit-not-asked",
    title: "Ghi lượt thăm: chưa hỏi ý kiến",
    async open(page) {
      await closeDialog(page);
      await page.getByRole("button", { name: "Hỏi sau" }).click();
      await expect(page.getByText(/chưa ghi kỹ năng của người này/)).toBeVisible();
    },
  },
  {
    name: "visit-open-tile",
    title: "Ghi lượt thăm: một kỹ năng",
    async open(page) {
      await page.getByRole("button", { name: "Hỏi ngay" }).click();
      await page.getByRole("button", { name: "Đồng ý", exact: true }).click();
      await page.getByText("Dịch vụ công trực tuyến").last().click();
      await page.getByRole("radio", { name: "Làm được khi có người giúp" }).click();
      await page.getByRole("heading", { name: /^Năm kỹ năng của/ }).evaluate((el) => el.scrollIntoView({ block: "start" }));
    },
  },
  {
    name: "visit-services",
    title: "Ghi lượt thăm: đã giúp làm gì",
    async open(page) {
      await page.getByText("Đã giúp làm").click();
      await page.getByRole("button", { name: /^Thêm một: Lấy số/ }).click();
      await page.getByText("Đi cùng ai?").click();
    },
  },
  {
    name: "visit-refused-text",
    title: "Ghi lượt thăm: không nhận số căn cước",
    async open(page) {
      await page.getByRole("radio", { name: "Chọn ngày" }).click();
      await page.getByLabel("Ghi chú").fill("CCCD 0123 4567 8901");
      await page.getByRole("button", { name: "Lưu lượt thăm" }).click();
      await expect(page.getByRole("alert").first()).toBeVisible();
    },
  },
  { name: "visit-day", title: "Ghi lượt thăm: đổi ngày thăm", open: (page) => page.getByRole("button", { name: /^Đổi ngày thăm/ }).click() },
  {
    name: "list-with-draft",
    title: "Hộ dân: có lượt thăm đang ghi dở",
    async open(page) {
      await closeDialog(page);
      await page.getByLabel("Ghi chú").fill("Bà nhờ cháu cài giúp");
      await openList(page);
      await expect(page.getByText("Đang ghi dở")).toBeVisible();
    },
  },
  {
    name: "saved",
    title: "Đã lưu lượt thăm",
    async open(page) {
      await page.getByRole("link", { name: "Ghi tiếp", exact: true }).click();
      await page.getByRole("radio", { name: "Không hẹn" }).click();
      await page.getByRole("button", { name: "Lưu lượt thăm" }).click();
      // The bar is there before the form has made way for the household.
      await expect(page.getByRole("link", { name: "Ghi lượt thăm" })).toBeVisible();
      // Whoever is on the bar keeps it: it would go by itself before it has been looked at.
      await page.getByRole("button", { name: "Hoàn tác" }).hover();
    },
  },
];
