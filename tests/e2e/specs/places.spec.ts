// Two hamlets become one: a look first, then it is recorded, taken back, and done again.

import type { Page } from "@playwright/test";

import { expect, test } from "../support/app.ts";
import { importList, openList, rows, startTeam } from "../support/steps.ts";

test("Páo merges two hamlets after a look, takes it back and does it again", async ({ openDevice }) => {
  const { page } = await openDevice("pao");
  await startTeam(page, "Giàng A Páo");
  await importList(page);

  await test.step("a second hamlet that has nobody yet", async () => {
    await openPlaces(page);
    await page.getByRole("button", { name: "Thêm nơi" }).click();
    const dialog = page.getByRole("dialog", { name: "Thêm nơi" });
    await dialog.getByLabel("Tên nơi").fill("Bản Suối Lin");
    await dialog.getByRole("radio", { name: "bản", exact: true }).click();
    await dialog.getByRole("button", { name: "Thêm" }).click();
    await expect(place(page, "Bản Suối Lin")).toContainText("0 hộ");
  });

  const name = "Thôn Hang Trùng";
  await test.step("the preview says what would move, and writes nothing", async () => {
    await page.getByRole("link", { name: "Thay đổi địa bàn" }).click();
    await page.getByRole("checkbox", { name }).click();
    await page.getByRole("checkbox", { name: "Bản Suối Lin" }).click();
    await page.getByRole("textbox", { name: "Tên mới" }).fill("Bản Đoàn Kết");
    await page.getByLabel(/^Số quyết định/).fill("35/NQ-HĐND");
    await page.getByRole("button", { name: "Xem trước" }).click();
    const after = page.getByRole("region", { name: "Sau", exact: true });
    await expect(after.getByRole("table", { name: "Bản Đoàn Kết" }).getByRole("row").first()).toContainText("120");
  });

  await test.step("recorded, every household stands under the new one, and the old name still finds it", async () => {
    await page.getByRole("button", { name: "Ghi thay đổi này" }).click();
    await expect(page.getByText(/^Đã ghi: gộp/).first()).toBeVisible();
    await expect(place(page, "Bản Đoàn Kết")).toContainText("120 hộ");
    await expect(place(page, "Bản Đoàn Kết")).toContainText("trước là");
    await expect(place(page, "Bản Suối Lin")).toHaveCount(0);
    await openList(page);
    await expect(page.getByRole("status").filter({ hasText: "120 hộ" })).toBeVisible();
    await page.getByRole("searchbox").first().fill("hang trung");
    await expect(rows(page).first()).toBeVisible();
  });

  await test.step("taken back, both are there as before", async () => {
    await openPlaces(page);
    await page.getByRole("button", { name: "Hoàn tác thay đổi này" }).click();
    await expect(page.getByText(/^Đã hoàn tác: gộp/).first()).toBeVisible();
    await expect(place(page, name)).toContainText("120 hộ");
    await expect(place(page, "Bản Suối Lin")).toContainText("0 hộ");
    await expect(place(page, "Bản Đoàn Kết")).toHaveCount(0);
  });

  await test.step("done again, it is as it was", async () => {
    await page.getByRole("button", { name: "Làm lại", exact: true }).click();
    await expect(place(page, "Bản Đoàn Kết")).toContainText("120 hộ");
    await expect(place(page, name)).toHaveCount(0);
  });
});

async function openPlaces(page: Page) {
  await page.goto(new URL("/#/more/places", page.url()).href);
  await expect(page.getByRole("heading", { level: 1, name: "Địa bàn" })).toBeVisible();
}

/** A place of the list. */
function place(page: Page, name: string) {
  return page.getByRole("region", { name: "Các nơi của sổ" }).getByRole("button", { name: `Sửa ${name}`, exact: true });
}
