// Opens every screen of the sample notebook in Chromium at three sizes, light and dark,
// keeps a picture of each, and checks what eyes would miss: sideways scroll, cut text,
// targets under 48 px, what axe finds. `npm run look -- FOLDER [part of a scene's name]`.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { preview } from 'vite';
import { scenes } from './scenes.mjs';

const [folder = 'look', only = '', sizesAsked = '', schemes = 'light,dark'] = process.argv.slice(2);
const SIZES = { 360: [360, 640], 800: [800, 1280], 1280: [1280, 800] };
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// As the app's own server sends it: nothing inline, nothing from elsewhere.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; connect-src 'self'";

mkdirSync(folder, { recursive: true });
const server = await preview({
  build: { outDir: 'dist-fake' },
  preview: { port: 4180, strictPort: false, headers: { 'content-security-policy': POLICY } },
});
const base = server.resolvedUrls.local[0];
const browser = await chromium.launch({
  executablePath: existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : undefined,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', '--disable-sync'],
});

let faults = 0;
const fault = (where, what) => {
  faults++;
  process.stdout.write(`${where}: ${what}\n`);
};

/** Runs in the page. */
function measure() {
  const found = [];
  const root = document.scrollingElement;
  if (root.scrollWidth > innerWidth) found.push(`scrolls sideways: ${root.scrollWidth} > ${innerWidth}`);
  const visible = (el) => el.checkVisibility({ checkVisibilityCSS: true }) && el.getBoundingClientRect().width > 1;
  const name = (el) =>
    `<${el.tagName.toLowerCase()} class="${el.className?.baseVal ?? el.className}"> ${(el.ariaLabel ?? el.textContent).trim().slice(0, 40)}`;
  for (const el of document.querySelectorAll('body *')) {
    // A chart that is also a table scrolls in its card where text is very large; a table that nobody asked for is for ears.
    if (
      !visible(el) ||
      el.closest('svg, .chips, .visually-hidden, .bars-scroll, .table-scroll, .chart:not(.as-table) > .chart-table')
    )
      continue;
    const box = el.getBoundingClientRect();
    if (box.right > innerWidth + 1 && !el.closest('.chips')) found.push(`reaches past the edge: ${name(el)}`);
    if (
      el.scrollWidth > el.clientWidth + 1 &&
      getComputedStyle(el).overflowX !== 'visible' &&
      el.clientWidth > 0 &&
      !['INPUT', 'PROGRESS'].includes(el.tagName)
    )
      found.push(`cut: ${name(el)}`);
  }
  for (const el of document.querySelectorAll('a, button, select, summary, input, textarea')) {
    if (!visible(el)) continue;
    const target = el.matches('input[type=radio], input[type=checkbox]') ? el.closest('label') : el;
    const box = target.getBoundingClientRect();
    const inText = el.matches('p a, li p a');
    if (!inText && (box.height < 47.5 || box.width < 47.5))
      found.push(`small target ${Math.round(box.width)}×${Math.round(box.height)}: ${name(el)}`);
  }
  return [...new Set(found)];
}

for (const [size, [width, height]] of Object.entries(SIZES)) {
  if (sizesAsked && !sizesAsked.split(',').includes(size)) continue;
  for (const scheme of schemes.split(',')) {
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: scheme,
      reducedMotion: 'reduce',
      locale: 'vi-VN',
      timezoneId: 'Asia/Ho_Chi_Minh',
      hasTouch: width < 1000,
    });
    for (const scene of scenes) {
      if (!scene.name.includes(only) || (scheme === 'dark' && scene.lightOnly)) continue;
      const where = `${scene.name}-${size}-${scheme}`;
      const page = await context.newPage();
      // What one scene has chosen under Cài đặt is not the next one's, and neither is its language.
      await page.addInitScript(() => ['face', 'locale'].forEach((kept) => localStorage.removeItem(kept)));
      if (scene.lang) await page.addInitScript((lang) => localStorage.setItem('locale', lang), scene.lang);
      page.on('pageerror', (error) => fault(where, `page error: ${error.message}`));
      page.on('console', (message) => message.type() === 'error' && fault(where, `console: ${message.text()}`));
      page.setDefaultTimeout(2500);
      try {
        await page.goto(base + scene.at);
        if (scene.zoom)
          await page.evaluate(
            (zoom) => document.documentElement.style.setProperty('font-size', `${zoom}%`, 'important'),
            scene.zoom,
          );
        await page.locator('main').first().waitFor();
        // Container queries in rem are asked again when the size of the page changes.
        if (scene.zoom)
          await page.setViewportSize({ width: width + 1, height }).then(() => page.setViewportSize({ width, height }));
        await scene.steps?.(page, width);
        await page.waitForTimeout(150);
        await page.screenshot({ path: join(folder, `${where}.png`) });
        for (const what of await page.evaluate(measure)) fault(where, what);
        // Targets are measured above; axe also counts those half under a sticky bar.
        await page.evaluate(axe);
        const result = await page.evaluate(() =>
          window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] }),
        );
        for (const v of result.violations.filter((one) => one.id !== 'target-size'))
          fault(
            where,
            `axe ${v.impact} ${v.id}: ${v.nodes
              .map((n) => n.target.join(' '))
              .slice(0, 3)
              .join(' | ')}`,
          );
      } catch (error) {
        await page.screenshot({ path: join(folder, `${where}-FAILED.png`) });
        fault(where, error.message.split('\n')[0]);
      }
      await page.close();
    }
    await context.close();
  }
}
await browser.close();
await server.close();
process.stdout.write(faults ? `${faults} faults\n` : 'no faults\n');
process.exit(faults ? 1 : 0);
