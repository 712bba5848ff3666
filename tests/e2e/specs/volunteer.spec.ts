// A volunteer's day on a cheap phone, from the first start to the relay in town.

import { expect, test } from "../support/app.ts";
import {
  addPerson, chooseFile, connectRelay, importList, newestVisit, openHousehold, openList, rows, searchField, sendNow, startTeam,
  LIST,
} from "../support/steps.ts";
import { countTaps } from "../support/taps.ts";

test.use({ contextOptions: { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true } });

test("from a fresh start through import, a search and a visit in ten taps, to the relay", async ({ openDevice, relay }) => {
  const { page } = await openDevice("phone");

  await test.step("Páo starts a team with no network", async () => {
    await startTeam(page, "Giàng A Páo");
  });

  await test.step("looks at what the list would become, and imports it", async () => {
    await page.getByRole("link", { name: "Nhập danh sách hộ" }).tap();
    await chooseFile(page, LIST);
    await expect(page.getByText("120 hộ, 120 người")).toBeVisible();
    await expect(page.getByLabel("Cột B trở thành")).toHaveValue("head_name");
    await expect(page.getByLabel("Cột E trở thành")).toHaveValue("phone");
    await page.getByRole("button", { name: "Nhập 120 hộ" }).tap();
    await expect(page.getByText("120 hộ mới")).toBeVisible();
    await page.getByRole("link", { name: "Xem danh sách hộ" }).tap();
    await expect(page.getByRole("status").filter({ hasText: "120 hộ" })).toBeVisible();
  });

  await test.step("finds two Páo without typing a mark, and tells them apart by where they live", async () => {
    await searchField(page).fill("a pao");
    await expect(rows(page)).toHaveCount(2);
    await expect(rows(page).filter({ hasText: "Tráng A Páo" })).toContainText("Tổ 16");
    await expect(rows(page).filter({ hasText: "Vàng A Páo" })).toContainText("Ngõ 37");
    await searchField(page).fill("trang a pao");
    await expect(rows(page)).toHaveCount(1);
  });

  await test.step("adds the wife who opened the door", async () => {
    await rows(page).tap();
    await addPerson(page, "Sùng Thị Mỷ", "1969");
    await page.getByRole("button", { name: "Quay lại" }).tap();
    await expect(rows(page)).toHaveCount(1);
  });

  await test.step("logs the visit, from the row to saved, in at most ten taps", async () => {
    const taps = await countTaps(page, "[aria-label^='Hỏi ý kiến']");
    await rows(page).tap();
    await page.getByRole("link", { name: "Ghi lượt thăm" }).tap();
    await page.getByLabel("Đã gặp", { exact: true }).tap();
    await page.getByRole("checkbox", { name: /Sùng Thị Mỷ/ }).tap();
    await page.getByRole("region", { name: "Hỏi ý kiến Sùng Thị Mỷ" }).getByRole("button", { name: "Đồng ý", exact: true }).tap();
    await page.getByText("Dịch vụ công trực tuyến").tap();
    await page.getByRole("radio", { name: "Làm được khi có người giúp" }).tap();
    await page.getByText("Thanh toán trực tuyến").tap();
    await page.getByRole("radio", { name: "Đã hướng dẫn" }).tap();
    await page.getByRole("radio", { name: /^7 ngày/ }).tap();
    await page.getByRole("button", { name: "Lưu lượt thăm" }).tap();
    await expect(page.getByText("Đã lưu trên máy này: đã gặp.").last()).toBeVisible();
    const needed = await taps();
    test.info().annotations.push({ type: "taps", description: String(needed) });
    expect(needed).toBeGreaterThan(8);
    expect(needed).toBeLessThanOrEqual(10);
  });

  await test.step("reads back what was saved, and that it is on this device only", async () => {
    const visit = newestVisit(page);
    await expect(visit).toContainText("Sùng Thị Mỷ, Dịch vụ công trực tuyến: làm được khi có người giúp.");
    await expect(visit).toContainText("Sùng Thị Mỷ, Thanh toán trực tuyến: đã hướng dẫn.");
    await expect(visit).toContainText("Hẹn quay lại");
    await expect(visit).toContainText("Giàng A Páo ghi");
    await expect(visit).toContainText("Trên máy này");
    await expect(page.getByText("đã đồng ý")).toHaveCount(1);
  });

  await test.step("at the next door nobody is home: two taps, and one to take it back", async () => {
    await openList(page);
    await openHousehold(page, "Vàng A Páo");
    const taps = await countTaps(page);
    await page.getByRole("link", { name: "Ghi lượt thăm" }).tap();
    await page.getByRole("radio", { name: /^Vắng nhà/ }).tap();
    await expect(newestVisit(page)).toContainText("Vắng nhà");
    expect(await taps()).toBe(2);
    await page.getByRole("button", { name: "Hoàn tác" }).tap();
    await expect(page.getByText("Chưa ai thăm hộ này")).toBeVisible();
    await page.getByRole("link", { name: "Ghi lượt thăm" }).tap();
    await page.getByRole("radio", { name: /^Vắng nhà/ }).tap();
    await expect(newestVisit(page)).toContainText("Vắng nhà");
  });

  await test.step("in town the team connects to a relay with a pass, and sends", async () => {
    await connectRelay(page, await relay.pass());
    await sendNow(page);
    await expect(page.getByText("Đã gửi hết").first()).toBeVisible();
    await openHousehold(page, "Tráng A Páo");
    await expect(newestVisit(page)).toContainText(/Đã tới \d\d:\d\d/);
    await expect(newestVisit(page).getByTitle(/^Đã tới máy chủ .* lúc \d\d:\d\d/)).toBeVisible();
  });

  await test.step("behind the mountain again a visit waits, and arrives when the relay is back", async () => {
    await relay.stop();
    await page.getByRole("link", { name: "Ghi lượt thăm" }).tap();
    await page.getByRole("radio", { name: /^Vắng nhà/ }).tap();
    await expect(newestVisit(page)).toContainText("Chờ gửi");
    await relay.start();
    await sendNow(page);
    await openHousehold(page, "Tráng A Páo");
    await expect(newestVisit(page)).toContainText(/Đã tới \d\d:\d\d/);
  });
});

