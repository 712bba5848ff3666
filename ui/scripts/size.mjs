// What a page costs: the built JavaScript and CSS, gzip and brotli, without fonts. What the first screens read is
// under a budget, because a cheap phone reads all of it before it shows anything; the rest is read when it is opened.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const FIRST_BUDGET_KB = 150;
const dist = new URL('../dist', import.meta.url).pathname;

function* files(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* files(path);
    else if (/\.(js|css|html|svg)$/.test(name)) yield path;
  }
}

const kb = (n) => Math.round(n / 102.4) / 10;

function tell(name, paths) {
  const all = paths.map((path) => readFileSync(path));
  const sum = (compress) => kb(all.reduce((sum, bytes) => sum + compress(bytes).length, 0));
  const sizes = { gzip_kb: sum(gzipSync), brotli_kb: sum(brotliCompressSync) };
  process.stdout.write(`${JSON.stringify({ name, ...sizes })}\n`);
  return sizes.gzip_kb;
}

const page = join(dist, 'index.html');
const named = readFileSync(page, 'utf8').matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g);
const first = tell('ui_first', [page, ...[...named].map(([, path]) => join(dist, path))]);
tell('ui_all', [...files(dist)]);
if (first > FIRST_BUDGET_KB) {
  process.stderr.write(`The first screens read more than ${FIRST_BUDGET_KB} KB.\n`);
  process.exit(1);
}
