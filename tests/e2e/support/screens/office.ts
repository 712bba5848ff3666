// Several notebooks on one tablet, and the commune's office, which looks after the hamlets' notebooks.

import { type Page, expect } from "@playwright/test";

import { ALONE, BEGUN, HELPER, OFFICE, SILENT, TWICE, WORKING } from "../office.ts";
import { openList, rows } from "../steps.ts";
import { type Screen, closeBar, more, titled } from "./screen.ts";

/** On the office's tablet. */
export const OFFICE_DAY: Screen[] = [
  {
    name: "office",
    title: "Văn phòng xã: các thôn",
    async open(page) {
      await more(page, "office", "Văn phòng xã");
      await expect(page.getByRole("link", { name: new RegExp(WORKING.hamlet) })).toBeVisible();
    },
  },
  {
    name: "office-hamlet",
    title: "Văn phòng xã: một thôn",
    async open(page) {
      await page.getByRole("link", { name: new RegExp(WORKING.hamlet) }).click();
      await expect(page.getByRole("button", { name: "Mở sổ này" })).toBeVisible();
    },
  },
  {
    name: "office-hamlet-silent",
    title: "Văn phòng xã: một thôn chưa có ai",
    async open(page) {
      await more(page, "office", "Văn phòng xã");
      await page.getByRole("link", { name: new RegExp(ALONE) }).click();
      await expect(page.getByText(/^Sổ này chưa nối máy chủ/)).toBeVisible();
    },
  },
  {
    name: "office-found",
    title: "Lập sổ cho các thôn",
    async open(page) {
      await more(page, "office/new", "Lập sổ cho các thôn");
      await page.getByLabel("Tên các thôn").fill(`1. Bản Bó Nhàng\n2. Bản Co Lắm\n3. ${SILENT}\n4. Bản Co Lắm`);
      await expect(page.getByText("Sẽ lập 2 sổ")).toBeVisible();
    },
  },
  {
    name: "office-found-look",
    title: "Lập sổ cho các thôn: xem trước",
    async open(page) {
      await page.getByRole("button", { name: "Xem trước" }).click();
      await expect(page.getByRole("button", { name: "Lập 2 sổ" })).toBeVisible();
    },
  },
  {
    name: "office-add",
    title: "Thêm sổ đã có vào danh sách",
    async open(page) {
      await more(page, "office/add", "Thêm sổ đã có");
      await page.getByRole("button", { name: "Vào sổ và thêm" }).click();
      await expect(page.getByRole("alert").first()).toBeVisible();
    },
  },
  {
    name: "office-send",
    title: "Gửi xuống các thôn: chọn thứ cần gửi",
    async open(page) {
      await more(page, "office/send", "Gửi xuống các thôn");
      await expect(page.getByRole("link", { name: /^Ngày 28\/11 tập huấn/ })).toBeVisible();
    },
  },
  {
    name: "office-send-to",
    title: "Gửi xuống các thôn: những thôn nào",
    async open(page) {
      await page.getByRole("link", { name: /^Ngày 28\/11 tập huấn/ }).click();
      await page.getByRole("checkbox", { name: new RegExp(ALONE) }).click();
      await expect(page.getByRole("button", { name: "Gửi xuống 3 thôn" })).toBeVisible();
    },
  },
  {
    name: "office-sent",
    title: "Gửi xuống các thôn: đã gửi",
    async open(page) {
      await page.getByRole("button", { name: "Gửi xuống 3 thôn" }).click();
      await expect(page.getByText(/^Đã ghi vào sổ của 3 thôn/)).toBeVisible();
    },
  },
  {
    name: "commune-report",
    title: "Báo cáo cả xã",
    async open(page) {
      await titled(page, "report", /^Báo cáo tháng/);
      await expect(page.getByRole("region", { name: "Các thôn" })).toBeVisible();
    },
  },
  {
    name: "office-alike",
    title: "Báo cáo cả xã: có thể bị tính hai lần",
    async open(page) {
      await page.getByRole("link", { name: "Xem từng người" }).click();
      await expect(page.getByRole("heading", { name: TWICE.name })).toBeVisible();
    },
  },
  {
    name: "commune-records",
    title: "Báo cáo cả xã: ghi chép đằng sau con số",
    async open(page) {
      await titled(page, "report", /^Báo cáo tháng/);
      await page.getByRole("link", { name: /^Hộ được thăm trong kỳ/ }).click();
      const records = page.getByRole("region", { name: "Ghi chép đằng sau con số" });
      await expect(records.getByRole("button").first()).toBeVisible();
    },
  },
  {
    name: "commune-print",
    title: "Báo cáo cả xã: trang để in và ký",
    async open(page) {
      await titled(page, "report", /^Báo cáo tháng/);
      await page.getByRole("link", { name: "In", exact: true }).click();
      await expect(page.getByRole("table").first()).toBeVisible();
    },
  },
  {
    name: "commune-progress",
    title: "Tiến độ cả xã",
    async open(page) {
      await titled(page, "progress", "Tiến độ");
      await expect(page.getByRole("button", { name: "Cả xã" })).toBeVisible();
      await expect(page.getByText(/^Đang cộng số liệu/)).toBeHidden();
    },
  },
  { name: "notebooks", title: "Các sổ trên máy này", open: (page) => more(page, "notebooks", "Các sổ trên máy này") },
  {
    name: "notebooks-join",
    title: "Thêm sổ khác: vào tổ đã có",
    async open(page) {
      await page.getByRole("link", { name: /Vào tổ đã có/ }).click();
      await expect(page.getByRole("button", { name: "Vào tổ" })).toBeVisible();
    },
  },
  {
    name: "notebooks-new",
    title: "Thêm sổ khác: lập tổ mới",
    async open(page) {
      await more(page, "notebooks", "Các sổ trên máy này");
      await page.getByRole("link", { name: /Lập tổ mới/ }).click();
      await expect(page.getByRole("button", { name: "Lập tổ" })).toBeVisible();
    },
  },
  {
    name: "notebooks-opened",
    title: "Hôm nay: vừa mở sổ của một thôn",
    async open(page) {
      await openNotebook(page, WORKING.hamlet);
      await expect(page.getByRole("heading", { level: 1, name: "Hôm nay" })).toBeVisible();
      // Whoever is on the bar keeps it, until the next screen.
      await page.locator("section.undo").getByText(`Đã mở sổ ${WORKING.hamlet}`).hover();
    },
  },
  {
    name: "notebooks-list",
    title: "Hộ dân: sổ nào đang mở ghi ở trên cùng",
    async open(page) {
      await closeBar(page);
      await openList(page);
    },
  },
  {
    name: "notebooks-visit",
    title: "Ghi lượt thăm: sổ nào đang mở ghi ở trên cùng",
    async open(page) {
      await rows(page).first().click();
      await page.getByRole("link", { name: "Ghi lượt thăm" }).click();
      await expect(page.getByRole("radio", { name: /^Vắng nhà/ })).toBeVisible();
    },
  },
  {
    // Whoever does not answer for the hamlets is not known in their notebooks.
    name: "notebooks-who",
    title: "Mở sổ: ai đang mở sổ này?",
    async open(page) {
      await openNotebook(page, OFFICE);
      await expect(page.getByRole("navigation", { name: "Sổ đang mở" })).toContainText(OFFICE);
      await more(page, "members", "Thành viên tổ");
      await page.getByRole("button", { name: `Đổi sang ${HELPER}` }).click();
      await expect(page.getByText(`Từ giờ ghi bằng tên ${HELPER}.`).first()).toBeVisible();
      await openNotebook(page, BEGUN.hamlet);
      await expect(page.getByRole("dialog", { name: "Ai đang mở sổ này?" }).getByRole("button", { name: BEGUN.leader })).toBeVisible();
    },
  },
];

async function openNotebook(page: Page, name: string) {
  await more(page, "notebooks", "Các sổ trên máy này");
  await page.getByRole("button", { name: new RegExp(`^${name}`) }).click();
}
