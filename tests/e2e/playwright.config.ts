import { defineConfig } from "@playwright/test";

/** Debian's Chromium, as root and without a word to any host but ours. */
const chromium = {
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

const browser = {
  browserName: "chromium",
  launchOptions: chromium,
  locale: "vi-VN",
  timezoneId: "Asia/Ho_Chi_Minh",
  viewport: { width: 360, height: 640 },
  actionTimeout: 45_000,
  trace: "retain-on-failure",
} as const;

/** For pictures: a camera that sees a moving pattern, and leave to use it. */
const withCamera = {
  ...browser,
  launchOptions: { ...chromium, args: [...chromium.args, "--use-fake-device-for-media-stream"] },
  permissions: ["camera"],
};

// Whoever shares does so within this machine, whatever networks it is on.
process.env["TUNGNHA_STATION_LISTEN"] ??= "127.0.0.1:0";

export default defineConfig({
  // Patience for a slow machine: what holds sooner costs none of it.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: !!process.env["CI"],
  workers: 2,
  reporter: "list",
  outputDir: "test-results",
  projects: [
    { name: "browser", testDir: "specs", use: browser },
    // Pictures for eyes, not a test.
    { name: "look", testDir: "look", testMatch: "look.ts", timeout: 240_000, use: withCamera },
    // Figures, not a test: `./dev bench pages`.
    { name: "speed", testDir: "speed", workers: 1, timeout: 600_000, use: { ...browser, trace: "off" } },
    // Needs a display: run it under xvfb-run where there is none.
    { name: "window", testDir: "window", workers: 1 },
  ],
});
