// The window dies at every field of a visit's form, as with an empty battery, and comes back with all of it.

import { expect, test } from "../support/app.ts";
import { FORM_FIELDS, type FormField, HEAD, prepareForm } from "../support/form-fields.ts";
import { day } from "../support/village.ts";
import { by, keptDrafts } from "./form.ts";
import { Window } from "./webdriver.ts";

test.describe.configure({ timeout: 240_000 });

test("a form survives the death of the window at each of its fields", async ({ folder }) => {
  const data = `${folder}/tablet`;
  await prepareForm(data);
  let window = await Window.open(data);
  await window.click(by.link("Hộ dân"));
  await window.type(by.search, HEAD);
  await window.expectText(`//*[@role = "status"]`, `khớp “${HEAD}”`);
  await window.click(by.link(HEAD));
  await window.click(by.link("Ghi lượt thăm"));

  for (const field of FORM_FIELDS)
    await test.step(field.name, async () => {
      await fillIn(window, field);
      await expect.poll(async () => field.kept((await draft(window)) ?? {})).toBe(true);
      const before = await draft(window);
      await window.kill();
      window = await Window.open(data);
      await window.click(by.link("Ghi tiếp"));
      expect(await draft(window), "nothing else has changed").toEqual(before);
      await expectFilled(window, field);
      if (field.name === "who was met") await window.click(by.button("Đồng ý"));
    });
  await window.close();
});

async function draft(window: Window): Promise<Record<string, unknown> | undefined> {
  const [form, ...others] = await window.evaluate(keptDrafts);
  expect(others).toEqual([]);
  return form;
}

async function fillIn(window: Window, { kind, label, tile, text = "" }: FormField) {
  if (kind === "text") return window.type(by.field(label), text);
  if (kind === "yesterday") {
    await window.click(by.named("Đổi ngày thăm"));
    return window.click(by.answer(label));
  }
  if (kind === "count") {
    await window.click(by.tile("Đã giúp làm"));
    return window.click(by.named(`Thêm một: ${label}`));
  }
  if (tile && !(await window.property(`${by.tile(tile)}/..`, "open"))) await window.click(by.tile(tile));
  await window.click(by.answer(label));
}

async function expectFilled(window: Window, { kind, label, text }: FormField) {
  if (kind === "text") expect(await window.property(by.field(label), "value")).toBe(text);
  else if (kind === "yesterday") {
    const [, month, date] = day(-1).split("-");
    await window.expectText(by.named("Đổi ngày thăm"), `${date}/${month}`);
  } else if (kind === "count") await window.expectText(by.tile("Đã giúp làm"), "1 lượt");
  else expect(await window.property(`${by.answer(label)}/input`, "checked")).toBe(true);
}
