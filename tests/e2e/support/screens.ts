// Every screen and how a person gets there, in an order in which one leads to the next: for the checks
// that go over all of them, and for the pictures.

import { type Page, expect } from "@playwright/test";

import { DE } from "./hamlet.ts";
import { workbook } from "./processes.mjs";
import { chooseFile, onMobileData, openExchange, openHousehold, openList, openRoom, searchField, startTeam } from "./steps.ts";

export interface Screen {
  name: string;
  /** What it is called in the guide, for its readers. */
  title: string;
  open(page: Page): Promise<unknown>;
}

const MET = "Thào A Páo";

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

/** On a notebook some days into the work. */
export const WORKING_DAY: Screen[] = [
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
      await page.locator("section.undo").getByRole("button", { name: "Đóng" }).click();
      await openHousehold(page, MET);
      await page.getByText("Tách hộ, chuyển hộ").click();
      await page.getByRole("link", { name: "Chuyển sang hộ khác" }).click();
      await page.getByRole("button", { name: "Chuyển sang hộ khác" }).click();
      await expect(page.getByRole("alert").first()).toBeVisible();
    },
  },
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
    name: "report-records",
    title: "Báo cáo: ghi chép đằng sau con số",
    async open(page) {
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
      await page.getByRole("link", { name: /^Ra quân 10 ngày/ }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Ra quân 10 ngày" })).toBeVisible();
    },
  },
  { name: "notices", title: "Thông báo của xã", open: (page) => titled(page, "notices", "Thông báo của xã") },
  { name: "more", title: "Thêm", open: (page) => at(page, "more") },
  { name: "settings", title: "Cài đặt", open: (page) => more(page, "settings", "Cài đặt") },
  { name: "data", title: "Dữ liệu ở đâu?", open: (page) => more(page, "data", "Dữ liệu ở đâu?") },
  { name: "lessons", title: "Hướng dẫn: các thẻ", open: (page) => more(page, "lessons", "Hướng dẫn") },
  { name: "shared", title: "Máy dùng chung: chưa có mã PIN", open: (page) => more(page, "shared", "Máy dùng chung") },
  { name: "activities", title: "Hoạt động của tổ", open: (page) => more(page, "activities", "Hoạt động") },
  { name: "activity-form", title: "Ghi hoạt động", open: (page) => page.getByRole("button", { name: "Ghi hoạt động" }).click() },
  { name: "members", title: "Thành viên tổ", open: (page) => more(page, "members", "Thành viên tổ") },
  { name: "member-form", title: "Thêm thành viên", open: (page) => page.getByRole("button", { name: "Thêm thành viên" }).click() },
  { name: "devices", title: "Các máy của tổ", open: (page) => more(page, "devices", "Các máy của tổ") },
  { name: "device-rename", title: "Đổi tên máy này", open: (page) => page.getByRole("button", { name: "Đổi tên máy này" }).click() },
  { name: "teams", title: "Các tổ của sổ", open: (page) => more(page, "teams", "Tổ") },
  { name: "team-form", title: "Thêm tổ", open: (page) => page.getByRole("button", { name: "Thêm tổ" }).click() },
  {
    name: "team",
    title: "Một tổ: người, nhóm, tập huấn",
    async open(page) {
      await page.keyboard.press("Escape");
      await more(page, "teams", "Tổ");
      await page.getByRole("link", { name: /Tổ CNSCĐ/ }).first().click();
      await expect(page.getByRole("heading", { name: "Tập huấn của tổ" })).toBeVisible();
    },
  },
  {
    name: "member",
    title: "Sửa một thành viên",
    async open(page) {
      await page.getByRole("region", { name: "Người của tổ" }).getByRole("link").first().click();
      await expect(page.getByLabel("Ở đây gọi là")).toBeVisible();
    },
  },
  { name: "places", title: "Địa bàn", open: (page) => more(page, "places", "Địa bàn") },
  { name: "place-form", title: "Thêm một nơi", open: (page) => page.getByRole("button", { name: "Thêm nơi" }).click() },
  {
    name: "places-change",
    title: "Đổi tên, gộp, tách: xem trước",
    async open(page) {
      await page.keyboard.press("Escape");
      await more(page, "places", "Địa bàn");
      await page.getByRole("link", { name: "Thay đổi địa bàn" }).click();
      await page.getByRole("radio", { name: "Đổi tên" }).click();
      await page.getByRole("group", { name: "Nơi nào đổi tên" }).or(page.getByRole("radiogroup", { name: "Nơi nào đổi tên" })).getByRole("radio").first().click();
      await page.getByRole("textbox", { name: "Tên mới" }).fill("Bản Đoàn Kết");
      await page.getByRole("button", { name: "Xem trước" }).click();
      await expect(page.getByRole("heading", { name: "Sẽ thành thế này" })).toBeVisible();
    },
  },
  {
    name: "official",
    title: "Tra xã cũ",
    async open(page) {
      await at(page, "more/places/official");
      await page.getByRole("button", { name: /Xã cũ/ }).click();
      await page.getByRole("searchbox").fill("chieng khoa van ho");
      await page.getByRole("button", { name: /Chiềng Khoa/ }).first().click();
      await expect(page.getByText("Xã Chiềng Khoa nay là")).toBeVisible();
    },
  },
  { name: "checklist", title: "Bộ tiêu chí", open: (page) => more(page, "checklist", "Bộ tiêu chí") },
  {
    name: "about",
    title: "Giới thiệu, kiểm tra sổ",
    async open(page) {
      await more(page, "about", "Giới thiệu");
      await page.getByRole("button", { name: "Kiểm tra sổ" }).click();
      await expect(page.getByText("Sổ nguyên vẹn")).toBeVisible();
    },
  },
];

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