test("the same list once more, and an import taken back, leave each household once", async ({ openDevice }) => {
  const { page } = await openDevice("phone");
  await startTeam(page, "Giàng A Páo");
  await importList(page);
  await page.goto(new URL("/#/more/import", page.url()).href);
  await chooseFile(page, LIST);
  await page.getByRole("button", { name: "Nhập 120 hộ" }).tap();
  await expect(page.getByText("0 hộ mới", { exact: true })).toBeVisible();
  await expect(page.getByText("120 hộ đã có đủ")).toBeVisible();

  await openList(page);
  await expect(page.getByRole("status").filter({ hasText: "120 hộ" })).toBeVisible();
  await openHousehold(page, "Tráng A Páo");
  await page.getByRole("link", { name: "Ghi lượt thăm" }).tap();
  await page.getByRole("radio", { name: /^Vắng nhà/ }).tap();
  await expect(newestVisit(page)).toContainText("Vắng nhà");

  await page.goto(new URL("/#/more/import", page.url()).href);
  await page.getByRole("button", { name: "Lấy lại cả lần nhập" }).last().tap();
  await expect(page.getByText("Đã lấy lại", { exact: true })).toBeVisible();
  await page.getByText("1 hộ ở lại sổ").tap();
  await page.getByRole("link", { name: /Tráng A Páo/ }).tap();
  await expect(newestVisit(page)).toContainText("Vắng nhà");
  await openList(page);
  await expect(page.getByRole("status").filter({ hasText: /^\s*1 hộ/ })).toBeVisible();
});
