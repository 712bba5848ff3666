// What a screen is to the checks and the pictures, and the ways that several of them take.

import { type Page, expect } from "@playwright/test";

export interface Screen {
  name: string;
  /** What it is called in the guide, for its readers. */
  title: string;
  open(page: Page): Promise<unknown>;
}

export async function at(page: Page, route: string) {
  await page.goto(new URL(`/#/${route}`, page.url()).href);
}

export async function more(page: Page, route: string, title: string) {
  await titled(page, `more/${route}`, title);
}

export async function titled(page: Page, route: string, title: string | RegExp) {
  await at(page, route);
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

export async function closeDialog(page: Page) {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Đóng" }).click();
  await expect(dialog).toBeHidden();
}

/** What was done is told in a bar, which would hang over the next screens too. */
export async function closeBar(page: Page) {
  await page.locator("section.undo").getByRole("button", { name: "Đóng" }).click();
}
