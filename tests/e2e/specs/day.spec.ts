// A volunteer's day in a hamlet without signal, from the PIN in the morning to the evening in town: by
// thumb on a phone and on the shared tablet, and at a desk by the keyboard alone.

import path from "node:path";

import type { Page } from "@playwright/test";

import { type Device, expect, test } from "../support/app.ts";
import { type Hands, keys, thumb } from "../support/hands.ts";
import { DE, HIS_HOUSEHOLD, MAI, OTHER_HOUSEHOLD, PAO, SUA, prepareHamlet, visitsToPao } from "../support/hamlet.ts";
import { listenToDrafts } from "../support/kept.ts";
import { SIZES } from "../support/checks.ts";
import { countScreens } from "../support/seen.ts";
import { newestVisit, rows, searchField } from "../support/steps.ts";
import { countTaps } from "../support/taps.ts";

const CONSENT = "[aria-label^='Hỏi ý kiến']";

test.describe.configure({ mode: "parallel", timeout: 300_000 });

for (const { name, ...viewport } of SIZES) {
  const isDesk = name === "desk";
  test.describe(name, () => {
    test.use({ contextOptions: { viewport, hasTouch: !isDesk, isMobile: !isDesk, acceptDownloads: true } });

    test("a day without signal: nothing is lost, and two visits to one man arrive as two", async ({ folder, relay, openDevice }, info) => {
      const hands = isDesk ? keys : thumb;
      const { promised, drafted, errand } = await prepareHamlet(folder, relay);
      await relay.stop();
      const tablet = await openDevice("tablet");
      const { page } = tablet;
      let [taps, screens] = [0, 0];
      const look = async (step: string, at = page) => {
        const shots = process.env["SHOTS"];
        if (shots) await at.screenshot({ path: path.join(shots, `${name}-${step}.png`) });
      };

      await test.step("Mai begins a visit on the shared tablet, and hands it over", async () => {
        await look("00-who");
        await hands.press(page.getByRole("button", { name: new RegExp(MAI.name) }));
        await look("01-pin");
        await hands.enterPin(page, MAI.pin);
        await openFromList(hands, page, drafted, drafted);
        await hands.press(page.getByRole("link", { name: "Ghi lượt thăm" }));
        await hands.press(page.getByRole("radio", { name: "Đã gặp" }));
        await expect(page.getByText(/^Nháp đã giữ trên máy/)).toBeVisible();
      });

      await test.step("Dế takes over in two taps and a PIN, and sees nothing of what Mai has begun", async () => {
        const counted = await countTaps(page);
        await hands.press(page.getByRole("button", { name: "Khóa máy, đổi người" }));
        await look("02-switch");
        await hands.press(page.getByRole("button", { name: new RegExp(DE.name) }));
        if (!isDesk) expect(await counted()).toBe(2);
        await hands.enterPin(page, DE.pin);
        await expect(page.getByRole("region", { name: "Danh sách hộ" })).toBeVisible();
        await expect(page.getByText("Đang ghi dở")).toBeHidden();
        await look("03-list");
      });

      await test.step("Hôm nay says who waits, and what is to be done", async () => {
        await openTab(hands, page, "Hôm nay");
        await expect(page.getByText("Đang ghi dở"), "Mai's draft is hers").toBeHidden();
        await expect(page.getByRole("region", { name: "Hẹn quay lại" })).toContainText(promised);
        await expect(page.getByRole("region", { name: "Việc của tôi" })).toContainText(errand);
        await expect(page.getByRole("region", { name: "Đã đi hôm nay" })).toContainText("chưa ghi lượt thăm nào");
        await look("04-today");
      });

      await test.step("at the promised door Dế shows a lesson, does the errand, and both are in the visit", async () => {
        await hands.press(page.getByRole("region", { name: "Hẹn quay lại" }).getByRole("link", { name: new RegExp(promised) }));
        await look("05-household");
        await hands.press(page.getByRole("link", { name: "Ghi lượt thăm" }));
        await look("06-form");
        await hands.press(page.getByRole("radio", { name: "Đã gặp" }));
        const who = page.getByRole("group", { name: "Đã gặp ai?" }).getByRole("checkbox", { name: new RegExp(promised) });
        if (!(await who.isChecked())) await hands.press(who);
        await hands.press(page.getByRole("button", { name: "Đồng ý", exact: true }));
        await hands.press(page.locator("summary").filter({ hasText: "Tự bảo vệ" }));
        await hands.press(page.getByRole("button", { name: "Mở thẻ hướng dẫn" }));
        const lesson = page.getByRole("dialog");
        await look("07-lesson");
        const next = lesson.getByRole("button", { name: "Thẻ tiếp" });
        const last = lesson.getByRole("button", { name: "Xong, ghi là đã xem" });
        while (!(await last.isVisible())) await hands.press(next);
        await look("08-lesson-end");
        await hands.press(last);
        await expect(page.getByRole("checkbox", { name: "Đã cho xem thẻ hướng dẫn" })).toBeChecked();
        await hands.press(page.getByRole("checkbox", { name: new RegExp(errand) }));
        await look("09-errand");
        await hands.save(page);
        await expect(newestVisit(page)).toContainText(/Đã xem thẻ: An toàn/);
        await look("10-saved");
        await openTab(hands, page, "Hôm nay");
        await expect(page.getByRole("region", { name: "Việc của tôi" })).not.toContainText(errand);
        await expect(page.getByRole("region", { name: "Hẹn quay lại" })).not.toContainText(promised);
      });

      await test.step("“giang a pao” finds two, whom their households tell apart", async () => {
        await openTab(hands, page, "Hộ dân");
        await search(hands, page, "giang a pao");
        await expect(rows(page)).toHaveCount(2);
        await expect(rows(page).filter({ hasText: PAO })).toHaveCount(2);
        await expect(rows(page).filter({ hasText: OTHER_HOUSEHOLD })).toContainText("Bản Chiềng Đi");
        await expect(rows(page).filter({ hasText: HIS_HOUSEHOLD })).toContainText("Thôn Suối Lìn");
        await look("11-found");
      });

      await test.step("Dế writes down the visit, the tablet dies in the middle, and he goes on where he was", async () => {
        const kept = listenToDrafts(page);
        let [counted, seen] = [await countTaps(page, CONSENT), await countScreens(page)];
        await hands.press(rows(page).filter({ hasText: HIS_HOUSEHOLD }));
        await beginVisit(hands, page);
        await look("12-level");
        await kept.until((form) => Array.isArray(form["assessments"]) && form["assessments"].length === 1);
        taps = await counted();
        const before = await seen();

        await tablet.kill();
        await tablet.start();
        await hands.press(page.getByRole("button", { name: new RegExp(DE.name) }));
        await hands.enterPin(page, DE.pin);
        await expect(page.getByText("Đang ghi dở")).toHaveCount(1);
        await look("13-come-back");
        await hands.press(page.getByRole("link", { name: "Ghi tiếp", exact: true }));
        await expect(page.getByRole("radio", { name: "Làm được khi có người giúp" }), "the same tile is open").toBeChecked();
        await look("14-same-field");

        [counted, seen] = [await countTaps(page, CONSENT), await countScreens(page)];
        await endVisit(hands, page);
        taps += await counted();
        screens = new Set([...before, ...(await seen())]).size;
        info.annotations.push({ type: "taps", description: String(taps) }, { type: "screens", description: String(screens) });
        if (!isDesk) expect(taps, "taps").toBeLessThanOrEqual(10);
        if (!isDesk) expect(taps, "the taps were felt").toBeGreaterThan(8);
        expect(screens, "screens").toBeLessThanOrEqual(3);
        expect(screens, "the screens were seen").toBeGreaterThan(1);
        await expectBothLevels(page);
        await expect(newestVisit(page)).toContainText("Chờ gửi");
        await look("15-household");
      });

      await test.step("the next door is closed: two taps from the open household", async () => {
        await openTab(hands, page, "Hôm nay");
        const next = page.getByRole("region", { name: /^Hộ kế/ });
        await look("16-next");
        await hands.press(next.getByRole("link").first());
        const counted = await countTaps(page);
        await hands.press(page.getByRole("link", { name: "Ghi lượt thăm" }));
        await hands.nobodyHome(page);
        await expect(newestVisit(page)).toContainText("Vắng nhà");
        if (!isDesk) expect(await counted()).toBe(2);
        await look("17-absent");
      });

      const sua = await openDevice("sua");
      await test.step("Sua writes the same visit on her own phone, and sees another level", async () => {
        await openFromList(hands, sua.page, "giang a pao", HIS_HOUSEHOLD);
        await beginVisit(hands, sua.page, "Thành thạo");
        await endVisit(hands, sua.page);
        await expect(newestVisit(sua.page)).toContainText(`${SUA} ghi`);
      });

      const chu = await openDevice("chu");
      await test.step("Chu goes to market: he takes the tablet's copy in the room, and Sua's as a file", async () => {
        await goTo(hands, page, "Thêm", /^Gửi và nhận/);
        await hands.press(page.getByRole("link", { name: /Chia sẻ trong phòng/ }));
        await hands.press(page.getByRole("button", { name: "Bắt đầu chia sẻ" }));
        const address = await page.locator(".address").innerText();
        await look("18-room");
        await goTo(hands, chu.page, "Thêm", /^Gửi và nhận/);
        await hands.press(chu.page.getByRole("link", { name: /Chia sẻ trong phòng/ }));
        await hands.write(chu.page.getByLabel("Địa chỉ trên màn hình máy kia"), address);
        await hands.press(chu.page.getByRole("button", { name: "Gửi và nhận", exact: true }));
        await expect(chu.page.getByText(/^Xong với máy của/)).toBeVisible();
        await look("19-carried", chu.page);

        const file = await fileFrom(hands, sua, path.join(folder, "sua.tungnha"));
        await goTo(hands, chu.page, "Thêm", /^Gửi và nhận/);
        await hands.press(chu.page.locator("summary").filter({ hasText: "Nhận từ tệp" }));
        await chu.page.locator("input[type=file]").setInputFiles(file);
        await expect(chu.page.getByText(/^Đã nhận \d+ bản ghi mới/)).toBeVisible();
        await look("20-file", chu.page);
      });

      await test.step("in the hamlet all of it still waits", async () => {
        await openFromList(hands, chu.page, "giang a pao", HIS_HOUSEHOLD);
        await expect(visits(chu.page).getByText("Chờ gửi")).toHaveCount(2);
      });

      await test.step("in town Chu's phone brings both copies to the relay", async () => {
        await relay.start();
        await goTo(hands, chu.page, "Thêm", /^Gửi và nhận/);
        await hands.press(chu.page.getByRole("button", { name: "Gửi ngay" }));
        await expect(chu.page.getByText(/^Xong\./)).toBeVisible();
        await look("21-town", chu.page);
        await openFromList(hands, chu.page, "giang a pao", HIS_HOUSEHOLD);
        await expectTwoVisitsArrived(chu.page);
      });

      await test.step("each volunteer sees both visits, and that they have arrived", async () => {
        for (const at of [page, sua.page]) {
          await goTo(hands, at, "Thêm", /^Gửi và nhận/);
          await hands.press(at.getByRole("button", { name: "Gửi ngay" }));
          await expect(at.getByText(/^Xong\./)).toBeVisible();
          await openFromList(hands, at, "giang a pao", HIS_HOUSEHOLD);
          await expectTwoVisitsArrived(at);
        }
        await look("22-arrived");
      });

      await test.step("the evening: Dế has met two people behind two doors, and found one door closed", async () => {
        await openTab(hands, page, "Hôm nay");
        const tally = page.getByRole("region", { name: "Đã đi hôm nay" });
        await expect(tally).toContainText(/3\s*lượt thăm/);
        await expect(tally).toContainText(/2\s*hộ đã gặp/);
        await expect(tally).toContainText(/1\s*hộ vắng nhà/);
        await expect(tally).toContainText(/2\s*người đã gặp/);
        await look("23-evening");
      });

      await test.step("two visits, one person, and each with its own level", async () => {
        await chu.kill();
        const kept = await visitsToPao(chu.data);
        expect(kept.map(({ author_name }) => author_name).sort()).toEqual([DE.name, SUA].sort());
        expect(new Set(kept.flatMap(({ met }) => met)).size, "one distinct person").toBe(1);
        expect(kept.map(({ assessments }) => assessments.map(({ level }: { level: string }) => level).sort()).sort()).toEqual([
          ["guided", "proficient"],
          ["guided", "with_help"],
        ]);
      });
    });
  });
}

