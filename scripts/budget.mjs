// What dist/ costs over the wire, against budgets.json, each file compressed as a static host with brotli would send it. A first
// visit: index.html and every script, stylesheet and WebAssembly module it leads to. On demand: the scripts and modules besides.
//
//   node scripts/budget.mjs [folder=dist]
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { posix, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const root = process.argv[2] ?? 'dist';
const budgets = JSON.parse(readFileSync(new URL('../budgets.json', import.meta.url)));

const read = (file) => {
  if (!existsSync(join(root, file))) throw new Error(`${file} is named by the page but is not in ${root}`);
  return readFileSync(join(root, file));
};

/** The addresses inside a file: attributes of the page, imports of a script, `url(…)` and `@import` of a stylesheet. */
const LINKS = {
  '.html': /\s(?:src|href|data-js|data-wasm)="([^"#?:]+\.(?:css|js|mjs|wasm))"/g,
  '.js': /\b(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g,
  '.css': /(?:url\(|@import\s)\s*['"]?([^'")]+\.css)/g,
};

const files = new Map();
const weigh = (file) => {
  const bytes = read(file);
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: bytes.length };
  files.set(file, { raw: bytes.length, brotli: brotliCompressSync(bytes, { params }).length });
  return bytes;
};
const visit = (file) => {
  if (files.has(file)) return;
  const bytes = weigh(file);
  const links = LINKS[posix.extname(file)];
  if (!links) return;
  for (const [, link] of bytes.toString().matchAll(links)) visit(posix.join(posix.dirname(file), link));
};

try {
  visit('index.html');
  if (![...files.keys()].some((file) => file.endsWith('.wasm'))) throw new Error('index.html leads to no WebAssembly module');
} catch (error) {
  console.error(`Budget: ${error.message}. Build first: make build`);
  process.exit(1);
}

const row = (name, raw, brotli) => console.log(`${name.padEnd(40)}${String(raw).padStart(12)}${String(brotli).padStart(12)}`);
const say = (what, of, budget) => {
  const all = [...files].filter(([file]) => of.has(file));
  const sum = (key) => all.reduce((total, [, file]) => total + file[key], 0);
  row(what, 'raw', 'brotli 11');
  for (const [name, { raw, brotli }] of all.sort((a, b) => b[1].brotli - a[1].brotli)) row(name, raw, brotli);
  row('total', sum('raw'), sum('brotli'));
  row('budget', '', budget);
  if (sum('brotli') > budget) {
    console.error(`\nBudget: ${what} costs ${sum('brotli') - budget} bytes too many.`);
    process.exitCode = 1;
  }
};

const first = new Set(files.keys());
// What browsers install and what only the page for lost links names is neither.
const further = readdirSync(root).filter((file) => /\.(?:js|wasm)$/.test(file) && !first.has(file));
further.forEach(weigh);
say('a first visit', first, budgets.first_load_brotli);
console.log();
say('on demand', new Set(further), budgets.on_demand_brotli);
