import { expect, test } from "../support/app.ts";
import { output } from "../support/processes.mjs";
import { Window } from "./webdriver.ts";

test("the window opens, and hands commands to the notebook", async ({ folder }) => {
  const window = await Window.open(`${folder}/tablet`);
  expect(await window.title()).toBe("Từng Nhà");

  const request = JSON.stringify({ command: "household_list", args: {} });
  const answer = await window.evaluate(
    "const [request, done] = arguments; window.__TAURI_INTERNALS__.invoke('execute', { request }).then(done, done)",
    request,
  );
  const onTheCommandLine = await output("tungnha", ["exec", "--data", `${folder}/another`], request);
  expect(JSON.parse(answer)).toEqual(JSON.parse(onTheCommandLine));
  await window.close();
});

test("the pages may do nothing else", async ({ folder }) => {
  const window = await Window.open(`${folder}/tablet`);
  const refusal = await window.evaluate(
    "const done = arguments[0]; window.__TAURI_INTERNALS__.invoke('plugin:window|close').then(() => done('done'), done)",
  );
  expect(refusal).toMatch(/not allowed/);
  await window.close();
});