/** As far as the first level: outcome, who, consent, one skill. */
async function beginVisit(hands: Hands, page: Page, level = "Làm được khi có người giúp") {
  await hands.press(page.getByRole("link", { name: "Ghi lượt thăm" }));
  await hands.press(page.getByRole("radio", { name: "Đã gặp" }));
  await hands.press(page.getByRole("group", { name: "Đã gặp ai?" }).getByRole("checkbox", { name: new RegExp(PAO) }));
  const consent = page.locator(CONSENT).getByRole("button", { name: "Đồng ý", exact: true });
  await hands.press(consent);
  await expect(consent).toBeHidden();
  await hands.press(page.locator("summary").filter({ hasText: "Dịch vụ công trực tuyến" }));
  await hands.press(page.getByRole("radio", { name: level }));
}

/** The third skill, the day to come back, and saved. */
async function endVisit(hands: Hands, page: Page) {
  await hands.press(page.locator("summary").filter({ hasText: "Thanh toán trực tuyến" }));
  await hands.press(page.getByRole("radio", { name: "Đã hướng dẫn" }));
  await hands.press(page.getByRole("radio", { name: /^7 ngày/ }));
  await hands.save(page);
  await expect(page.getByText("Đã lưu trên máy này: đã gặp.").last()).toBeVisible();
  await expect(newestVisit(page)).toContainText("Hẹn quay lại");
}

