// `./dev demo`: a relay and two devices of one sample hamlet, side by side, each on a wire of its
// own that can be cut.

import { spawn } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";

import { Relay, exec, output, program, root, serve } from "./support/processes.mjs";
import { Wire } from "./support/wire.mjs";

const folder = path.join(root, ".dev/demo");
const list = path.join(root, "core/tests/fixtures/workbooks/01-mau-chuan.xlsx");
const hasDisplay = Boolean(process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"]);

/** @typedef {{ name: string, data: string, wire: Wire }} Device */

/** @param {Relay} relay @param {string} name @returns {Promise<Device>} */
async function device(relay, name) {
  const wire = new Wire(relay.url);
  await wire.start();
  return { name, data: path.join(folder, name), wire };
}

/** The same link by way of a device's own wire. @param {string} link @param {Wire} wire */
function through(link, wire) {
  return link.replace(/^https?:\/\/[^/]+/, wire.url);
}

/**
 * The first device imports the sample hamlet and invites the second.
 * @param {Relay} relay @param {Device} first @param {Device} second
 */
async function joinBoth(relay, first, second) {
  await output("tungnha", ["import", "--data", first.data, "--member", "Giàng A Páo", list]);
  const pass = through(await relay.pass(), first.wire);
  const answers = await exec(first.data, [
    { command: "relay_connect", args: { pass } },
    { command: "sync_now", args: {} },
    { command: "invite_create", args: { uses: 1, days: 1 } },
  ]);
  const invite = through(answers[2].link, second.wire);
  await exec(second.data, [
    { command: "team_join", args: { invite, member_name: "Lò Thị Mai" } },
    { command: "sync_now", args: {} },
  ]);
}

/** @param {Device} device @returns {Promise<() => void>} what closes it */
async function open({ name, data }) {
  if (hasDisplay) {
    const child = spawn(program("tungnha"), ["--data", data], { stdio: "inherit" });
    return () => child.kill();
  }
  const app = await serve(data);
  console.log(`${name}: ${app.link}`);
  return () => app.child.kill();
}

/** @param {Device[]} devices */
function show(devices) {
  for (const [index, { name, wire }] of devices.entries()) {
    console.log(`  ${index + 1}  ${name}: ${wire.whole ? "có mạng · connected" : "mất mạng · cut off"}`);
  }
  console.log("Gõ 1 hoặc 2 rồi Enter để cắt hoặc nối mạng · Type 1 or 2 and Enter to cut or mend; Ctrl+C ends.");
}

/** @param {Device[]} devices */
async function switchWires(devices) {
  show(devices);
  for await (const line of createInterface({ input: process.stdin })) {
    const wire = devices[Number(line.trim()) - 1]?.wire;
    if (wire) wire.whole ? wire.cut() : wire.mend();
    show(devices);
  }
}

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const relay = new Relay(folder);
await relay.start();
const devices = [await device(relay, "may-1"), await device(relay, "may-2")];
const [first, second] = /** @type {[Device, Device]} */ (devices);
await joinBoth(relay, first, second);
const closing = await Promise.all(devices.map(open));

process.once("SIGINT", end);
process.once("SIGTERM", end);
await switchWires(devices);

async function end() {
  for (const close of closing) close();
  await relay.stop();
  process.exit(0);
}
