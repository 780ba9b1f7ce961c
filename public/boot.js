// Starts the planner and, should that fail or the planner crash, says so in plain words and hands out what is saved.
// Nothing here needs WebAssembly, and every text is set as text, never as markup.
const script = document.getElementById('boot-script');
const part = (name) => document.getElementById(name);
const fresh = new URL(location.href).searchParams.get('fresh'); // set by our own one retry, see `startAfresh`
let over = false;

/** A failure to load. `what` and `hint` are for the reader; `again`: a fresh copy of the page may cure it. */
class LoadError extends Error {
  constructor(what, { hint = '', title = 'The planner did not load', again = false, cause } = {}) {
    super(what, { cause });
    Object.assign(this, { hint, title, again });
  }
}

const missing = (address, reason, cause) =>
  new LoadError(`The file ${new URL(address).pathname.split('/').pop()} ${reason}.`, {
    hint: 'Reload to try again. If that does not help, tell whoever runs this page: the details below say what to look for.',
    again: true,
    cause,
  });

/** Fetches a file, or throws a LoadError that says what came instead. */
async function get(address) {
  let response;
  try {
    response = await fetch(address);
  } catch (cause) {
    const reason = navigator.onLine ? 'did not arrive: the server could not be reached' : 'did not arrive: this device seems to be offline';
    throw missing(address, reason, cause);
  }
  if (!response.ok) throw missing(address, `did not arrive: the server answered ${response.status}`);
  if (response.headers.get('content-type')?.startsWith('text/html')) {
    throw missing(address, 'did not arrive: the server sent a web page in its place');
  }
  return response;
}

async function loadModule(address) {
  const response = await get(address);
  // Some hosts do not know the type of .wasm files. The bytes decide; only streaming needs the right type.
  const streams = WebAssembly.compileStreaming && response.headers.get('content-type')?.startsWith('application/wasm');
  try {
    return await (streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer()));
  } catch (cause) {
    if (!/content security policy|unsafe-eval/i.test(cause.message)) throw missing(address, 'arrived damaged or cut short', cause);
    throw new LoadError('The security policy of this site forbids WebAssembly, in which the planner is written.', {
      hint: 'Whoever runs this page has to add ‘wasm-unsafe-eval’ to script-src in its Content-Security-Policy header.',
      cause,
    });
  }
}

/** A file of ours that the page names in a data attribute. */
function address(name) {
  const url = new URL(script.dataset[name], document.baseURI);
  if (fresh) url.searchParams.set('fresh', fresh);
  return url.href;
}

// For what the program loads on demand: its parts (scripts/parts.mjs) and the solver of the best mix (solver/worker.js).
globalThis.backcast = {
  load: loadModule,
  async solve(numbers, done) {
    let answer;
    try {
      answer = await (await import(address('solver'))).solveAside(numbers);
    } catch (cause) {
      if (cause) console.error(cause); // nobody is to be told that it was stopped
    }
    done(answer);
  },
  stop: async () => (await import(address('solver'))).stop(),
};

async function loadGlue(address) {
  try {
    return await import(address);
  } catch (cause) {
    if (cause instanceof SyntaxError) throw missing(address, 'arrived damaged, or this browser is too old for it', cause);
    await get(address); // import() does not say what went wrong: ask again
    throw missing(address, 'did not arrive', cause);
  }
}

async function start() {
  if (typeof WebAssembly !== 'object') {
    throw new LoadError('The planner calculates with WebAssembly, which this browser does not have or which is switched off in it.', {
      title: 'This browser cannot run the planner',
      hint: 'A current Firefox, Chrome, Edge or Safari can. A “lockdown” or “enhanced security” mode may have to be lifted for this page.',
    });
  }
  const [glue, module] = await Promise.all([loadGlue(address('js')), loadModule(address('wasm'))]);
  try {
    await glue.default({ module_or_path: module });
  } catch (error) {
    if (error instanceof WebAssembly.LinkError) throw missing(address('wasm'), 'does not fit the rest of the page', error);
    crashed(error);
  }
}

