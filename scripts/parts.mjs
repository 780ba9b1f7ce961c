// Puts the parts that are loaded on demand beside the program and has its script load them: node parts.mjs FOLDER SPLIT
//
// SPLIT is what scripts/split/wasm-bindgen left: a part for each module name of `#[wasm_split]`, and a script to load them. Of that
// script only what the parts share is taken over. boot.js loads them, as it does the program: it knows what hosts do wrong.
import { copyFileSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, split] = process.argv.slice(2);
const program = readdirSync(folder).find((name) => name.endsWith('_bg.wasm')).replace('_bg.wasm', '');
const glueFile = join(folder, `${program}.js`);
const link = readFileSync(join(split, '__wasm_split.js'), 'utf8');
const [shared] = link.match(/^let sharedImports[^]*?^\}$/m);
const loaders = [...link.matchAll(/^export const (\w+) = wrapAsyncCb\(makeLoad\([^]*?"\.\/split_(\w+)\.wasm"/gm)];
if (loaders.length === 0) throw new Error(`parts: ${split} has none`);

let glue = readFileSync(glueFile, 'utf8');
const [line, name] = glue.match(/^import \* as (\w+) from "\.\/__wasm_split\.js".*\n/m);
glue = glue.replace(line, '');
glue += `
${shared}
async function loadPart(file, done, what) {
    let came = true;
    try {
        await WebAssembly.instantiate(await backcast.load(new URL(file, import.meta.url)), getSharedImports());
    } catch (cause) {
        came = false;
        console.error(cause);
    }
    getSharedImports().__wasm_split.__indirect_function_table.get(done)(what, came);
}
const ${name} = {
`;
for (const [, loader, part] of loaders) {
  copyFileSync(join(split, `split_${part}.wasm`), join(folder, `${program}_${part}.wasm`));
  glue += `    ${loader}: (done, what) => loadPart("./${program}_${part}.wasm", done, what),\n`;
}
writeFileSync(glueFile, `${glue}};\n`);
