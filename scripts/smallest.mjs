// Keeps that of several WebAssembly files which is smallest over the wire: node smallest.mjs FILE TRY...
//
// Brotli models a file as text when three quarters of its bytes could be text, as ours could by a hair, and a program costs 1.5 kB
// more as text. So each is tried with a section of zeros behind it, too, which nobody reads and which costs next to nothing.
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { CUSTOM, named, section } from './wasm.mjs';

const [file, ...tries] = process.argv.slice(2);
const zeros = section(CUSTOM, Buffer.concat([named('zeros'), Buffer.alloc(8192)]));
const candidates = tries.map((name) => readFileSync(name)).flatMap((plain) => [plain, Buffer.concat([plain, zeros])]);
const sizes = candidates.map((candidate) => brotliCompressSync(candidate).length);
writeFileSync(file, candidates[sizes.indexOf(Math.min(...sizes))]);
