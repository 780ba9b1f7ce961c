// Names the functions of a WebAssembly file so that those that are alike stand together once they are sorted by name:
// node order.mjs FILE FILE_WITH_NAMES SMALL. `wasm-opt --reorder-functions-by-name --strip-debug` sorts them and drops the names.
//
// Brotli writes what it has seen before as a distance, and a short distance in fewer bits. Rust has many functions that differ
// in a type alone; the compiler does not put them side by side.
import { readFileSync, writeFileSync } from 'node:fs';
import { CODE, CUSTOM, IMPORTS, functionsOf, named, number, reader, section, sections, sized } from './wasm.mjs';

const [file, namedFile, small] = process.argv.slice(2);
const wasm = readFileSync(file);

let imported = 0;
const bodies = [];
for (const { id, begins } of sections(wasm)) {
  const read = reader(wasm, begins);
  if (id === IMPORTS) imported = functionsOf(read);
  if (id === CODE) for (let left = read.number(); left > 0; left -= 1) bodies.push(read.bytes(read.number()));
}

// Functions are alike that share runs of bytes which few others have. These were tried out; others cost up to 1 kB more. How much
// the small ones are held back is a matter of some hundred bytes, another way in every build: minify.sh tries a few.
const RUN = 4;
const FEW = 400;
const SMALL = Number(small);
const runs = bodies.map((body) => {
  const found = new Set();
  for (let at = 0; at + RUN <= body.length; at += 1) found.add(body.readUInt32LE(at));
  return found;
});
const having = new Map();
runs.forEach((found, which) => found.forEach((run) => {
  if (!having.has(run)) having.set(run, []);
  having.get(run).push(which);
}));

/** Of those that are left, the one that is most like the last three, the last first; any, when none is. */
function next(placed, left) {
  const shared = new Map();
  placed.slice(-3).reverse().forEach((which, back) => {
    for (const run of runs[which]) {
      const others = having.get(run);
      if (others.length > FEW) continue;
      for (const other of others) if (left.has(other)) shared.set(other, (shared.get(other) ?? 0) + 1 / (1 + back));
    }
  });
  let [best] = left;
  let most = 0;
  for (const [other, count] of shared) {
    const likeness = count / (runs[other].size + SMALL);
    if (likeness > most) [best, most] = [other, likeness];
  }
  return best;
}

const left = new Set(bodies.keys());
const placed = [];
for (let which = 0; left.size > 0; which = next(placed, left)) {
  placed.push(which);
  left.delete(which);
}
const names = [];
placed.forEach((which, place) => { names[which] = String(place).padStart(6, '0'); });
const list = names.map((name, which) => Buffer.concat([number(imported + which), named(name)]));
const functionNames = Buffer.concat([Buffer.from([1]), sized(Buffer.concat([number(names.length), ...list]))]);
writeFileSync(namedFile, Buffer.concat([wasm, section(CUSTOM, Buffer.concat([named('name'), functionNames]))]));
