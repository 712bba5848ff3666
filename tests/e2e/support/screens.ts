// Every screen and how a person gets there, in an order in which one leads to the next: for the checks
// that go over all of them, and for the pictures.

import { type Page, expect } from "@playwright/test";

import { workbook } from "./processes.mjs";
import { chooseFile, onMobileData, openExchange, openHousehold, openList, openRoom, searchField, startTeam } from "./steps.ts";

export interface Screen {
  name: string;
  open(page: Page): Promise<unknown>;
}

const MET = "Thào A Páo";

/** On a notebook in which nothing is yet. */
export const FIRST_DAY: Screen[] = [
  { name: "start", open: (page) => expect(page.getByRole("link", { name: /Lập tổ mới/ })).toBeVisible() },
  {
    name: "join",
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
    async open(page) {
      await at(page, "start/new");
      await page.getByRole("button", { name: "Lập tổ" }).click();
      await expect(page.getByRole("alert").first()).toBeVisible();
    },
  },
  {
    name: "empty-list",
    async open(page) {
      await at(page, "");
      await startTeam(page, "Giàng A Páo");
    },
  },
  { name: "no-relay", open: openExchange },
  { name: "no-activity", open: (page) => more(page, "activities", "Hoạt động") },
  { name: "no-conflict", open: (page) => more(page, "review", "Cần xem lại") },
  { name: "import", open: (page) => more(page, "import", "Nhập danh sách hộ") },
  {
    name: "import-look",
    async open(page) {
      await chooseFile(page, workbook("06-nhieu-loi.xlsx"));
      await expect(page.getByRole("heading", { name: "Dòng cần để ý" })).toBeVisible();
      for (const fold of await page.locator("details.fold > summary").all()) await fold.click();
    },
  },
  {
    name: "import-done",
    async open(page) {
      await page.getByRole("button", { name: /^Nhập \d+ hộ$/ }).click();
      await expect(page.getByRole("heading", { name: "Đã nhập xong" })).toBeVisible();
    },
  },
];

