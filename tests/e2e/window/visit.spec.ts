// The same visit as in the browser, in the real window.

import { expect, test } from "../support/app.ts";
import { exec, output } from "../support/processes.mjs";
import { LIST } from "../support/steps.ts";
import { by, keptDrafts } from "./form.ts";
import { Window } from "./webdriver.ts";

test.describe.configure({ timeout: 120_000 });

test("a team is started in the window", async ({ folder }) => {
  const window = await Window.open(`${folder}/tablet`);
  await window.click(by.link("Lập tổ mới"));
  await window.type(by.field("Tên tổ"), "Tổ CNSCĐ thôn Hang Trùng");
  await window.type(by.field("Thôn, bản"), "Thôn Hang Trùng");
  await window.type(by.field("Họ và tên"), "Giàng A Páo");
  await window.click(by.button("Lập tổ"));
  await window.expectText("//h2", "Chưa có hộ nào");
  await window.close();
});

test("a visit survives the death of the window in its form, and is saved", async ({ folder }) => {
  const data = `${folder}/tablet`;
  await output("tungnha", ["import", "--data", data, "--member", "Giàng A Páo", LIST]);

  let window = await Window.open(data);
  await window.click(by.link("Hộ dân"));
  await window.type(by.search, "trang a pao");
  await window.click(by.link("Tráng A Páo"));
  await window.click(by.link("Ghi lượt thăm"));
  await window.click(by.answer("Đã gặp"));
  await window.click(by.button("Đồng ý"));
  await window.click(by.tile("Dịch vụ công trực tuyến"));
  await window.click(by.answer("Làm được khi có người giúp"));
  await window.click(by.tile("Thanh toán trực tuyến"));
  await window.click(by.answer("Đã hướng dẫn"));
  await window.type(by.field("Ghi chú"), "Cài lại VNeID sau phiên chợ");
  await expect.poll(() => window.evaluate(keptDrafts)).toMatchObject([{ note: "Cài lại VNeID sau phiên chợ" }]);
  await window.kill();

  window = await Window.open(data);
  await window.click(by.link("Ghi tiếp"));
  expect(await window.property(by.field("Ghi chú"), "value")).toBe("Cài lại VNeID sau phiên chợ");
  expect(await window.property(`${by.answer("Đã gặp")}/input`, "checked")).toBe(true);
  expect(await window.property(`${by.answer("Đã hướng dẫn")}/input`, "checked")).toBe(true);
  await window.click(by.answer("7 ngày"));
  await window.click(by.button("Lưu lượt thăm"));
  await window.expectText("//section[contains(@class, 'undo')]", "Đã lưu trên máy này");
  await window.close();

  const [list] = await exec(data, [{ command: "household_list", args: { search: "trang a pao" } }]);
  const [household] = await exec(data, [{ command: "household_get", args: { household: list.rows[0].id } }]);
  expect(household.draft).toBeNull();
  expect(household.visits).toHaveLength(1);
  expect(household.visits[0]).toMatchObject({ outcome: "met", note: "Cài lại VNeID sau phiên chợ" });
  expect(household.visits[0].assessments).toHaveLength(2);
  expect(household.visits[0].follow_up).not.toBeNull();
});
