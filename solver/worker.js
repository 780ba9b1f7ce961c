// The solver in a worker, or beside the page where no worker may be: the same file, as a module worker or imported.
//
// A worker is sent a Float64Array as src/wire.rs has it and answers with another, or with a text that says what failed. Imported, the
// file has `solveAside`, which asks a worker one thing at a time, `stop`, and `solve`. After a trap nothing it holds can be trusted:
// `solveAside` begins another worker; `solve` fails from then on.
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

/** Milliseconds after which nobody waits any more. */
const PATIENCE = 30_000;

let worker;
let giveUp;

/** A worker, or a rejection where none may be: the policy of the site forbids it, or of the page that embeds this one. */
function begin() {
  return new Promise((resolve, reject) => {
    const begun = new Worker(import.meta.url, { type: 'module' });
    begun.onerror = reject;
    begun.onmessage = () => resolve(begun);
  });
}

/** Ends what is worked out, which rejects: with nothing, if nothing else is said. */
export function stop(error) {
  giveUp?.(error);
}

/**
 * The answer to a programme, worked out in a worker where there may be one. Rejects as `solve` does, when it takes too long, and
 * when another is asked for: a worker has one thing to do at a time.
 */
export async function solveAside(numbers) {
  stop();
  let end;
  const ended = new Promise((_done, fail) => {
    end = (error) => {
      worker?.then((begun) => begun.terminate(), () => {});
      worker = undefined;
      fail(error);
    };
  });
  giveUp = end;
  const patience = setTimeout(end, PATIENCE, new Error('The search took too long'));
  try {
    return await Promise.race([aside(numbers), ended]);
  } catch (error) {
    if (giveUp === end) end(error);
    throw error;
  } finally {
    clearTimeout(patience);
    if (giveUp === end) giveUp = undefined;
  }
}

async function aside(numbers) {
  worker ??= begin();
  let begun;
  try {
    begun = await worker;
  } catch {
    return solve(numbers);
  }
  return new Promise((done, fail) => {
    begun.onmessage = ({ data }) => (typeof data === 'string' ? fail(new Error(data)) : done(data));
    begun.postMessage(numbers);
  });
}

if (typeof WorkerGlobalScope === 'function' && self instanceof WorkerGlobalScope) {
  self.postMessage('ready');
  self.onmessage = async ({ data }) => {
    try {
      const answer = await solve(data);
      self.postMessage(answer, [answer.buffer]);
    } catch (error) {
      self.postMessage(String(error));
    }
  };
}
