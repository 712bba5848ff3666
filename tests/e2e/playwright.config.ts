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
  actionTimeout: 25_000,
  trace: "retain-on-failure",
} as const;

export default defineConfig({
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: !!process.env["CI"],
  workers: 2,
  reporter: "list",
  outputDir: "test-results",
  projects: [
    { name: "browser", testDir: "specs", use: browser },
    // Pictures for eyes, not a test.
    { name: "look", testDir: "look", testMatch: "look.ts", timeout: 120_000, use: browser },
    // Needs a display: run it under xvfb-run where there is none.
    { name: "window", testDir: "window", workers: 1 },
  ],
});
