// The solver in a worker, or beside the page where no worker may be: the same file, as a module worker or imported.
//
// A worker is sent { id, numbers } and answers { id, numbers } or { id, failed }: numbers is a Float64Array as src/wire.rs has it.
// Imported, it has `solveAside`, which asks a worker, and `solve`. After a trap nothing it holds can be trusted: `solveAside` begins
// another worker; `solve` fails from then on.
import init, { solve as run } from './solver.js';

let loading;
let trapped;

async function load() {
  const response = await fetch(new URL('solver_bg.wasm', import.meta.url));
  if (!response.ok) throw new Error(`${response.url} answers ${response.status}`);
  // Not streamed: for so few bytes it saves nothing, and it would ask for the right MIME type.
  await init({ module_or_path: await response.arrayBuffer() });
}

/** The answer to a programme. Rejects where the solver cannot be loaded, which another call tries again, or has trapped. */
export async function solve(numbers) {
  if (trapped) throw trapped;
  loading ??= load();
  try {
    await loading;
  } catch (error) {
    loading = undefined;
    throw error;
  }
  try {
    return run(numbers);
  } catch (error) {
    trapped = error;
    throw error;
  }
}

let worker;
let asked = 0;
const waiting = new Map();

/** A worker, or a rejection where none may be: the policy of the site forbids it, or of the page that embeds this one. */
function begin() {
  return new Promise((resolve, reject) => {
    const begun = new Worker(import.meta.url, { type: 'module' });
    begun.onerror = reject;
    begun.onmessage = ({ data: { id, numbers, failed } }) => {
      if (id === 0) return resolve(begun);
      const { done, fail } = waiting.get(id);
      waiting.delete(id);
      if (numbers) return done(numbers);
      begun.terminate();
      worker = undefined;
      fail(new Error(failed));
    };
  });
}

/** The answer to a programme, worked out in a worker where there may be one. Rejects as `solve` does. */
export async function solveAside(numbers) {
  worker ??= begin();
  let begun;
  try {
    begun = await worker;
  } catch {
    return solve(numbers); // and no further try: what forbids one worker forbids the next
  }
  asked += 1;
  const id = asked;
  return new Promise((done, fail) => {
    waiting.set(id, { done, fail });
    begun.postMessage({ id, numbers });
  });
}

if (typeof WorkerGlobalScope === 'function' && self instanceof WorkerGlobalScope) {
  self.postMessage({ id: 0 });
  self.onmessage = async ({ data: { id, numbers } }) => {
    try {
      const answer = await solve(numbers);
      self.postMessage({ id, numbers: answer }, [answer.buffer]);
    } catch (error) {
      self.postMessage({ id, failed: String(error) });
    }
  };
}
