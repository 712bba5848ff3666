// A photo of what stands in the way: it is taken at a door, survives the tablet's death, and comes to a colleague.

import type { Page } from "@playwright/test";

import { expect, test } from "../support/app.ts";
import { connectRelay, importList, join, newestVisit, openExchange, openHousehold, sendNow, startTeam } from "../support/steps.ts";

const HEAD = "Tráng A Páo";

/** A picture as a camera makes it: large, and not small enough at once. */
async function picture(page: Page): Promise<Buffer> {
  const url = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 2400, height: 1800 });
    const pen = canvas.getContext("2d");
    if (!pen) throw new Error("no canvas");
    for (let x = 0; x < 2400; x += 8)
      for (let y = 0; y < 1800; y += 8) {
        pen.fillStyle = `rgb(${(x * 7 + y * 13) % 256} ${(x * y) % 256} ${(x + y * 3) % 256})`;
        pen.fillRect(x, y, 8, 8);
      }
    return canvas.toDataURL("image/png");
  });
  return Buffer.from(url.slice(url.indexOf(",") + 1), "base64");
}

const shown = (page: Page) => page.locator("img.photo-small");

test("a photo survives a kill with its draft, is saved and comes to another device", async ({ openDevice, relay }) => {
  const [dợ, { page: nam }] = [await openDevice("do"), await openDevice("nam")];
  const { page } = dợ;
  await startTeam(page, "Sồng Thị Dợ");
  await importList(page);
  await connectRelay(page, await relay.pass());
  await sendNow(page);
  await openExchange(page);
  await page.getByRole("button", { name: "Tạo thư mời" }).click();
  await expect(page.getByRole("img", { name: "Mã QR của thư mời" })).toBeVisible();
  const link = await page.locator(".code").first().textContent();
  await join(nam, link ?? "", "Vì Văn Nam");

  await test.step("Dợ photographs what stands in the way, and the battery dies", async () => {
    await openHousehold(page, HEAD);
    await page.getByRole("link", { name: "Ghi lượt thăm" }).click();
    await page.getByRole("radio", { name: "Từ chối" }).click();
    await page
      .locator(".photos input[type=file]")
      .setInputFiles({ name: "anh.png", mimeType: "image/png", buffer: await picture(page) });
    await expect(shown(page)).toBeVisible();
    await dợ.kill();
    await dợ.start();
  });

  await test.step("the draft still has it, and it is saved", async () => {
    await page.getByRole("link", { name: "Ghi tiếp", exact: true }).click();
    await expect(shown(page)).toBeVisible();
    const url = (await shown(page).getAttribute("src")) ?? "";
    expect(Buffer.from(url.slice(url.indexOf(",") + 1), "base64").length).toBeLessThanOrEqual(60_000);
    await page.getByRole("button", { name: "Bỏ ảnh 1" }).click();
    await expect(shown(page)).toBeHidden();
    await page.getByRole("button", { name: "Hoàn tác" }).click();
    await expect(shown(page)).toBeVisible();
    await page.getByRole("button", { name: "Lưu lượt thăm" }).click();
    await expect(shown(page)).toBeVisible();
    await sendNow(page);
  });

  await test.step("Nam sees it, small and large", async () => {
    await sendNow(nam);
    await openHousehold(nam, HEAD);
    await expect(newestVisit(nam)).toContainText("Từ chối");
    await nam.getByRole("button", { name: "Ảnh 1/1, mở to" }).click();
    const large = nam.locator("img.photo-large");
    await expect(large).toBeVisible();
    expect(await large.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(300);
  });
});
