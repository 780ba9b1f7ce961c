// What the scripts that rewrite WebAssembly share: its numbers, names and sections.

/** The ids of the sections that are looked at. */
export const [CUSTOM, IMPORTS, EXPORTS, CODE, DATA] = [0, 2, 7, 10, 11];

/** A number of variable length, seven bits a byte, the lowest first. */
export function number(value) {
  const bytes = [];
  do {
    bytes.push((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
    value >>>= 7;
  } while (value > 0);
  return Buffer.from(bytes);
}

/** A text after its length in bytes. */
export const named = (name) => sized(Buffer.from(name));

/** Bytes after their number. */
export const sized = (bytes) => Buffer.concat([number(bytes.length), bytes]);

/** A section. */
export const section = (id, body) => Buffer.concat([Buffer.from([id]), sized(body)]);

/** Reads on from a position in the file. */
export function reader(wasm, at) {
  return {
    at,
    byte() { return wasm[this.at++]; },
    number() {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = this.byte();
        value += (byte & 0x7f) * 2 ** shift;
        if (byte < 0x80) return value;
      }
    },
    bytes(length) {
      this.at += length;
      return wasm.subarray(this.at - length, this.at);
    },
    name() { return this.bytes(this.number()).toString(); },
  };
}

/** The sections in their order: id, and where the body begins and ends. */
export function* sections(wasm) {
  for (let at = 8; at < wasm.length;) {
    const read = reader(wasm, at + 1);
    const size = read.number();
    yield { id: wasm[at], begins: read.at, ends: read.at + size };
    at = read.at + size;
  }
}

/** How many of the imports are functions, which are counted before the file's own; `read` stands at the section's begin. */
export function functionsOf(read) {
  let functions = 0;
  const limits = () => { if (read.byte() & 1) read.number(); read.number(); };
  // A function's type; a table's kind and limits; a memory's limits; a global's type and whether it changes.
  const skip = [() => { read.number(); functions += 1; }, () => { read.byte(); limits(); }, limits, () => { read.byte(); read.byte(); }];
  for (let left = read.number(); left > 0; left -= 1) {
    read.name();
    read.name();
    skip[read.byte()]();
  }
  return functions;
}
