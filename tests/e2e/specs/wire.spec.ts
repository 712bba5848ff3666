import { expect, test } from "../support/app.ts";
import { Wire } from "../support/wire.mjs";

test("a cut wire lets nothing through, and a mended one does again", async ({ relay }) => {
  const wire = new Wire(relay.url);
  await wire.start();
  const answered = () => fetch(wire.url).then(() => true, () => false);

  expect(await answered()).toBe(true);
  wire.cut();
  expect(await answered()).toBe(false);
  wire.mend();
  expect(await answered()).toBe(true);
  await wire.stop();
});

test("a relay that was stopped comes back at the same address and makes passes", async ({ relay }) => {
  const before = relay.url;
  await relay.stop();
  await relay.start();
  expect(relay.url).toBe(before);
  expect(await relay.pass()).toContain(`${before}/p/`);
});