async function expectBothLevels(page: Page) {
  await expect(newestVisit(page)).toContainText(`${PAO}, Dịch vụ công trực tuyến: làm được khi có người giúp.`);
  await expect(newestVisit(page)).toContainText(`${PAO}, Thanh toán trực tuyến: đã hướng dẫn.`);
}

async function expectTwoVisitsArrived(page: Page) {
  await expect(visits(page).getByRole("listitem")).toHaveCount(2);
  await expect(visits(page).getByTitle(/^Đã tới máy chủ .* lúc \d\d:\d\d/)).toHaveCount(2);
  for (const name of [DE.name, SUA]) await expect(visits(page)).toContainText(`${name} ghi`);
  await expect(visits(page)).toContainText("thành thạo");
  await expect(visits(page)).toContainText("làm được khi có người giúp");
}

function visits(page: Page) {
  return page.getByRole("region", { name: "Các lần thăm" });
}

/** Along the bar that is on every main screen, going back to where there is one. */
async function openTab(hands: Hands, page: Page, tab: string) {
  const link = page.getByRole("navigation").getByRole("link", { name: tab, exact: true });
  const back = page.getByRole("button", { name: "Quay lại" });
  await expect(link.or(back).first()).toBeVisible();
  for (let steps = 0; steps < 4 && !(await link.isVisible()); steps++) {
    await hands.press(back.first());
    await expect(link.or(back).first()).toBeVisible();
  }
  await hands.press(link);
}

async function goTo(hands: Hands, page: Page, tab: string, entry: RegExp) {
  await openTab(hands, page, tab);
  await hands.press(page.getByRole("main").getByRole("link", { name: entry }));
}

async function search(hands: Hands, page: Page, text: string) {
  await hands.write(searchField(page), text);
  // Until it is answered the rows are those of the question before.
  await expect(page.getByText(`khớp “${text}”`)).toBeVisible();
}

async function openFromList(hands: Hands, page: Page, text: string, head: string) {
  await openTab(hands, page, "Hộ dân");
  await search(hands, page, text);
  await hands.press(rows(page).filter({ hasText: head }).first());
  await expect(page.getByRole("heading", { level: 1, name: head })).toBeVisible();
}

async function fileFrom(hands: Hands, { page }: Device, into: string): Promise<string> {
  await goTo(hands, page, "Thêm", /^Gửi và nhận/);
  await hands.press(page.locator("summary").filter({ hasText: "Gửi bằng tệp" }));
  await hands.write(page.getByLabel(/^Tệp cho ai/), "Máy anh Chu");
  const given = page.waitForEvent("download");
  await hands.press(page.getByRole("button", { name: "Tạo tệp" }));
  await (await given).saveAs(into);
  return into;
}
