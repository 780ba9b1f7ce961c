// The solver in a worker, or beside the page where no worker may be: the same file, as a module worker or imported.
//
// A worker is sent { id, numbers } and answers { id, numbers } or { id, failed }: numbers is a Float64Array as src/wire.rs has it.
// Imported, it has `solve`. After a trap nothing it holds can be trusted: end the worker; `solve` fails from then on.
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

if (typeof WorkerGlobalScope === 'function' && self instanceof WorkerGlobalScope) {
  self.onmessage = async ({ data: { id, numbers } }) => {
    try {
      const answer = await solve(numbers);
      self.postMessage({ id, numbers: answer }, [answer.buffer]);
    } catch (error) {
      self.postMessage({ id, failed: String(error) });
    }
  };
}
