// The commune's office: a notebook for each hamlet, a leader who is appointed there, what is sent down, what comes up,
// and one report over all of them.

import path from "node:path";

import { type Device, expect, test } from "../support/app.ts";
import { expectBigTargets, expectNothingCut, expectNothingSideways, expectVietnamese } from "../support/checks.ts";
import { exec, output, workbook } from "../support/processes.mjs";
import { sendNow } from "../support/steps.ts";

test.describe.configure({ timeout: 300_000 });

const OFFICE = "Sổ xã Vân Hồ";
const HAMLETS = ["Bản Pa Cốp", "Bản Hang Trùng", "Bản Co Chàm"];

for (const [size, viewport] of Object.entries({ phone: { width: 360, height: 640 }, tablet: { width: 800, height: 1280 } })) {
  test(`an office founds its hamlets, hears of them and counts over all: ${size}`, async ({ folder, relay, openDevice }, info) => {
    const data = path.join(folder, "office");
    const ask = (command: string, args = {}) => ({ command, args });
    await exec(data, [
      ask("team_start", { team_name: OFFICE, place_name: "Xã Vân Hồ", member_name: "Lò Thị Mai" }),
      ask("consent_setting_set", { first: false }),
      ask("relay_connect", { pass: await relay.pass() }),
    ]);
    const office = await openDevice("office", { viewport });
    const { page } = office;
    const keep = async (name: string) => {
      await page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true });
    };

    await test.step("a notebook for each of three hamlets", async () => {
      await open(office, "more/office", "Văn phòng xã");
      await page.getByRole("link", { name: /^Lập sổ cho các thôn/ }).click();
      await page.getByLabel("Tên các thôn").fill(HAMLETS.join("\n"));
      await page.getByLabel("Mã của máy chủ").fill(await relay.pass(HAMLETS.length));
      await page.getByRole("button", { name: "Xem trước" }).click();
      await page.getByRole("button", { name: "Lập 3 sổ" }).click();
      for (const hamlet of HAMLETS) await expect(page.getByRole("link", { name: new RegExp(hamlet) })).toBeVisible();
      await keep("01-office");
    });

    await test.step("a leader is appointed, and works without the office", async () => {
      await office.kill();
      const invite = await appoint(data, "Bản Pa Cốp", "Sồng Thị Dợ");
      await livesThere(path.join(folder, "leader"), invite);
      await office.start();
    });

    await test.step("what she wrote has come, whichever notebook is open", async () => {
      await sendNow(page);
      await open(office, "more/office", "Văn phòng xã");
      await expect(page.getByRole("link", { name: /Bản Pa Cốp.*120 hộ/ })).toBeVisible();
      await keep("02-heard");
    });

    await test.step("the report is over the whole commune, and a record opens in its notebook", async () => {
      await open(office, "report", /^Báo cáo/);
      const figure = page.getByRole("link", { name: /^Hộ được thăm trong kỳ/ });
      await expect(figure.locator(".value")).toHaveText("2");
      await keep("03-report");
      await figure.click();
      await page.getByRole("region", { name: "Ghi chép đằng sau con số" }).getByRole("button").first().click();
      await expect(page.getByText(/^Đã mở sổ Bản Pa Cốp/).first()).toBeVisible();
      await expect(page.getByRole("navigation", { name: "Sổ đang mở" })).toContainText("Bản Pa Cốp");
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
      const [, notices] = await exec(path.join(folder, "leader"), [ask("sync_now"), ask("notice_list")]);
      expect(notices[0]).toMatchObject({ text: "Ngày 28/11 tập huấn ở xã", author_name: "Lò Thị Mai" });
    });

    await test.step("a tablet's notebooks are two taps away, and a form stays in its own", async () => {
      await page.getByRole("navigation", { name: "Sổ đang mở" }).getByRole("link").click();
      for (const decent of [expectNothingSideways, expectBigTargets, expectNothingCut, expectVietnamese]) await decent(page);
      await keep("06-notebooks");
      await page.getByRole("button", { name: /^Bản Hang Trùng/ }).click();
      await expect(page.getByRole("navigation", { name: "Sổ đang mở" })).toContainText("Bản Hang Trùng");
      await expect(page.getByRole("heading", { level: 1, name: "Hôm nay" })).toBeVisible();
    });
  });
}

async function open(office: Device, route: string, title: string | RegExp) {
  const { page } = office;
  await page.goto(new URL(`/#/${route}`, page.url()).href);
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

/** In the office: somebody leads a hamlet from now on. The link of their invite. */
async function appoint(data: string, hamlet: string, name: string): Promise<string> {
  const [all] = await exec(data, [{ command: "notebook_list", args: {} }]);
  const id = (which: string) => all.find((one: { name: string }) => one.name === which).id;
  const answers = await exec(data, [
    { command: "notebook_open", args: { notebook: id(hamlet) } },
    { command: "member_add", args: { name, role: "leader" } },
    { command: "sync_now", args: {} },
    { command: "invite_create", args: { uses: 1, days: 7 } },
    { command: "notebook_open", args: { notebook: id(OFFICE) } },
  ]);
  return answers[3].link;
}

/** In the hamlet: its leader has the list and meets two households. */
async function livesThere(data: string, invite: string) {
  await exec(data, [{ command: "team_join", args: { invite, member_name: "Sồng Thị Dợ" } }]);
  await output("tungnha", ["import", "--data", data, workbook("01-mau-chuan.xlsx")]);
  const [found] = await exec(data, [{ command: "household_list", args: { limit: 2 } }]);
  for (const { id: household } of found.rows) {
    const [{ people }] = await exec(data, [{ command: "household_get", args: { household } }]);
    const form = { outcome: "met", met: [people[0].id] };
    await exec(data, [{ command: "visit_save", args: { household, form } }]);
  }
  await exec(data, [{ command: "sync_now", args: {} }]);
}
