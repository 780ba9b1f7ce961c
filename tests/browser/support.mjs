// What every browser test stands on. The runner is Node's own; a test reads like this:
//
//   import test from 'node:test';
//   import { openApp, checkAccessibility } from './support.mjs';
//
//   test('the answer follows the target', async (t) => {
//     const { page } = await openApp({ t });
//     await page.getByLabel('Revenue target').fill('3m');
//     await page.getByText('15,625 leads').waitFor();
//   });
//
// openApp opens a built dist/ in a browser profile of its own and waits until the planner has drawn itself. It listens
// from the first byte on: a Content-Security-Policy violation, an uncaught error, an error on the console or a request
// to another host fails the test when the app is closed, which `t` does by itself. Options, none of them needed:
//
//   t             the test's context: closes the app at the end of the test. Without it call close() yourself.
//   path          what follows the base in the address, such as '?safe=1' or '#bcst…' (default: nothing)
//   base          the path the planner lies under (default '/'); fallback: true answers every path with index.html
//   host          default 127.0.0.1; INTRANET is the same server as an insecure context (plain http, not localhost)
//   initScript    a function that runs in the page before everything else, or an array of them; it takes no arguments
//   storage       { key: value, … } put into localStorage when a tab is opened for the first time
//   prepare       async (page, context) => …: runs before the page is loaded, for page.route and the like
//   until         'ready' (default), 'failed' (waits for the failure page) or 'loaded' (waits for nothing more)
//   expected      [/regular expressions/] of the problems that this test provokes and that are no failure
//   context       the context of an app opened before: a second tab, with the same storage
//   now           the time that the page's clock stands at (its timers run), such as NOW
//   and every option of Playwright's newContext: locale, timezoneId, viewport, colorScheme, reducedMotion,
//   forcedColors, javaScriptEnabled, permissions, …  (defaults: en-GB, UTC, 1280 × 800, light)
//
// It gives { page, context, url, problems, close }: `url` is the planner's address, `problems` the list so far.
// Below it: what several files do with an open planner.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { serve } from '../../scripts/serve.mjs';

/** The folder under test; BACKCAST_DIST names another. */
export const DIST = process.env.BACKCAST_DIST ?? fileURLToPath(new URL('../../dist', import.meta.url));
/** A name that the test browser resolves to this machine and does not trust as it trusts localhost. */
export const INTRANET = 'intranet.test';
/** The time at which tests that name days begin: the example's period is then the year 2027. */
export const NOW = '2026-11-22T14:02:00Z';

function findChromium() {
  if (process.env.BACKCAST_CHROMIUM) return process.env.BACKCAST_CHROMIUM;
  for (const name of ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']) {
    try {
      return execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
    } catch {
      // try the next
    }
  }
  throw new Error('No Chromium on the PATH: run scripts/setup.sh, or name one in BACKCAST_CHROMIUM.');
}

const ARGUMENTS = [
  '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', '--disable-component-update',
  '--disable-sync', `--host-resolver-rules=MAP ${INTRANET} 127.0.0.1`,
];

let browser;
let users = 0;

/** The one browser of this process. It ends a second after the last app has been closed, and lets the process end. */
export async function launch() {
  browser ??= chromium.launch({ executablePath: findChromium(), args: ARGUMENTS });
  return browser;
}

/** For openApp's `context`: a browser of its own in whose settings the reader has chosen this size of text; 16 is usual. */
export async function launchWithText(t, pixels) {
  const profile = mkdtempSync(join(tmpdir(), 'backcast-profile-'));
  mkdirSync(join(profile, 'Default'));
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify({ webkit: { webprefs: { default_font_size: pixels } } }));
  const context = await chromium.launchPersistentContext(profile, { executablePath: findChromium(), args: ARGUMENTS });
  context.setDefaultTimeout(10_000);
  t.after(async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  });
  return context;
}

function leave() {
  users -= 1;
  setTimeout(async () => {
    if (users > 0 || !browser) return;
    const idle = browser;
    browser = undefined;
    await (await idle).close();
  }, 1000);
}

const servers = new Map();
function server(options) {
  const key = JSON.stringify(options);
  if (!servers.has(key)) {
    servers.set(key, serve(options).then((served) => {
      served.server.unref(); // does not keep the process alive
      return served;
    }));
  }
  return servers.get(key);
}

const problemsOf = new WeakMap();

