// Empties functions that are never called, as far as we know and the linker cannot: node snip.mjs FILE PATTERN
//
// A function whose name fits the regular expression becomes a trap; what only it needs goes with the next wasm-opt. The file must
// have names.
import { readFileSync, writeFileSync } from 'node:fs';
import { CODE, CUSTOM, IMPORTS, functionsOf, number, reader, section, sections, sized } from './wasm.mjs';

const [file, pattern] = process.argv.slice(2);
const unneeded = new RegExp(pattern);
const wasm = readFileSync(file);

const all = [...sections(wasm)].map((each) => ({ ...each, read: reader(wasm, each.begins) }));
const found = new Set();
for (const { id, ends, read } of all) {
  if (id !== CUSTOM || read.name() !== 'name') continue;
  while (read.at < ends) {
    const kind = read.byte();
    const end = read.number() + read.at;
    if (kind === 1) for (let left = read.number(); left > 0; left -= 1) {
      const index = read.number();
      if (unneeded.test(read.name())) found.add(index);
    }
    read.at = end;
  }
}
if (found.size === 0) throw new Error(`snip: nothing in ${file} is called ${pattern}`);

const TRAP = sized(Buffer.from([0, 0x00, 0x0b])); // no locals, unreachable, end
let index = 0;
const out = [wasm.subarray(0, 8)];
for (const { id, begins, ends } of all) {
  const read = reader(wasm, begins);
  if (id === IMPORTS) index = functionsOf(read);
  if (id !== CODE) {
    out.push(section(id, wasm.subarray(begins, ends)));
    continue;
  }
  const count = read.number();
  const bodies = [number(count)];
  for (let left = count; left > 0; left -= 1, index += 1) {
    const body = read.bytes(read.number());
    bodies.push(found.has(index) ? TRAP : sized(body));
  }
  out.push(section(id, Buffer.concat(bodies)));
}
writeFileSync(file, Buffer.concat(out));
