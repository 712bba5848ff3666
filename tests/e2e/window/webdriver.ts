// A W3C WebDriver client, as small as the window's tests need: the window is WebKit, which
// Playwright cannot reach, and tauri-driver speaks this protocol.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, readdir } from "node:fs/promises";
import { createServer } from "node:net";

import { expect } from "@playwright/test";

import { program, root } from "../support/processes.mjs";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** The app's real window on the notebook in one folder. */
export class Window {
  private constructor(
    private readonly driver: ChildProcess,
    private readonly session: string,
    private readonly data: string,
  ) {}

  static async open(data: string): Promise<Window> {
    const [port, nativePort] = [await freePort(), await freePort()];
    const driver = spawn(
      `${root}/.dev/tools/bin/tauri-driver`,
      ["--port", String(port), "--native-port", String(nativePort)],
      // There is no graphics card to share buffers with under Xvfb.
      { env: { ...process.env, WEBKIT_DISABLE_DMABUF_RENDERER: "1" }, stdio: "ignore" },
    );
    const base = `http://127.0.0.1:${port}/session`;
    const application = { application: program("tungnha"), args: ["--data", data] };
    const timeouts = { script: 300_000 };
    const wanted = { capabilities: { alwaysMatch: { "tauri:options": application, timeouts } } };
    let session = "";
    await expect(async () => {
      const answer = await post(base, wanted);
      session = `${base}/${answer.sessionId}`;
    }).toPass({ timeout: 30_000 });
    return new Window(driver, session, data);
  }

  /** What a dead battery leaves of the app; the session ends with it. */
  async kill() {
    await end(this.data, "SIGKILL");
    await expect.poll(() => pidsOf(this.data)).toEqual([]);
    this.driver.kill();
    await once(this.driver, "exit");
  }

  /** Closes the window and waits until its process has let go of the folder. */
  async close() {
    await fetch(this.session, { method: "DELETE" });
    this.driver.kill();
    await once(this.driver, "exit");
    // The driver does not always take the app along.
    await end(this.data, "SIGTERM");
    await expect.poll(() => pidsOf(this.data)).toEqual([]);
  }

  /** The element that an XPath names, once it is there. */
  async find(xpath: string): Promise<string> {
    let element = "";
    await expect(async () => {
      const found = await post(`${this.session}/element`, { using: "xpath", value: xpath });
      element = found[ELEMENT];
    }).toPass({ timeout: 10_000 });
    return element;
  }

  /** Brings the element to the middle, away from the bars, and clicks it as soon as that can be done. */
  async click(xpath: string) {
    await expect(async () => {
      const element = await this.find(xpath);
      await this.evaluate("arguments[0].scrollIntoView({ block: 'center' }); arguments[1]()", { [ELEMENT]: element });
      await post(`${this.session}/element/${element}/click`, {});
    }).toPass({ timeout: 10_000 });
  }

  async type(xpath: string, text: string) {
    await post(`${this.session}/element/${await this.find(xpath)}/value`, { text });
  }

  /** Waits until the element is there and says this. */
  async expectText(xpath: string, text: string | RegExp) {
    await expect(async () => {
      const said = await get(`${this.session}/element/${await this.find(xpath)}/text`);
      expect(said).toMatch(text);
    }).toPass({ timeout: 10_000 });
  }

  /** A property of the element, as `value` or `checked`. */
  async property(xpath: string, name: string): Promise<unknown> {
    return get(`${this.session}/element/${await this.find(xpath)}/property/${name}`);
  }

  async title(): Promise<string> {
    return get(`${this.session}/title`);
  }

  /** Runs a function body in the page; it ends by calling its last argument. */
  async evaluate(body: string, ...args: unknown[]): Promise<any> {
    return post(`${this.session}/execute/async`, { script: body, args });
  }
}

/** The processes that run the app on this folder. */
async function pidsOf(data: string): Promise<number[]> {
  const found = [];
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const line = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (line.startsWith(`${program("tungnha")}\0`) && line.includes(`\0${data}\0`)) found.push(Number(pid));
  }
  return found;
}

/** Sends a signal to the app on this folder; one that has just ended by itself is no matter. */
async function end(data: string, signal: NodeJS.Signals) {
  for (const pid of await pidsOf(data)) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

async function post(url: string, body: object): Promise<any> {
  return value(await fetch(url, { method: "POST", body: JSON.stringify(body) }));
}

async function get(url: string): Promise<any> {
  return value(await fetch(url));
}

async function value(answer: Response): Promise<any> {
  const { value } = (await answer.json()) as { value: any };
  if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (!address || typeof address === "string") throw new Error("no port");
  return address.port;
}