async function newContext(options, origin, { initScript = [], storage = {}, now }) {
  const context = await (await launch()).newContext({
    locale: 'en-GB', timezoneId: 'UTC', viewport: { width: 1280, height: 800 }, colorScheme: 'light', ...options,
  });
  context.setDefaultTimeout(10_000);
  if (now) await context.clock.setFixedTime(now);
  const problems = [];
  problemsOf.set(context, problems);
  context.on('weberror', (event) => problems.push(`uncaught error: ${event.error().stack ?? event.error()}`));
  context.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (/^(https?|wss?):$/.test(url.protocol) && url.origin !== origin) problems.push(`request to another host: ${url}`);
  });
  await context.exposeBinding('reportViolation', (_source, violation) => problems.push(`policy violation: ${violation}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      window.reportViolation(`${event.effectiveDirective} forbids ${event.blockedURI} (${event.sourceFile}:${event.lineNumber})`);
    });
  });
  await context.addInitScript((entries) => {
    try {
      if (sessionStorage.getItem('seeded')) return;
      sessionStorage.setItem('seeded', 'yes');
      for (const [key, value] of entries) localStorage.setItem(key, value);
    } catch {
      // a frame without storage
    }
  }, Object.entries(storage));
  for (const script of [initScript].flat()) await context.addInitScript(script);
  return context;
}

/** Opens the planner: see the top of this file. */
export async function openApp({
  t, path = '', base = '/', fallback = false, host = '127.0.0.1', initScript, storage, prepare, until = 'ready', expected = [],
  context: shared, now, ...options
} = {}) {
  const served = new URL((await server({ root: DIST, base, fallback })).url);
  served.hostname = host;
  const url = served.href;

  users += 1;
  let context;
  let page;
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    // One round trip, so that what the page has reported last is heard.
    await Promise.all((context?.pages() ?? []).map((open) => open.evaluate(() => {}).catch(() => {})));
    // Closed already, if the test's context is.
    await (shared ? page?.close().catch(() => {}) : context?.close());
    leave();
    const unexpected = (problemsOf.get(context) ?? []).filter((problem) => !expected.some((pattern) => pattern.test(problem)));
    assert.deepEqual(unexpected, [], 'the page reported problems');
  };
  t?.after(close);
  try {
    context = shared ?? (await newContext(options, served.origin, { initScript, storage, now }));
    page = await context.newPage();
    await prepare?.(page, context);
    await page.goto(url + path);
    if (until !== 'loaded') {
      const [wanted, other] = [ready(page), failed(page)];
      if (until === 'failed') await other.waitFor();
      else {
        await wanted.or(other).waitFor({ state: 'attached' });
        if (await other.isVisible()) assert.fail(`the planner failed: ${await other.innerText()}`);
      }
    }
  } catch (error) {
    error.message += `\n${(problemsOf.get(context) ?? []).join('\n')}`;
    await close().catch(() => {});
    throw error;
  }
  return { page, context, url, problems: problemsOf.get(context), close };
}

const ready = (page) => page.locator('#boot[hidden]');
/** The failure page of boot.js. */
export const failed = (page) => page.locator('#failed:not([hidden])');

/** Does what starts a download and gives { name, bytes } of the file. */
export async function downloadBytes(page, action) {
  const [file] = await Promise.all([page.waitForEvent('download'), action()]);
  const chunks = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk);
  return { name: file.suggestedFilename(), bytes: Buffer.concat(chunks) };
}

/** Does what starts a download and gives { name, text } of the file. */
export async function download(page, action) {
  const { name, bytes } = await downloadBytes(page, action);
  return { name, text: bytes.toString() };
}

/** Opens the section of the period and the rules, which is drawn when it is opened. */
export async function openRules(page) {
  await page.getByRole('heading', { name: 'Period and rules' }).click();
  await page.getByLabel('The answer leads with').waitFor();
}

/** Tries until nothing is thrown; after `timeout` milliseconds it throws what was thrown last. */
export async function eventually(attempt, timeout = 5000) {
  const end = Date.now() + timeout;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
}

/** The field, output, button, … with exactly this accessible name. */
export const field = (page, name) => page.getByRole('textbox', { name, exact: true });
export const output = (page, name) => page.getByRole('status', { name, exact: true });
export const button = (page, name) => page.getByRole('button', { name, exact: true });
/** The sentence that is the answer; what is said above it. */
export const answer = (page) => page.getByRole('heading', { level: 1 });
export const notices = (page) => output(page, 'Notices');

/** Waits until an element reads as this string, or matches this regular expression. */
export async function says(locator, expected) {
  await eventually(async () => {
    const text = (await locator.innerText()).trim();
    if (expected instanceof RegExp) assert.match(text, expected);
    else assert.equal(text, expected);
  });
}

/** Waits until a field holds this. */
export const holds = (locator, expected) => eventually(async () => assert.equal(await locator.inputValue(), expected));

/** Waits until the chip says that the plan is stored. */
export const saved = (page) => says(output(page, 'Storage'), /Saved on this device \d/);

/** Replaces the funnel by that of a template, through the dialog. */
export async function breakDown(page, template = 'Sales-led') {
  await page.getByRole('button', { name: /^(Break it down|Change the template)$/ }).click();
  await page.getByRole('dialog', { name: 'Break it down' }).getByRole('button', { name: template }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

/** The plan as the app hands it out as a file. */
export async function exportPlan(page) {
  await button(page, 'Export').click();
  const { text } = await download(page, () => button(page, 'Plan as JSON').click());
  await button(page, 'Close').click();
  return text;
}

/** The keys of the plans that are stored, with their texts; two slots per plan. */
export const storedPlans = (page) => page.evaluate(() => Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith('backcast.plan.'))));

const axe = createRequire(import.meta.url)('axe-core');

/** Fails with one line per finding unless axe finds nothing against WCAG 2.2 AA and its own best practices. */
export async function checkAccessibility(page, options = {}) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate((given) => window.axe.run(document, given), {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], ...options,
  });
  const lines = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 160)}`));
  assert.deepEqual(lines, [], 'axe found');
}
