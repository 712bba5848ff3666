// What a phone downloads: the built JavaScript and CSS, gzip and brotli, without fonts.
// Fails past the budget of 200 KB.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const BUDGET_KB = 200;
const dist = new URL('../dist', import.meta.url).pathname;

function* files(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* files(path);
    else if (/\.(js|css|html|svg)$/.test(name)) yield path;
  }
}

let gzip = 0;
let brotli = 0;
for (const path of files(dist)) {
  const bytes = readFileSync(path);
  gzip += gzipSync(bytes).length;
  brotli += brotliCompressSync(bytes).length;
}
const kb = (n) => Math.round(n / 102.4) / 10;
process.stdout.write(
  `${JSON.stringify({ name: 'ui_bundle', gzip_kb: kb(gzip), brotli_kb: kb(brotli), budget_kb: BUDGET_KB })}\n`,
);
if (gzip > BUDGET_KB * 1024) process.exit(1);
