// A desk in the commune office: everything by the keyboard.

import path from "node:path";

import type { Page } from "@playwright/test";

import { expect, test } from "../support/app.ts";
import { output } from "../support/processes.mjs";
import { LIST, newestVisit, rows, searchField } from "../support/steps.ts";

test.use({ viewport: { width: 1280, height: 800 } });

test("search, open, fill in and save a visit without a mouse", async ({ folder, openDevice }) => {
  await output("tungnha", ["import", "--data", path.join(folder, "desk"), LIST]);
  const { page } = await openDevice("desk");
  const { keyboard } = page;

  await test.step("the day begins on Hôm nay; the list is a few Tabs away", async () => {
    await expect(page.getByRole("heading", { level: 1, name: "Hôm nay" })).toBeVisible();
    await tabTo(page, () => page.getByRole("link", { name: "Hộ dân", exact: true }));
    await keyboard.press("Enter");
    await expect(rows(page).first()).toBeVisible();
  });

  await test.step("/ goes to the search, arrows through what it finds, Enter opens", async () => {
    await keyboard.press("/");
    await expect(searchField(page)).toBeFocused();
    await keyboard.type("a pao");
    await expect(rows(page)).toHaveCount(2);
    await keyboard.press("ArrowDown");
    await expect(rows(page).first()).toBeFocused();
    await keyboard.press("ArrowDown");
    await expect(rows(page).nth(1)).toBeFocused();
    await keyboard.press("ArrowUp");
    await expect(rows(page).first()).toBeFocused();
    const head = await rows(page).first().locator(".row-name").innerText();
    await keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: head })).toBeVisible();
    await expect(rows(page), "the list stays beside it").toHaveCount(2);
  });

  await test.step("the form is filled in and saved with Ctrl+S", async () => {
    await tabTo(page, () => page.getByRole("link", { name: "Ghi lượt thăm" }));
    await keyboard.press("Enter");
    await tabTo(page, () => page.getByRole("radio", { name: "Đã gặp" }));
    await keyboard.press("Space");
    await tabTo(page, () => page.getByRole("button", { name: "Đồng ý", exact: true }));
    await keyboard.press("Enter");
    await tabTo(page, () => page.locator("summary").filter({ hasText: "Dịch vụ công trực tuyến" }));
    await keyboard.press("Enter");
    await tabTo(page, () => page.getByRole("radio", { name: "Chưa biết" }));
    await keyboard.press("ArrowDown");
    await expect(page.getByRole("radio", { name: "Đã hướng dẫn" })).toBeChecked();
    await tabTo(page, () => page.getByLabel("Ghi chú"));
    await keyboard.type("Hẹn cài lại sau phiên chợ");
    await keyboard.press("Control+s");
    await expect(newestVisit(page)).toContainText("Hẹn cài lại sau phiên chợ");
    await expect(newestVisit(page)).toContainText("Dịch vụ công trực tuyến: đã hướng dẫn.");
  });

  await test.step("Escape leaves a form, and the draft is kept", async () => {
    await page.getByRole("link", { name: "Ghi lượt thăm" }).press("Enter");
    await tabTo(page, () => page.getByRole("radio", { name: "Đã gặp" }));
    await keyboard.press("Space");
    await expect(page.getByText(/^Nháp đã giữ trên máy/)).toBeVisible();
    await keyboard.press("Escape");
    await expect(page.getByRole("link", { name: "Ghi tiếp lượt thăm" })).toBeVisible();
  });
});

/** Presses Tab as often as it takes, within reason; each stop on the way shows where it is. */
async function tabTo(page: Page, wanted: () => ReturnType<Page["locator"]>) {
  await expect(wanted()).toBeAttached();
  for (let presses = 0; presses < 60; presses++) {
    if (await wanted().evaluate((el) => el === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reaches ${wanted()}`);
}
