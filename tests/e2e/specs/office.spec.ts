// The commune's office: a notebook for each hamlet, a leader who is appointed there, what is sent down, what comes up,
// and one report over all of them.

import path from "node:path";

import { type Device, expect, test } from "../support/app.ts";
import { expectBigTargets, expectNothingCut, expectNothingSideways, expectVietnamese } from "../support/checks.ts";
import { BEGUN, OFFICE, OFFICER, SILENT, WORKING, appoint, bringsList, joins, meets, startOffice } from "../support/office.ts";
import { ask, exec } from "../support/processes.mjs";
import { sendNow } from "../support/steps.ts";

test.describe.configure({ timeout: 300_000 });

const HAMLETS = [WORKING.hamlet, BEGUN.hamlet, SILENT];

for (const [size, viewport] of Object.entries({ phone: { width: 360, height: 640 }, tablet: { width: 800, height: 1280 } })) {
  test(`an office founds its hamlets, hears of them and counts over all: ${size}`, async ({ folder, relay, openDevice }, info) => {
    const data = path.join(folder, "office");
    const leader = path.join(folder, "leader");
    await startOffice(data, relay);
    const office = await openDevice("office", { viewport });
    const { page } = office;
    const keep = async (name: string) => {
      await page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true });
    };

    await test.step("a notebook for each of three hamlets", async () => {
      await open(office, "more/office", "Văn phòng xã");
      await page.getByRole("link", { name: /^Lập sổ cho các thôn/ }).click();
      await page.getByLabel("Tên các thôn").fill(HAMLETS.join("\n"));
      await page.getByLabel("Thẻ máy chủ").fill(await relay.pass(HAMLETS.length));
      await page.getByRole("button", { name: "Xem trước" }).click();
      await page.getByRole("button", { name: "Lập 3 sổ" }).click();
      for (const hamlet of HAMLETS) await expect(page.getByRole("link", { name: new RegExp(hamlet) })).toBeVisible();
      await keep("01-office");
    });

    await test.step("a leader is appointed, and works without the office", async () => {
      await office.kill();
      await joins(leader, await appoint(data, WORKING), WORKING);
      await bringsList(leader);
      await meets(leader, 2);
      await exec(leader, [ask("sync_now")]);
      await office.start();
    });

    await test.step("what she wrote has come, whichever notebook is open", async () => {
      await sendNow(page);
      await open(office, "more/office", "Văn phòng xã");
      await expect(page.getByRole("link", { name: new RegExp(`${WORKING.hamlet}.*120 hộ`) })).toBeVisible();
      await keep("02-heard");
    });

    await test.step("the report is over the whole commune, and a record opens in its notebook", async () => {
      await open(office, "report", /^Báo cáo/);
      const figure = page.getByRole("link", { name: /^Hộ được thăm trong kỳ/ });
      await expect(figure.locator(".value")).toHaveText("2");
      await keep("03-report");
      await figure.click();
      await page.getByRole("region", { name: "Ghi chép đằng sau con số" }).getByRole("button").first().click();
      await expect(page.getByText(`Đã mở sổ ${WORKING.hamlet}`).first()).toBeVisible();
      await expect(page.getByRole("navigation", { name: "Sổ đang mở" })).toContainText(WORKING.hamlet);
      await keep("04-record");
      await page.getByRole("button", { name: "Hoàn tác" }).click();
      await expect(page.getByRole("navigation", { name: "Sổ đang mở" })).toContainText(OFFICE);
    });

    await test.step("a notice goes down to all", async () => {
      await office.kill();
      await exec(data, [ask("notice_save", { text: "Ngày 28/11 tập huấn ở xã" })]);
      await office.start();
      await open(office, "notices", "Thông báo");
      await page.getByRole("link", { name: "Gửi xuống các thôn" }).first().click();
      await page.getByRole("button", { name: "Gửi xuống 3 thôn" }).click();
      await expect(page.getByText(/^Đã ghi vào sổ của 3 thôn/).first()).toBeVisible();
      await keep("05-sent");
      await sendNow(page);
      const [, notices] = await exec(leader, [ask("sync_now"), ask("notice_list")]);
      expect(notices[0]).toMatchObject({ text: "Ngày 28/11 tập huấn ở xã", author_name: OFFICER });
    });

    await test.step("a tablet's notebooks are two taps away, and a form stays in its own", async () => {
      await page.getByRole("navigation", { name: "Sổ đang mở" }).getByRole("link").click();
      for (const decent of [expectNothingSideways, expectBigTargets, expectNothingCut, expectVietnamese]) await decent(page);
      await keep("06-notebooks");
      await page.getByRole("button", { name: new RegExp(`^${BEGUN.hamlet}`) }).click();
      await expect(page.getByRole("navigation", { name: "Sổ đang mở" })).toContainText(BEGUN.hamlet);
      await expect(page.getByRole("heading", { level: 1, name: "Hôm nay" })).toBeVisible();
    });
  });
}

async function open(office: Device, route: string, title: string | RegExp) {
  const { page } = office;
  await page.goto(new URL(`/#/${route}`, page.url()).href);
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}
