// Every field of a visit's form, told once, for whoever kills the app at each of them: behind a browser, and in
// the real window.

import { exec, output, workbook } from "./processes.mjs";
import { day } from "./village.ts";

/** A household of two in the list of the whole commune. */
export const HEAD = "Thào A Páo";
export const WIFE = "Sùng Thị Sông";

export interface FormField {
  name: string;
  /** How it is answered: one of several, a tick, words, one more, or the day before. */
  kind: "radio" | "checkbox" | "text" | "count" | "yesterday";
  /** What the answer, or the field, is called on the glass. */
  label: string;
  /** The skill whose tile it stands in. */
  tile?: string;
  /** What is typed. */
  text?: string;
  /** Whether a kept form has it. */
  kept(form: Record<string, any>): boolean;
}

/** What is to be done at the household besides visiting. */
const ERRAND = "Đưa tờ hướng dẫn nộp tiền điện";

const LEVELS: [skill: string, tile: string, level: string, label: string][] = [
  ["shopping", "Mua sắm trực tuyến", "not_yet", "Chưa biết"],
  ["payment", "Thanh toán trực tuyến", "guided", "Đã hướng dẫn"],
  ["safety", "Tự bảo vệ trên mạng", "proficient", "Thành thạo"],
  ["local", "Nền tảng của địa phương", "guided", "Đã hướng dẫn"],
  ["public_services", "Dịch vụ công trực tuyến", "with_help", "Làm được khi có người giúp"],
];
const LAST_TILE = "Dịch vụ công trực tuyến";

/** In the order in which somebody fills them in; after whom was met comes the question for consent. */
export const FORM_FIELDS: FormField[] = [
  { name: "outcome", kind: "radio", label: "Đã gặp", kept: (form) => form["outcome"] === "met" },
  { name: "day of the visit", kind: "yesterday", label: "Hôm qua", kept: (form) => form["day"] === day(-1) },
  { name: "who was met", kind: "checkbox", label: WIFE, kept: (form) => has(form["met"]) },
  ...LEVELS.map(
    ([skill, tile, level, label]): FormField => ({
      name: `level of ${skill}`,
      kind: "radio",
      label,
      tile,
      kept: (form) => form["assessments"]?.some((one: any) => one.skill === skill && one.level === level),
    }),
  ),
  { name: "an item", kind: "checkbox", label: "Đăng nhập Cổng Dịch vụ công quốc gia", tile: LAST_TILE, kept: (form) => has(form["items"]) },
  { name: "lesson shown", kind: "checkbox", label: "Đã cho xem thẻ hướng dẫn", tile: LAST_TILE, kept: (form) => has(form["shown"]) },
  { name: "a service", kind: "count", label: "Lấy số thứ tự", kept: (form) => has(form["services"]) },
  { name: "a task that was done", kind: "checkbox", label: ERRAND, kept: (form) => has(form["tasks"]) },
  text("need", "Hộ cần gì?"),
  text("obstacle", "Vướng mắc cần báo lên"),
  text("note", "Ghi chú"),
  { name: "day to come back", kind: "radio", label: "7 ngày", kept: (form) => Boolean(form["follow_up"]) },
];

function text(field: string, label: string): FormField {
  const words = "Cần người tới chỉ lại, ở cuối bản sóng yếu";
  return { name: field, kind: "text", label, text: words, kept: (form) => form[field] === words };
}

/** A notebook with that household, and something to be done there. */
export async function prepareForm(data: string): Promise<void> {
  await output("tungnha", ["import", "--data", data, "--member", "Giàng A Páo", workbook("02-nhan-khau-xa.xlsx")]);
  const [list, members] = await exec(data, [
    { command: "household_list", args: { search: HEAD, limit: 1 } },
    { command: "member_list", args: {} },
  ]);
  await exec(data, [{ command: "task_assign", args: { who: members[0].id, households: [list.rows[0].id], what: ERRAND } }]);
}

function has(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0;
}
