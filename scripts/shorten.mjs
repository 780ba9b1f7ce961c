// Gives what the WebAssembly imports from its glue, and exports to it, short names: node shorten.mjs FOLDER [PATTERN]
//
// wasm-bindgen writes every name with a hash, twice: into the .wasm and into the .js. Nobody reads them, and hashes do not
// compress. Both files are rewritten with the same names; texts that nobody reads, and what fits the regular expression, become
// spaces, which do compress. Everything else stays as it is.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CUSTOM, DATA, EXPORTS, IMPORTS, named, number, reader, section, sections } from './wasm.mjs';

const [folder, pattern] = process.argv.slice(2);
const find = (end) => join(folder, readdirSync(folder).find((name) => name.endsWith(end)));
const wasmFile = find('_bg.wasm');
const glueFile = wasmFile.replace('_bg.wasm', '.js');
const wasm = readFileSync(wasmFile);
let glue = readFileSync(glueFile, 'utf8');

const shortNames = new Map();
/** A short name for one that wasm-bindgen has made; others, like `memory`, are words that may stand elsewhere in the glue. */
const short = (name) => {
  if (!name.startsWith('__wb') && !name.startsWith('./')) return name;
  if (!shortNames.has(name)) shortNames.set(name, `_${shortNames.size.toString(36)}`);
  return shortNames.get(name);
};

function imports(read) {
  const count = read.number();
  const parts = [number(count)];
  for (let index = 0; index < count; index += 1) {
    const [module, name, kind] = [read.name(), read.name(), read.byte()];
    if (kind !== 0) throw new Error(`shorten: the import ${name} is no function`);
    parts.push(named(short(module)), named(short(name)), Buffer.from([kind]), number(read.number()));
  }
  return Buffer.concat(parts);
}

function exports(read) {
  const count = read.number();
  const parts = [number(count)];
  for (let index = 0; index < count; index += 1) {
    const name = read.name();
    parts.push(named(short(name)), Buffer.from([read.byte()]), number(read.number()));
  }
  return Buffer.concat(parts);
}

/**
 * Texts of libraries that nobody reads: where a file lies on the disk of who built it, of which the name stays; and what to do on
 * a server.
 */
const UNREAD = [
  /(?:cargo\/registry\/src|\/rustc)\/(?:[\w.-]+\/)*(?=\w+\.rs)/g,
  /Value is None because the `ssr` feature is active\.[^]*?identify the source\./g,
  ...(pattern ? [new RegExp(pattern, 'g')] : []),
];
function blank(read) {
  for (let left = read.number(); left > 0; left -= 1) {
    if (read.byte() !== 0 || read.byte() !== 0x41) throw new Error('shorten: data that lies nowhere');
    read.number(); // where
    read.byte(); // the end of that
    const data = read.bytes(read.number());
    const text = data.toString('latin1');
    for (const unread of UNREAD) {
      for (const { 0: found, index } of text.matchAll(unread)) data.fill(' ', index, index + found.length);
    }
  }
}

const out = [wasm.subarray(0, 8)];
for (const { id, begins, ends } of sections(wasm)) {
  if (id === CUSTOM) continue; // which tools made it
  if (id === DATA) blank(reader(wasm, begins));
  const read = reader(wasm, begins);
  const rewrite = { [IMPORTS]: imports, [EXPORTS]: exports }[id];
  const body = rewrite ? rewrite(read) : wasm.subarray(begins, ends);
  if (rewrite && read.at !== ends) throw new Error(`shorten: section ${id} was not read to its end`);
  out.push(section(id, body));
}

for (const [name, shorter] of shortNames) {
  const before = glue;
  glue = name.startsWith('./')
    ? glue.replaceAll(`"${name}"`, `"${shorter}"`)
    : glue.replace(new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`, 'g'), shorter);
  if (glue === before) throw new Error(`shorten: the glue does not name ${name}`);
}
writeFileSync(glueFile, glue);
writeFileSync(wasmFile, Buffer.concat(out));