/** On a notebook some days into the work. */
export const WORKING_DAY: Screen[] = [
  {
    // From here on nothing is sent by itself, so that there is something that waits to be looked at.
    name: "exchange-wifi-only",
    async open(page) {
      await openExchange(page);
      await page.getByRole("checkbox", { name: "Chỉ gửi qua Wi-Fi" }).click();
      await expect(page.getByText("Máy này không cho biết đang dùng Wi-Fi hay 4G")).toBeVisible();
      await onMobileData(page);
      await expect(page.getByText(/chờ Wi-Fi rồi mới tự/)).toBeVisible();
    },
  },
  { name: "list", open: openList },
  {
    name: "list-found",
    async open(page) {
      await searchField(page).fill("a pao");
      await expect(page.getByText("khớp “a pao”")).toBeVisible();
    },
  },
  {
    name: "list-none",
    async open(page) {
      await searchField(page).fill("không có ai");
      await expect(page.getByRole("heading", { name: "Không thấy “không có ai”" })).toBeVisible();
    },
  },
  {
    name: "add-household",
    async open(page) {
      await page.getByRole("button", { name: "Thêm hộ" }).first().click();
      await page.getByRole("dialog").getByLabel("Số điện thoại").fill("12");
      await page.getByRole("dialog").getByRole("button", { name: "Thêm hộ" }).click();
      await expect(page.getByRole("alert").first()).toBeVisible();
    },
  },
  {
    name: "sort",
    async open(page) {
      await closeDialog(page);
      await searchField(page).fill("");
      await page.getByRole("button", { name: /^Xếp theo/ }).click();
    },
  },
  {
    name: "household",
    async open(page) {
      await closeDialog(page);
      await openHousehold(page, MET);
      await page.getByText("Ý nghĩa các hình").last().click();
    },
  },
  {
    // No permission was given: that is told, and stops nothing.
    name: "position-denied",
    async open(page) {
      await page.getByRole("button", { name: "Ghi vị trí nhà này" }).click();
      await expect(page.getByRole("alert").first()).toBeVisible();
    },
  },
  { name: "household-edit", open: (page) => page.getByRole("button", { name: "Sửa thông tin hộ" }).click() },
  {
    name: "person-edit",
    async open(page) {
      await closeDialog(page);
      await page.getByRole("button", { name: `Sửa ${MET}` }).click();
    },
  },
  {
    name: "visit-menu",
    async open(page) {
      await closeDialog(page);
      await page.getByRole("button", { name: /^Sửa hoặc rút lượt thăm/ }).first().click();
    },
  },
  {
    name: "visit",
    async open(page) {
      await closeDialog(page);
      await page.getByRole("link", { name: "Ghi lượt thăm" }).click();
      await expect(page.getByRole("radio", { name: /^Vắng nhà/ })).toBeVisible();
    },
  },
  {
    name: "visit-consent",
    async open(page) {
      await page.getByRole("radio", { name: "Đã gặp" }).click();
      await page.getByRole("checkbox", { name: /chưa hỏi/ }).first().click();
      await expect(page.getByRole("heading", { name: /^Hỏi ý kiến/ })).toBeVisible();
    },
  },
  {
    name: "visit-consent-large",
    async open(page) {
      await page.getByRole("button", { name: "Xem chữ to" }).click();
      await expect(page.getByRole("dialog")).toContainText("Lúc nào cũng rút lại");
    },
  },
  {
    name: "visit-not-asked",
    async open(page) {
      await closeDialog(page);
      await page.getByRole("button", { name: "Hỏi sau" }).click();
      await expect(page.getByText(/chưa ghi kỹ năng của người này/)).toBeVisible();
    },
  },
  {
    name: "visit-open-tile",
    async open(page) {
      await page.getByRole("button", { name: "Hỏi ngay" }).click();
      await page.getByRole("button", { name: "Đồng ý", exact: true }).click();
      await page.getByText("Dịch vụ công trực tuyến").last().click();
      await page.getByRole("radio", { name: "Làm được khi có người giúp" }).click();
      await page.getByText("Đã giúp làm").click();
      await page.getByText("Đi cùng ai?").click();
    },
  },
  {
    name: "visit-refused-text",
    async open(page) {
      await page.getByRole("radio", { name: "Chọn ngày" }).click();
      await page.getByLabel("Ghi chú").fill("CCCD 0123 4567 8901");
      await page.getByRole("button", { name: "Lưu lượt thăm" }).click();
      await expect(page.getByRole("alert").first()).toBeVisible();
    },
  },
  { name: "visit-day", open: (page) => page.getByRole("button", { name: /^Đổi ngày thăm/ }).click() },
  {
    name: "list-with-draft",
    async open(page) {
      await closeDialog(page);
      await page.getByLabel("Ghi chú").fill("Bà nhờ cháu cài giúp");
      await openList(page);
      await expect(page.getByText("Đang ghi dở")).toBeVisible();
    },
  },
  {
    name: "saved",
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
  {
    name: "exchange-invite",
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
    async open(page) {
      await openRoom(page);
      await page.getByLabel("Địa chỉ trên màn hình máy kia").fill("192.168.1");
      await page.getByRole("button", { name: "Gửi và nhận", exact: true }).click();
      await expect(page.getByRole("alert").first()).toBeVisible();
    },
  },
  {
    name: "room-open",
    async open(page) {
      await page.getByRole("button", { name: "Bắt đầu chia sẻ" }).click();
      await expect(page.getByRole("img", { name: "Mã QR của địa chỉ" })).toBeVisible();
      await page.getByRole("button", { name: "Tạo thư mời" }).click();
      await expect(page.getByRole("img", { name: "Mã QR của thư mời" })).toBeVisible();
    },
  },
  {
    name: "review",
    async open(page) {
      await more(page, "review", "Cần xem lại");
      await expect(page.getByText("0987 654 321")).toBeVisible();
    },
  },
  { name: "today", open: (page) => titled(page, "", "Hôm nay") },
  { name: "no-task", open: (page) => titled(page, "tasks", "Việc của cả tổ") },
  { name: "assign", open: (page) => titled(page, "tasks/new", "Giao việc") },
  {
    name: "assign-choose",
    async open(page) {
      await page.getByRole("button", { name: "Chọn hộ" }).click();
      await expect(page.getByRole("dialog").getByRole("checkbox").first()).toBeAttached();
    },
  },
  {
    name: "history",
    async open(page) {
      await closeDialog(page);
      await openHousehold(page, MET);
      await page.getByRole("link", { name: "Ai đã sửa gì, lúc nào" }).click();
      await expect(page.getByText(/Từ danh sách/).first()).toBeVisible();
    },
  },
  {
    name: "resident",
    async open(page) {
      await openHousehold(page, MET);
      await page.getByRole("link", { name: `Trang của ${MET}` }).click();
      await expect(page.getByRole("heading", { name: "Năm kỹ năng" })).toBeVisible();
    },
  },
  { name: "more", open: (page) => at(page, "more") },
  { name: "lessons", open: (page) => more(page, "lessons", "Hướng dẫn") },
  { name: "shared", open: (page) => more(page, "shared", "Máy dùng chung") },
  { name: "activities", open: (page) => more(page, "activities", "Hoạt động") },
  { name: "activity-form", open: (page) => page.getByRole("button", { name: "Ghi hoạt động" }).click() },
  { name: "members", open: (page) => more(page, "members", "Thành viên tổ") },
  { name: "member-form", open: (page) => page.getByRole("button", { name: "Thêm thành viên" }).click() },
  { name: "devices", open: (page) => more(page, "devices", "Các máy của tổ") },
  { name: "device-rename", open: (page) => page.getByRole("button", { name: "Đổi tên máy này" }).click() },
  { name: "places", open: (page) => more(page, "places", "Địa điểm") },
  { name: "place-form", open: (page) => page.getByRole("button", { name: "Thêm nơi" }).click() },
  { name: "checklist", open: (page) => more(page, "checklist", "Bộ tiêu chí") },
  {
    name: "about",
    async open(page) {
      await more(page, "about", "Giới thiệu");
      await page.getByRole("button", { name: "Kiểm tra sổ" }).click();
      await expect(page.getByText("Sổ nguyên vẹn")).toBeVisible();
    },
  },
];

/** A hamlet to practise with. */
export const PRACTICE: Screen[] = [
  {
    name: "practice",
    async open(page) {
      await page.getByRole("button", { name: /Tập với bản mẫu/ }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Hôm nay" })).toBeVisible();
    },
  },
  { name: "practice-end", open: (page) => page.getByRole("button", { name: "Kết thúc tập" }).first().click() },
];

async function at(page: Page, route: string) {
  await page.goto(new URL(`/#/${route}`, page.url()).href);
}

async function more(page: Page, route: string, title: string) {
  await titled(page, `more/${route}`, title);
}

async function titled(page: Page, route: string, title: string) {
  await at(page, route);
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

async function closeDialog(page: Page) {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Đóng" }).click();
  await expect(dialog).toBeHidden();
}
