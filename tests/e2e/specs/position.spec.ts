// Where the door is: only when asked, only when the person lets it, and never in the way.

import path from "node:path";

import type { Page } from "@playwright/test";

import { type Device, expect, test } from "../support/app.ts";
import { output } from "../support/processes.mjs";
import { LIST, openHousehold } from "../support/steps.ts";

test.use({ viewport: { width: 360, height: 640 } });

const HEAD = "Tráng A Páo";

/** A tablet with the hamlet's list on it. */
async function openTablet(folder: string, openDevice: (name: string) => Promise<Device>): Promise<Page> {
  await output("tungnha", ["import", "--data", path.join(folder, "tablet"), LIST]);
  return (await openDevice("tablet")).page;
}

test("notes where the house is, takes it off and has it back", async ({
  folder,
  openDevice,
}) => {
  const page = await openTablet(folder, openDevice);
  await page.context().grantPermissions(["geolocation"]);
  await page
    .context()
    .setGeolocation({ latitude: 20.7712, longitude: 104.7654, accuracy: 350 });
  await openHousehold(page, HEAD);
  const note = page.getByRole("button", { name: "Ghi vị trí nhà này" });

  await test.step("350 metres find no door", async () => {
    await note.click();
    await expect(page.getByText(/lệch tới 350 mét.*chưa ghi/)).toBeVisible();
  });

  await test.step("12 metres do", async () => {
    await page
      .context()
      .setGeolocation({ latitude: 20.7712, longitude: 104.7654, accuracy: 12 });
    await note.click();
    const way = page.getByRole("link", { name: "Chỉ đường" });
    await expect(way).toHaveAttribute(
      "href",
      "geo:20.7712,104.7654?q=20.7712,104.7654",
    );
    await expect(
      page.getByText(/Đã có vị trí nhà, lệch tới 12 mét/),
    ).toBeVisible();
  });

  await test.step("a visit does not ask for it again", async () => {
    await page.getByRole("link", { name: "Ghi lượt thăm" }).click();
    await page.getByRole("radio", { name: "Đã gặp" }).check();
    await expect(page.getByText("Đã giúp làm")).toBeVisible();
    await expect(page.getByRole("button", { name: "Ghi vị trí nhà này" })).toBeHidden();
    await page.getByRole("button", { name: "Bỏ bản nháp" }).click();
  });

  await test.step("taken off, and brought back", async () => {
    await page.getByRole("button", { name: "Bỏ vị trí" }).click();
    await expect(note).toBeVisible();
    await page.getByRole("button", { name: "Hoàn tác" }).click();
    await expect(page.getByRole("link", { name: "Chỉ đường" })).toBeVisible();
    await page.getByRole("link", { name: "Ai đã sửa gì, lúc nào" }).click();
    await expect(
      page.getByText(/Vị trí nhà: .*lệch tới 12 mét/).first(),
    ).toBeVisible();
  });
});

test("somebody says no to the system's question: the visit goes on without", async ({
  folder,
  openDevice,
}) => {
  const page = await openTablet(folder, openDevice);
  await page.context().clearPermissions();
  await openHousehold(page, HEAD);
  await page.getByRole("link", { name: "Ghi lượt thăm" }).click();
  await page.getByRole("radio", { name: "Đã gặp" }).check();
  await page.getByRole("button", { name: "Ghi vị trí nhà này" }).click();
  await expect(
    page.getByRole("alert").filter({ hasText: /Mọi phần khác vẫn dùng được/ }),
  ).toBeVisible();
  await page.getByRole("button", { name: "Lưu lượt thăm" }).click();
  await expect(
    page.getByText("Đã lưu trên máy này: đã gặp.").last(),
  ).toBeVisible();
});
