// What one device shows as a QR code, another reads with its camera.

import type { Page } from "@playwright/test";

import { expect, expectAccessible } from "../support/app.ts";
import { test } from "../support/camera.ts";
import { connectRelay, importList, join, openExchange, openRoom, sendNow, startTeam } from "../support/steps.ts";

const BANK = "00020101021138570010A00000072701270006970436011301234567890120208QRIBFTTA53037045802VN6304AB12";
const ALLOWED = { permissions: ["camera"] };

test("Mai joins Páo's team by scanning, after a bank's code and the relay pass", async ({ camera, openDevice, relay }) => {
  const [{ page: pao }, { page: mai }] = [
    await openDevice("pao"),
    await openDevice("mai", ALLOWED, camera.browser),
  ];
  const pass = await relay.pass();
  await startTeam(pao, "Giàng A Páo");
  await importList(pao);
  await connectRelay(pao, pass);
  await sendNow(pao);

  await mai.getByRole("link", { name: /Vào tổ đã có/ }).click();
  await mai.getByRole("button", { name: "Quét mã QR" }).click();
  await expect.poll(() => isSeen(mai)).toBe(true);
  await expectAccessible(mai);

  await test.step("codes that do not belong there are named, and scanning goes on", async () => {
    await camera.holdCode(BANK);
    await expect(mai.getByRole("dialog")).toContainText("Mã này không phải của Từng Nhà. Máy vẫn đang quét.");
    await camera.holdCode(pass);
    await expect(mai.getByRole("dialog")).toContainText("Đây là thẻ máy chủ, không dùng ở đây.");
    expect(await isSeen(mai)).toBe(true);
  });

  await test.step("the invite on Páo's screen fills the field", async () => {
    const { image, link } = await makeInvite(pao);
    await camera.hold(image);
    await expect(mai.getByRole("dialog")).toBeHidden();
    await expect(mai.getByLabel("Liên kết mời hoặc địa chỉ và mã")).toHaveValue(link);
    await expect(mai.getByText("Đã quét xong")).toBeVisible();
  });

  await mai.getByLabel("Họ và tên của bạn").fill("Lò Thị Mai");
  await mai.getByRole("button", { name: "Vào tổ" }).click();
  await expect(mai.getByRole("status").filter({ hasText: "120 hộ" })).toBeVisible();
});

test("Mai, in the team already, comes to the room by the code below its address", async ({ camera, openDevice, relay }) => {
  const [{ page: pao }, { page: mai }] = [
    await openDevice("pao"),
    await openDevice("mai", ALLOWED, camera.browser),
  ];
  await startTeam(pao, "Giàng A Páo");
  await connectRelay(pao, await relay.pass());
  await sendNow(pao);
  const { link } = await makeInvite(pao);
  await join(mai, link, "Lò Thị Mai");
  await relay.stop();

  await openRoom(pao);
  await pao.getByRole("button", { name: "Bắt đầu chia sẻ" }).click();
  const shown = pao.getByRole("img", { name: "Mã QR của địa chỉ" });
  await expect(shown).toBeVisible();

  await openRoom(mai);
  await mai.getByRole("button", { name: "Quét mã QR" }).click();
  await camera.hold(shown);
  await expect(mai.getByRole("dialog")).toBeHidden();
  const address = await pao.locator(".address").innerText();
  await expect(mai.getByLabel("Địa chỉ trên màn hình máy kia")).toHaveValue(address);
  await mai.getByRole("button", { name: "Gửi và nhận", exact: true }).click();
  await expect(mai.getByText(/^Xong với máy của Giàng A Páo/)).toBeVisible();
});

test("without leave to use the camera, or without one, the way to type is told", async ({ camera, openDevice }) => {
  const { page: mai } = await openDevice("mai", { permissions: [] }, camera.browser);
  await mai.getByRole("link", { name: /Vào tổ đã có/ }).click();
  await mai.getByRole("button", { name: "Quét mã QR" }).click();
  await expect(mai.getByRole("alert")).toContainText("Ứng dụng chưa được phép dùng máy ảnh.");
  await expectAccessible(mai);
  await mai.getByRole("button", { name: "Gõ thay vì quét" }).click();
  await expect(mai.getByRole("dialog")).toBeHidden();
  await mai.getByLabel("Liên kết mời hoặc địa chỉ và mã").fill("có thể gõ");

  const { page: pao } = await openDevice("pao", ALLOWED);
  await pao.getByRole("link", { name: /Vào tổ đã có/ }).click();
  await pao.getByRole("button", { name: "Quét mã QR" }).click();
  await expect(pao.getByRole("alert")).toContainText("Máy này không có máy ảnh.");
});

/** Whether the camera's picture moves on the glass. */
function isSeen(page: Page): Promise<boolean> {
  return page.locator("video").evaluate((video: HTMLVideoElement) => video.videoWidth > 0 && !video.paused);
}

async function makeInvite(page: Page) {
  await openExchange(page);
  await page.getByRole("button", { name: "Tạo thư mời" }).click();
  const image = page.getByRole("img", { name: "Mã QR của thư mời" });
  await expect(image).toBeVisible();
  return { image, link: await page.locator(".code").first().innerText() };
}
