// A notebook takes up the ways of its place: the words, the size of its teams, the report.

import { expect, test } from "../support/app.ts";
import { startTeam } from "../support/steps.ts";

test("Sến's notebook goes by the ways of Long Xuyên, changes a word, and goes back", async ({
  openDevice,
}) => {
  const { page } = await openDevice("sen");
  await startTeam(page, "Vàng A Sến");
  const now = page
    .getByRole("region")
    .filter({ hasText: /^Sổ này đang theo cách/ });
  const take = (name: string) =>
    page
      .getByRole("group")
      .filter({ hasText: name })
      .getByRole("button", { name: /^(Làm theo nơi này|Trở về cách chung)$/ });

  await test.step("what would change is told first", async () => {
    await page.getByRole("link", { name: "Thêm", exact: true }).click();
    await page.getByRole("link", { name: "Cách làm của địa phương" }).click();
    await expect(now).toContainText("cách chung của ứng dụng");
    await page.getByText("Long Xuyên, An Giang", { exact: true }).click();
    await take("Long Xuyên, An Giang").click();
    const dialog = page.getByRole("dialog", {
      name: "Làm theo: Long Xuyên, An Giang",
    });
    await expect(dialog).toContainText("bộ 6 chỉ tiêu này");
    await dialog.getByRole("button", { name: "Làm theo nơi này" }).click();
    await expect(now).toContainText("cách làm của Long Xuyên, An Giang");
    await expect(now).toContainText("Kỳ báo cáo hết tháng, nộp trong 5 ngày");
  });

  await test.step("the report ends with the month, a hamlet is a khóm, a team has eight people or more", async () => {
    await page.goto(new URL("/#/report/rules", page.url()).href);
    await expect(page.getByLabel("Kỳ kết thúc ngày mấy")).toHaveValue("31");
    await page.goto(new URL("/#/more/places", page.url()).href);
    await page.getByRole("button", { name: "Thêm nơi" }).click();
    const words = page
      .getByRole("dialog", { name: "Thêm nơi" })
      .getByRole("radiogroup", { name: "Ở đây gọi là" });
    await expect(words.getByRole("radio")).toHaveCount(3);
    await expect(
      words.getByRole("radio", { name: "khóm", exact: true }),
    ).toBeChecked();
    await page.keyboard.press("Escape");
    await page.goto(new URL("/#/more/teams", page.url()).href);
    await page
      .getByRole("link", { name: /Tổ CNSCĐ/ })
      .first()
      .click();
    await expect(
      page.getByText("Tổ đang có dưới 8 người. Có thể mời thêm."),
    ).toBeVisible();
  });

  await test.step("a word of its own stands wherever the app's stood", async () => {
    await page.goto(new URL("/#/report/locality", page.url()).href);
    await page.getByRole("button", { name: "Sửa tên gọi ở đây" }).click();
    const dialog = page.getByRole("dialog", { name: "Sửa tên gọi ở đây" });
    await dialog.getByLabel("Thành thạo").fill("Đã vững");
    await dialog.getByRole("button", { name: "Lưu" }).click();
    await expect(now).toContainText("Các mức gọi là: Đã vững");
    await page.goto(new URL("/#/progress", page.url()).href);
    await expect(page.getByText("Đã vững").first()).toBeVisible();
  });

  await test.step("and back: the words and the report of the app", async () => {
    await page.goto(new URL("/#/report/locality", page.url()).href);
    await page.getByText("Cách chung của ứng dụng", { exact: true }).click();
    await take("Cách chung của ứng dụng").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("radio").first().click();
    await dialog.getByRole("button", { name: "Trở về cách chung" }).click();
    await expect(now).toContainText("cách chung của ứng dụng");
    await expect(now).toContainText("Kỳ báo cáo kết thúc ngày 20");
  });
});
