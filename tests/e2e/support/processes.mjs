// The real programs, started and stopped: for the tests and for `./dev demo`.

import { spawn } from "node:child_process";
import { once } from "node:events";
import net from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../..", import.meta.url));

/** A program of this workspace as `./dev` built it: for tests, or for measuring. @param {string} name */
export function program(name) {
  const target = process.env["CARGO_TARGET_DIR"] ?? path.join(root, "target");
  return path.join(target, process.env["PROFILE"] ?? "debug", name);
}

/**
 * The time at which the programs start, when pictures are to be the same every day: `CLOCK="2026-11-24 09:05:00"`
 * (Debian's faketime tells it to them). Otherwise the time that it is.
 */
const clock = process.env["CLOCK"];

/** What time the programs take it to be. */
export function now() {
  return clock ? new Date(`${clock.replace(" ", "T")}+07:00`) : new Date();
}

const programEnv = clock
  ? { ...process.env, LD_PRELOAD: process.env["FAKETIME_LIBRARY"], FAKETIME: `@${clock}`, FAKETIME_DONT_FAKE_MONOTONIC: "1", TZ: "Asia/Ho_Chi_Minh" }
  : process.env;

/** A test that fails half-way leaves nothing running. @type {Set<import("node:child_process").ChildProcess>} */
const alive = new Set();
process.once("exit", () => alive.forEach((child) => child.kill("SIGKILL")));

/**
 * A running program.
 * @typedef {object} Running
 * @property {import("node:child_process").ChildProcess} child
 * @property {() => Promise<void>} stop Asks it to end, and waits until it has.
 * @property {() => Promise<void>} kill As a dead battery would: no goodbye.
 */

/**
 * @param {string} name
 * @param {string[]} args
 * @returns {Running}
 */
export function run(name, args) {
  const child = spawn(program(name), args, { stdio: ["pipe", "pipe", "pipe"], env: programEnv });
  alive.add(child);
  child.once("exit", () => alive.delete(child));
  const ended = once(child, "exit");
  child.stderr.on("data", (text) => process.env["VERBOSE"] && process.stderr.write(text));
  /** @param {NodeJS.Signals} signal */
  const end = async (signal) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  return { child, stop: () => end("SIGTERM"), kill: () => end("SIGKILL") };
}

/**
 * The first line a program prints that looks like `pattern`.
 * @param {Running} running
 * @param {RegExp} pattern
 * @returns {Promise<string>}
 */
export function lineOf({ child }, pattern) {
  return new Promise((found, failed) => {
    let said = "";
    child.stderr?.on("data", (text) => (said += text));
    child.once("error", failed);
    child.once("exit", (code) => failed(new Error(`${child.spawnfile} ended with ${code}: ${said}`)));
    if (!child.stdout) return failed(new Error("no stdout"));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const match = pattern.exec(line);
      if (match) found(match[0]);
    });
  });
}

/**
 * Everything a program prints when given `input`.
 * @param {string} name
 * @param {string[]} args
 * @param {string} [input]
 */
export async function output(name, args, input = "") {
  const { child } = run(name, args);
  let out = "";
  let said = "";
  child.stdout?.on("data", (text) => (out += text));
  child.stderr?.on("data", (text) => (said += text));
  // One that has ended already reads nothing more; its code says how that went.
  child.stdin?.on("error", () => {});
  child.stdin?.end(input);
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${name} ${args[0]} ended with ${code}: ${said}`);
  return out;
}

/** A command as `exec` takes it. @param {string} command @param {object} [args] */
export function ask(command, args = {}) {
  return { command, args };
}

/**
 * Runs commands on a notebook that nobody has open; throws at the first that is refused.
 * @param {string} data
 * @param {{ command: string, args: object }[]} commands
 * @returns {Promise<any[]>}
 */
export async function exec(data, commands) {
  const input = commands.map((command) => `${JSON.stringify(command)}\n`).join("");
  const lines = (await output("tungnha", ["exec", "--data", data], input)).trim().split("\n");
  return lines.map((line, index) => {
    const { ok, error } = JSON.parse(line);
    if (error) throw new Error(`${commands[index]?.command}: ${error.code} ${error.message}`);
    return ok;
  });
}

/** A household list as communes keep them. @param {string} name */
export function workbook(name) {
  return path.join(root, "core/tests/fixtures/workbooks", name);
}

/**
 * The browser door on one notebook. `PAGES` names a folder of pages to try in place of those that are
 * built into the program.
 * @param {string} data
 * @param {string} [by] the program, where another one than the tests' is meant
 */
export async function serve(data, by = "tungnha") {
  const pages = process.env["PAGES"];
  const running = run(by, ["serve", "--data", data, ...(pages ? ["--ui", pages] : [])]);
  const link = await lineOf(running, /^http:\/\/127\.0\.0\.1:\d+\/\S+$/);
  return { ...running, link };
}

/**
 * A port that nobody has, nor will get by chance while its relay is stopped: it lies below those that a
 * system gives to whoever goes out.
 * @returns {Promise<number>}
 */
async function freePort() {
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  const probe = net.createServer().listen(port, "127.0.0.1");
  try {
    await once(probe, "listening");
  } catch {
    return freePort();
  }
  probe.close();
  await once(probe, "close");
  return port;
}

/** A relay on an SQLite file in `folder`; it keeps its port when it is started again. */
export class Relay {
  /** @type {Running | undefined} */
  #running;
  url = "";

  #listen = "";

  /** @param {string} folder */
  constructor(folder) {
    this.database = `sqlite://${path.join(folder, "relay.sqlite")}`;
  }

  async start() {
    this.#listen ||= `127.0.0.1:${await freePort()}`;
    this.#running = run("tungnha-relay", ["serve", "--listen", this.#listen, "--database", this.database]);
    this.url = await lineOf(this.#running, /http:\/\/127\.0\.0\.1:\d+/);
  }

  async stop() {
    await this.#running?.stop();
  }

  async kill() {
    await this.#running?.kill();
  }

  /** A pass that lets a device open so many teams here. */
  async pass(teams = 1) {
    const uses = ["--uses", String(teams)];
    const printed = await output("tungnha-relay", ["pass", "--database", this.database, "--url", this.url, ...uses]);
    const link = /https?:\/\/\S+/.exec(printed)?.[0];
    if (!link) throw new Error(`no link in: ${printed}`);
    return link;
  }
}
