// Two people of one team on two devices, and the relay between them.

import type { Page } from "@playwright/test";

import { expect, test } from "../support/app.ts";
import {
  connectRelay, fillJoin, importList, join, newestVisit, openExchange, openHousehold, openList, rows, searchField, sendNow, startTeam,
} from "../support/steps.ts";

test("two devices share one notebook, and choose between two phone numbers", async ({ openDevice, relay }) => {
  const [{ page: pao }, { page: mai }] = [await openDevice("pao"), await openDevice("mai")];

  await test.step("Páo's team connects, and Páo makes an invite", async () => {
    await startTeam(pao, "Giàng A Páo");
    await importList(pao);
    await connectRelay(pao, await relay.pass());
    await sendNow(pao);
  });

  await test.step("Mai joins with the address and the code, typed by hand", async () => {
    const { address, code } = await invite(pao);
    await join(mai, `${address} ${code.toLowerCase()}`, "Lò Thị Mai");
    await sendNow(mai);
    await openList(mai);
    await expect(mai.getByRole("status").filter({ hasText: "120 hộ" })).toBeVisible();
    await openList(pao);
    await expect.poll(() => heads(mai)).toEqual(await heads(pao));
  });

  await test.step("each visits the same door with no relay, and writes another phone number", async () => {
    await relay.stop();
    for (const [page, phone, note] of [[pao, "0912 345 678", "Bà ở nhà một mình"], [mai, "0987 654 321", "Con trai về"]] as const) {
      await openHousehold(page, "Tráng A Páo");
      await editPhone(page, phone);
      await visit(page, note);
      await expect(newestVisit(page)).toContainText("Chờ gửi");
    }
  });

  await test.step("in town both send, and each reads the other's visit", async () => {
    await relay.start();
    for (const page of [pao, mai, pao]) await sendNow(page);
    for (const page of [pao, mai]) {
      await openHousehold(page, "Tráng A Páo");
      const visits = page.getByRole("region", { name: "Các lần thăm" });
      await expect(visits.getByRole("listitem")).toHaveCount(2);
      await expect(visits).toContainText("Bà ở nhà một mình");
      await expect(visits).toContainText("Con trai về");
      await expect(visits).toContainText("Giàng A Páo ghi");
      await expect(visits).toContainText("Lò Thị Mai ghi");
      await expect(visits.getByText(/^Đã tới/)).toHaveCount(2);
    }
  });

  await test.step("both see both numbers, with who wrote them", async () => {
    for (const page of [pao, mai]) {
      await openHousehold(page, "Tráng A Páo");
      await page.getByRole("link", { name: "So sánh và chọn" }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Cần xem lại" })).toBeVisible();
      await expect(version(page, "0912 345 678")).toContainText("Giàng A Páo");
      await expect(version(page, "0987 654 321")).toContainText("Lò Thị Mai");
    }
  });

  await test.step("Mai keeps one of them, and on both devices nothing is left to review", async () => {
    await version(mai, "0912 345 678").getByRole("button", { name: "Giữ số này" }).click();
    await expect(mai.getByText("Không có gì cần xem lại")).toBeVisible();
    for (const page of [mai, pao]) await sendNow(page);
    for (const page of [pao, mai]) {
      await page.goto(new URL("/#/more/review", page.url()).href);
      // The list itself has one household twice; that stays to be looked at.
      await expect(page.getByRole("heading", { name: "Có thể trùng" })).toBeVisible();
      await expect(page.getByRole("button", { name: "Giữ số này" })).toHaveCount(0);
      await openList(page);
      await openHousehold(page, "Tráng A Páo");
      await expect(page.getByRole("link", { name: "Gọi 0912 345 678" })).toBeVisible();
      await expect(page.getByRole("link", { name: "So sánh và chọn" })).toBeHidden();
    }
  });
});

test("two tablets in one office show each other's visits, and nobody presses anything", async ({ openDevice, relay }) => {
  const [{ page: pao }, { page: mai }] = [await openDevice("pao"), await openDevice("mai")];
  await startTeam(pao, "Giàng A Páo");
  await importList(pao);
  await connectRelay(pao, await relay.pass());
  // Before the relay has the notebook nobody can join there.
  await sendNow(pao);
  const { link } = await invite(pao);
  await join(mai, link, "Lò Thị Mai");
  await openHousehold(mai, "Tráng A Páo");
  await openHousehold(pao, "Tráng A Páo");

  await test.step("Mai looks at a household that Páo visits", async () => {
    await visit(pao, "Bà ở nhà một mình");
    const saved = Date.now();
    await expect(newestVisit(mai)).toContainText("Bà ở nhà một mình");
    test.info().annotations.push({ type: "shown after", description: `${Date.now() - saved} ms` });
    await expect(newestVisit(mai)).toContainText("Giàng A Páo ghi");
    await expect(newestVisit(pao)).toContainText(/Đã tới/);
  });

  await test.step("the relay is gone for a while, and what was saved then arrives by itself", async () => {
    await relay.kill();
    await visit(mai, "Con trai về");
    await expect(newestVisit(mai)).toContainText("Chờ gửi");
    await relay.start();
    await expect(newestVisit(pao)).toContainText("Con trai về", { timeout: 90_000 });
    await expect(newestVisit(mai)).toContainText(/Đã tới/);
  });
});

test("an invite that was used up says so, and opens nothing", async ({ openDevice, relay }) => {
  const pages = [];
  for (const name of ["pao", "mai", "stranger"]) pages.push((await openDevice(name)).page);
  const [pao, mai, stranger] = pages as [Page, Page, Page];
  await startTeam(pao, "Giàng A Páo");
  await connectRelay(pao, await relay.pass());
  await sendNow(pao);
  const { link } = await invite(pao);
  // In before the stranger knocks: the invite is for one device, whoever comes first.
  await join(mai, link, "Lò Thị Mai");
  await fillJoin(stranger, link, "Lò Thị Mai");
  await stranger.getByRole("button", { name: "Vào tổ" }).click();
  await expect(stranger.getByRole("alert")).toContainText("Thư mời đã dùng hết số máy");
  await expect(stranger.getByLabel("Họ và tên của bạn"), "what was typed is still there").toHaveValue("Lò Thị Mai");
});

async function invite(page: Page): Promise<{ link: string; address: string; code: string }> {
  await openExchange(page);
  await page.getByRole("button", { name: "Tạo thư mời" }).click();
  await expect(page.getByRole("img", { name: "Mã QR của thư mời" })).toBeVisible();
  const codes = page.locator(".code");
  const [link, address, code] = await codes.allTextContents();
  return { link: link ?? "", address: address ?? "", code: code ?? "" };
}

/** The names in the order of the list, as far as they show. */
/** Rows that two devices are compared by. */
const FIRST_ROWS = 8;

async function heads(page: Page): Promise<string[]> {
  await searchField(page).fill("a");
  await expect(page.getByText("khớp “a”")).toBeVisible();
  // How many rows are in the page beyond the glass follows from their heights as they come to be measured.
  await expect(rows(page).nth(FIRST_ROWS - 1)).toBeAttached();
  return (await rows(page).allTextContents()).slice(0, FIRST_ROWS);
}

async function editPhone(page: Page, phone: string) {
  await page.getByRole("button", { name: "Sửa thông tin hộ" }).click();
  await page.getByRole("dialog").getByLabel("Số điện thoại").fill(phone);
  await page.getByRole("dialog").getByRole("button", { name: "Lưu", exact: true }).click();
  await expect(page.getByRole("link", { name: `Gọi ${phone}` })).toBeVisible();
}

async function visit(page: Page, note: string) {
  await page.getByRole("link", { name: "Ghi lượt thăm" }).click();
  await page.getByRole("radio", { name: "Đã gặp" }).check();
  await page.getByRole("button", { name: "Hỏi sau" }).click();
  await page.getByLabel("Ghi chú").fill(note);
  await page.getByRole("button", { name: "Lưu lượt thăm" }).click();
  await expect(newestVisit(page)).toContainText(note);
}

/** One of two crossed values. */
function version(page: Page, value: string) {
  return page.locator(".version").filter({ hasText: value });
}
