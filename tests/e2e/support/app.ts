// People, their devices and the relay, for tests that go through the browser.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, type BrowserContextOptions, type Page, expect, test as base } from "@playwright/test";

import { Relay, serve } from "./processes.mjs";
import { listenIn } from "./talk.ts";

/** One person's device: a notebook of its own behind a browser of its own. */
export interface Device {
  page: Page;
  /** The folder of its notebook. */
  data: string;
  /** Kills the app as an empty battery would. */
  kill(): Promise<void>;
  /** Starts it again after that, and opens the new link. */
  start(): Promise<void>;
}

interface Story {
  /** An empty folder that is gone after the test. */
  folder: string;
  /** Opens the app on a fresh notebook; the name tells the devices of one story apart, `through` is another browser. */
  openDevice(name: string, options?: BrowserContextOptions, through?: Browser): Promise<Device>;
  /** A relay that runs; it can be stopped and started. */
  relay: Relay;
}

export { expect };

export const test = base.extend<Story>({
  folder: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), "tungnha-"));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },

  relay: async ({ folder }, use) => {
    const relay = new Relay(folder);
    await relay.start();
    await use(relay);
    await relay.stop();
  },

  openDevice: async ({ folder, browser, contextOptions }, use) => {
    const complaints: string[] = [];
    const closing: (() => Promise<void>)[] = [];
    await use(async (name, options, through = browser) => {
      const data = path.join(folder, name);
      let app = await serve(data);
      const context = await through.newContext({ ...contextOptions, ...options });
      const page = await context.newPage();
      listenIn(page);
      collectComplaints(page, name, complaints);
      await follow(page, app.link);
      closing.push(async () => {
        await context.close();
        await app.stop();
      });
      const kill = () => app.kill();
      const start = async () => {
        app = await serve(data);
        await follow(page, app.link);
      };
      return { page, data, kill, start };
    });
    await Promise.all(closing.map((close) => close()));
    expect(complaints, "the browser's console stays silent").toEqual([]);
  },
});

/** Opens a printed link and waits until the door page has made way for the app. */
export async function follow(page: Page, link: string) {
  await page.goto(link);
  await expect(page.locator("#app")).not.toBeEmpty();
}

/**
 * Nothing that axe knows to mind: WCAG 2.2 A and AA, its own best practices, and contrast as AAA has it. Its rule
 * on the size of targets stays off: it minds what a fixed bar covers until the page is scrolled.
 */
export async function expectAccessible(page: Page) {
  const axe = new AxeBuilder({ page }).options({ rules: { "color-contrast-enhanced": { enabled: true } } });
  await expectNothingFound(page, axe);
}

/** Only what colours can spoil, for the other colour scheme. */
export async function expectReadable(page: Page) {
  await expectNothingFound(page, new AxeBuilder({ page }).withRules(["color-contrast", "color-contrast-enhanced"]));
}

/** Text has to stand out 7:1; what is secondary, 4.5:1. */
async function expectNothingFound(page: Page, axe: AxeBuilder) {
  const { violations } = await axe.analyze();
  const secondary = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--ink-2"));
  const found = violations.flatMap(({ id, nodes }) =>
    nodes
      .filter(({ any }) => id !== "color-contrast-enhanced" || any[0]?.data?.fgColor !== secondary.trim().toLowerCase())
      .map(({ html }) => `${id}: ${html}`),
  );
  expect.soft(found, "axe has nothing to mind").toEqual([]);
}

/** Errors, and what the content security policy had to block. A lost connection is no complaint. */
function collectComplaints(page: Page, name: string, complaints: string[]) {
  page.on("pageerror", (error) => complaints.push(`${name}: ${error.message}`));
  page.on("console", (message) => {
    const lost = /net::ERR_(CONNECTION|INCOMPLETE|NETWORK|ABORTED|EMPTY)/.test(message.text());
    if (message.type() === "error" && !lost) complaints.push(`${name}: ${message.text()}`);
  });
}