/** Loads the page once more past every cache: cured is what a stale cache or a release in between has broken. */
async function startAfresh() {
  if (fresh) return false;
  const page = new URL(location.href);
  page.searchParams.set('fresh', Date.now().toString(36));
  try {
    // Only if the page can be had: else the browser's own error page would take the place of ours.
    if (!(await fetch(page, { cache: 'no-store' })).ok) return false;
  } catch {
    return false;
  }
  location.replace(page);
  return true;
}

/** What is saved, one line per record; *Open a file* brings all of them back. */
function savedPlans() {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith('backcast.plan.'));
    return keys.map((key) => `${key}\t${localStorage.getItem(key).replace(/\s+/g, ' ')}\n`);
  } catch {
    return []; // storage is blocked: nothing can have been saved
  }
}

function download() {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(savedPlans(), { type: 'text/plain' }));
  link.download = 'backcast-plans.txt';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The address without the mark of our own retry. */
function cleanAddress() {
  const page = new URL(location.href);
  page.searchParams.delete('fresh');
  return page;
}

function show(title, what, hint, error) {
  over = true;
  part('boot').hidden = true;
  part('app').hidden = part('app').inert = true;
  // A modal dialog, even a hidden one, would keep this page from being used.
  for (const dialog of document.querySelectorAll('dialog[open]')) dialog.remove();
  part('failed-title').textContent = title;
  part('failed-what').textContent = what;
  part('failed-hint').textContent = hint;
  // Without the mark, so that the retry is to be had again.
  part('failed-reload').onclick = () => (/[?&]fresh=/.test(location.search) ? location.replace(cleanAddress()) : location.reload());
  part('failed-save').hidden = savedPlans().length === 0;
  part('failed-save').onclick = download;
  // The fragment stays out of the report: it holds the plan.
  part('failed-report').textContent = [
    error?.cause?.stack || error?.cause || error?.stack || error,
    location.origin + location.pathname,
    navigator.userAgent,
    new Date().toISOString(),
  ].join('\n');
  part('failed-details').hidden = false;
  part('failed').hidden = false;
  part('failed-title').focus();
}

/** The planner has drawn itself. */
function ready() {
  part('boot').hidden = true;
  if (fresh) history.replaceState(history.state, '', cleanAddress());
}

/** The planner has panicked or trapped, and is not to be called again. */
function crashed(error) {
  if (over) return;
  over = true;
  // A panic hook calls this from inside the program: let the call end before its page is taken away.
  queueMicrotask(() => {
    const safe = new URL(location.href);
    safe.search = '?safe=1';
    safe.hash = '';
    part('failed-safe').href = safe.href;
    part('failed-safe').hidden = false;
    show('The planner has stopped', 'A fault in the planner itself has stopped it.',
      savedPlans().length ? 'The plans saved in this browser are still there. Reload, and if it happens again, download them before you go on.'
        : 'No saved plan was found in this browser. Reload to begin again.', error);
  });
}

// No more words to a program in an unknown state: moving the focus, say, must not make it save. Registered before the
// program registers its own, since for events on the window itself the order decides.
for (const type of ['blur', 'focusin', 'focusout', 'beforeinput', 'input', 'change', 'keydown', 'pagehide',
  'visibilitychange', 'hashchange', 'popstate', 'storage', 'message']) {
  addEventListener(type, (event) => over && event.stopImmediatePropagation(), true);
}

/** Whether an uncaught error comes from the planner having trapped, and not from, say, an extension. */
const isTrap = (error) => typeof WebAssembly === 'object'
  && (error instanceof WebAssembly.RuntimeError || (error instanceof RangeError && /wasm/.test(error.stack)));
addEventListener('error', (event) => isTrap(event.error) && crashed(event.error));
addEventListener('unhandledrejection', (event) => isTrap(event.reason) && crashed(event.reason));

window.backcastBoot = { ready, crashed };

if (!('moving' in document.documentElement.dataset)) {
  const slow = setTimeout(() => (part('boot-status').textContent = 'Still loading: the connection is slow…'), 10_000);
  start()
    .catch(async (error) => {
      if (!(error.again && await startAfresh())) show(error.title ?? 'The planner did not load', error.message, error.hint ?? '', error);
    })
    .finally(() => clearTimeout(slow));
}
