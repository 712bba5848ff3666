// In the real window: WebKitGTK, at this machine's own pace.

import { test } from "../support/app.ts";
import { Window } from "../window/webdriver.ts";
import { type Measure, commune, measureAll } from "./figures.ts";
import { installStopwatch } from "./stopwatch.ts";

test("a commune in the window", async ({ folder }) => {
  const data = `${folder}/commune`;
  await commune(data);
  const start = Date.now();
  const window = await Window.open(data);
  const list = () => window.click("//nav//a[contains(normalize-space(.), 'Hộ dân')]");
  await list();
  await window.evaluate(`(${installStopwatch})(false); arguments[0]()`);
  const measure: Measure = (what, ...args) =>
    window.evaluate(
      "const [what, args, done] = arguments; stopwatch[what](...args).then(done, (error) => done(String(error)))",
      what,
      args,
    );
  await measureAll("WebKitGTK", start, measure, list);
  await window.close();
});
