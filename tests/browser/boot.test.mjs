// The way from the address to a running planner, with every fault on it provoked for real.
import test from 'node:test';
import assert from 'node:assert/strict';
import { INTRANET, checkAccessibility, download, failed, openApp } from './support.mjs';

// The files of the build, whatever their hashes and whether or not a retry has added a query.
const GLUE = /\/backcast-[0-9a-f]+\.js(\?|$)/;
const WASM = /\/backcast-[0-9a-f]+_bg\.wasm(\?|$)/;
const LOADING = [/console: Failed to load/, /console: Refused to/, /preload/];

/** Opens the planner with a fault in place and gives the failure page. */
async function openBroken(t, options) {
  const app = await openApp({ t, until: 'failed', expected: LOADING, ...options });
  assert.equal(await app.page.locator('#app').isVisible(), false);
  assert.equal(await app.page.locator('#boot').isVisible(), false);
  assert.equal(await app.page.getByRole('heading', { level: 1 }).evaluate((heading) => heading === document.activeElement), true);
  return { ...app, text: await failed(app.page).innerText(), details: await app.page.locator('#failed-report').textContent() };
}
const answer = (pattern, response) => (page) => page.route(pattern, (route) => route.fulfill(response));

test('starts, at the root and under a sub-path', async (t) => {
  for (const base of ['/', '/tools/planner/']) {
    const { page } = await openApp({ t, base });
    assert.equal(await page.locator('#app').isVisible(), true);
    assert.equal(await failed(page).isVisible(), false);
  }
});

test('starts where the browser trusts nothing: plain http on an intranet', async (t) => {
  const { page } = await openApp({ t, host: INTRANET });
  assert.equal(await page.evaluate(() => isSecureContext), false);
});

test('the policy forbids inline script, inline style and other hosts', { timeout: 10_000 }, async (t) => {
  const { page, problems } = await openApp({ t, expected: [/policy violation/, /Content Security Policy/, /another host/] });
  const outcome = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    document.head.append(script);
    const style = document.createElement('p');
    style.setAttribute('style', 'color: red');
    return {
      injected: 'injected' in window,
      // Later, for what runs within evaluate() is exempt.
      evaluated: await new Promise((tell) => setTimeout(() => { try { tell(new Function('return true')()); } catch { tell(false); } })),
      styled: style.style.color !== '',
      sent: await fetch('https://elsewhere.test/').then(() => true, () => false),
    };
  });
  assert.deepEqual(outcome, { injected: false, evaluated: false, styled: false, sent: false });
  for (const directive of ['script-src-elem', 'script-src ', 'style-src-attr', 'connect-src']) {
    const reported = () => problems.some((problem) => problem.startsWith(`policy violation: ${directive}`));
    while (!reported()) await page.waitForTimeout(20); // the reports come when the page is done; `timeout` ends a vain wait
  }
});

test('says what it does while the WebAssembly is on its way', async (t) => {
  let arrive;
  const arrived = new Promise((resolve) => { arrive = resolve; });
  const { page } = await openApp({
    t,
    until: 'loaded',
    prepare: (fresh) => fresh.route(WASM, async (route) => { await arrived; await route.continue(); }),
  });
  await page.getByRole('heading', { name: 'How many leads does your revenue target take?' }).waitFor();
  await page.getByText('Loading the planner…').waitFor();
  await checkAccessibility(page);
  arrive();
  await page.locator('#boot').waitFor({ state: 'hidden' });
});

test('without JavaScript the page says so', async (t) => {
  const { page } = await openApp({ t, javaScriptEnabled: false, until: 'loaded' });
  await page.locator('noscript p').waitFor(); // getByText passes over noscript
});

test('without WebAssembly', async (t) => {
  const { page, text } = await openBroken(t, { initScript: () => { delete globalThis.WebAssembly; } });
  assert.match(text, /This browser cannot run the planner/);
  await checkAccessibility(page);
});

for (const [fault, prepare, said] of [
  ['the WebAssembly is not there', answer(WASM, { status: 404, body: 'no' }), /_bg\.wasm did not arrive: the server answered 404/],
  ['the WebAssembly is a web page', answer(WASM, { contentType: 'text/html', body: '<!doctype html>' }), /_bg\.wasm did not arrive: .* a web page/],
  ['the WebAssembly is a web page that says it is not', answer(WASM, { contentType: 'application/wasm', body: '<!doctype html>' }), /_bg\.wasm arrived damaged/],
  ['the WebAssembly is cut short', (page) => page.route(WASM, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.body()).subarray(0, 5000) });
  }), /_bg\.wasm arrived damaged or cut short/],
  ['the connection breaks', (page) => page.route(WASM, (route) => route.abort()), /_bg\.wasm did not arrive: the server could not be reached/],
  ['the script is not there', answer(GLUE, { status: 404, body: 'no' }), /\.js did not arrive: the server answered 404/],
  ['the script is a web page', answer(GLUE, { contentType: 'text/html', body: '<!doctype html>' }), /\.js did not arrive: .* a web page/],
  ['the script is cut short', answer(GLUE, { contentType: 'text/javascript', body: 'export default function (' }), /\.js arrived damaged/],
]) {
  test(`fails in plain words when ${fault}`, async (t) => {
    const asked = [];
    const { page, text, details } = await openBroken(t, {
      path: '#bcst-secret',
      prepare: (fresh) => {
        fresh.on('request', (request) => request.isNavigationRequest() && asked.push(request.url()));
        return prepare(fresh);
      },
    });
    assert.match(text, /The planner did not load/);
    assert.match(text, said);
    assert.equal(asked.length, 2, 'one retry, past the caches');
    assert.match(asked[1], /\?fresh=/);
    assert.ok(page.url().endsWith('#bcst-secret'), 'the link to the plan is still in the address');
    assert.ok(!details.includes('bcst-secret'), 'the plan is not in the details');
    assert.equal(await page.getByRole('link').count(), 0, 'no way on without the plan: it is not to blame');
  });
}

test('heals by itself when a second try succeeds', async (t) => {
  for (const pattern of [WASM, GLUE]) {
    let times = 0;
    const { page } = await openApp({
      t,
      path: '?theme=x#bcst-kept',
      expected: LOADING,
      prepare: (fresh) => fresh.route(pattern, (route) => (route.request().url().includes('fresh=') ? route.continue() : route.fulfill({ status: 404, body: String((times += 1)) }))),
    });
    assert.ok(times > 0);
    assert.equal(await failed(page).isVisible(), false);
    assert.equal(new URL(page.url()).searchParams.has('fresh'), false, 'the address is as it was');
  }
});

test('starts on Reload once the fault is gone, with the link still in the address', async (t) => {
  const { page } = await openBroken(t, { path: '#bcst-kept', prepare: answer(WASM, { status: 503, body: 'no' }) });
  await page.unroute(WASM);
  await page.getByRole('button', { name: 'Reload' }).click();
  await page.locator('#boot').waitFor({ state: 'hidden' });
  assert.equal(await failed(page).isVisible(), false);
  assert.equal(new URL(page.url()).search, '');
});

test('heals a page from a cache whose files are gone', async (t) => {
  const { page } = await openApp({
    t,
    expected: LOADING,
    prepare: (fresh) => fresh.route((url) => url.pathname === '/' && url.search === '', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace(/backcast-[0-9a-f]+/g, 'backcast-0badc0de') });
    }),
  });
  assert.equal(await failed(page).isVisible(), false);
});

test('offline it says so, and does not lose its own page to a retry', async (t) => {
  const { text } = await openBroken(t, {
    prepare: async (page, context) => {
      // The connection goes once boot.js has arrived.
      let cut;
      const offline = new Promise((resolve) => { cut = resolve; });
      await page.route(/boot\.js$/, async (route) => {
        await route.fulfill({ response: await route.fetch() });
        await context.setOffline(true);
        cut();
      });
      await page.route(WASM, async (route) => { await offline; await route.abort(); });
    },
  });
  assert.match(text, /this device seems to be offline/);
});

test('says so even if boot.js is missing', async (t) => {
  const { text } = await openApp({
    t, until: 'failed', expected: LOADING, prepare: answer(/\/boot\.js$/, { status: 404, body: 'no' }),
  }).then(async ({ page }) => ({ text: await failed(page).innerText() }));
  assert.match(text, /A part of this page did not arrive/);
});

test('WebAssembly of an unknown type is taken by its bytes', async (t) => {
  const { page } = await openApp({
    t,
    prepare: (fresh) => fresh.route(WASM, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), 'content-type': 'application/octet-stream' } });
    }),
  });
  assert.equal(await failed(page).isVisible(), false);
});

test('a stricter policy of the host is named', async (t) => {
  const { text } = await openBroken(t, {
    expected: [/./],
    prepare: (page) => page.route((url) => url.pathname === '/', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': "script-src 'self'" } });
    }),
  });
  assert.match(text, /security policy of this site forbids WebAssembly/);
});

test('a panic ends in a page that hands out what is saved', async (t) => {
  const { page } = await openApp({ t, path: '#bcst-bad', storage: { 'backcast.plan.a': 'bcstAAAA', 'backcast.theme': 'dark', other: 'x' } });
  await page.evaluate(() => {
    // Whatever the planner itself has stored is not the subject here.
    for (const key of Object.keys(localStorage)) if (!/^(backcast\.plan\.a|backcast\.theme|other)$/.test(key)) localStorage.removeItem(key);
    localStorage.setItem('backcast.plan.a', 'bcstAAAA');
    window.backcastBoot.crashed('panicked at <b>somewhere</b>');
  });
  await page.getByRole('heading', { name: 'The planner has stopped' }).waitFor();
  assert.equal(await page.locator('#app').evaluate((app) => app.inert && app.hidden), true);
  assert.equal(await page.getByRole('heading', { level: 1 }).evaluate((heading) => heading === document.activeElement), true);
  await page.getByText('Technical details').click();
  await page.getByText('panicked at <b>somewhere</b>').waitFor();
  assert.deepEqual(await download(page, () => page.getByRole('button', { name: 'Download the saved plans' }).click()), {
    name: 'backcast-plans.txt',
    text: 'backcast.plan.a\tbcstAAAA\n',
  });
  const safe = new URL(await page.getByRole('link', { name: 'Start without this plan' }).evaluate((link) => link.href));
  assert.deepEqual([safe.search, safe.hash], ['?safe=1', '']);
  await checkAccessibility(page);
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Reload' }).click()]);
});

test('so does a trap, and the first cause is the one that is told', async (t) => {
  const { page } = await openApp({ t, expected: [/unreachable/] });
  await page.evaluate(() => {
    localStorage.clear();
    // (module (func (export "trap") unreachable))
    const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 8, 1, 4, 116, 114, 97, 112, 0, 0, 10, 5, 1, 3, 0, 0, 11];
    const { trap } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes))).exports;
    setTimeout(trap);
  });
  await page.getByRole('heading', { name: 'The planner has stopped' }).waitFor();
  await page.evaluate(() => window.backcastBoot.crashed('later'));
  assert.match(await page.locator('#failed-report').textContent(), /RuntimeError: unreachable/);
  assert.equal(await page.getByRole('button', { name: 'Download the saved plans' }).isVisible(), false, 'there is nothing to download');
});

test('a crashed planner does not hear of anything any more, and an open dialog does not block the way out', async (t) => {
  const { page } = await openApp({ t });
  await page.evaluate(() => {
    window.heard = [];
    const input = document.createElement('input');
    const dialog = document.createElement('dialog');
    dialog.append(input);
    document.getElementById('app').append(dialog);
    for (const type of ['blur', 'focusout', 'change']) input.addEventListener(type, () => window.heard.push(type));
    addEventListener('pagehide', () => window.heard.push('pagehide'));
    dialog.showModal();
    input.focus();
    window.backcastBoot.crashed('x');
  });
  await page.getByRole('heading', { name: 'The planner has stopped' }).waitFor();
  await page.evaluate(() => dispatchEvent(new Event('pagehide')));
  assert.deepEqual(await page.evaluate(() => window.heard), []);
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Reload' }).click()]);
});

test('the failure page stands with storage blocked', async (t) => {
  const { page, text } = await openBroken(t, {
    prepare: answer(WASM, { status: 404, body: 'no' }),
    initScript: () => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } }),
  });
  assert.match(text, /did not arrive/);
  assert.equal(await page.getByRole('button', { name: 'Download the saved plans' }).isVisible(), false);
});

test('the stored theme is set before the first paint; anything else is the system’s', async (t) => {
  for (const [stored, theme] of [['dark', 'dark'], ['light', 'light'], ['pink', undefined]]) {
    const { page } = await openApp({ t, until: 'loaded', storage: { 'backcast.theme': stored }, prepare: (fresh) => fresh.route(/boot\.js/, (route) => route.abort()), expected: LOADING });
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), theme);
  }
});

test('a link whose # was encoded by a mail scanner is repaired, on every kind of host', async (t) => {
  for (const [mark, options] of [
    ['%23', {}], ['%2523', { base: '/tools/planner/' }], ['%252523', {}], ['%23', { fallback: true }], ['%2523', { fallback: true, base: '/tools/planner/' }],
  ]) {
    const { page, url } = await openApp({ t, ...options, path: `${mark}bcst-Ab_9`, until: 'loaded', expected: [/404/] });
    await page.waitForURL((address) => address.href.startsWith(url) && !address.pathname.includes('%'));
    await page.locator('#boot').waitFor({ state: 'hidden' });
  }
});

test('the repaired link arrives whole, and stays on this host', async (t) => {
  const seen = [];
  const record = (page) => page.on('framenavigated', (frame) => seen.push(frame.url()));
  const { page, url } = await openApp({ t, path: '%23bcst-Ab_9', until: 'loaded', expected: [/404/], prepare: record });
  await page.waitForURL((address) => address.pathname === '/');
  assert.ok(seen.includes(`${url}#bcst-Ab_9`), seen.join(' '));
  // A path that begins with // must not become the name of a host.
  const other = await openApp({ t, base: '//elsewhere.test/', path: '%23bcst-Ab_9', until: 'loaded', expected: [/404/] });
  await other.page.waitForURL((address) => !address.pathname.includes('%'));
  assert.equal(new URL(other.page.url()).origin, new URL(url).origin.replace(/:\d+$/, `:${new URL(other.url).port}`));
});

test('any other address says that there is nothing', async (t) => {
  const { page, url } = await openApp({ t, path: 'nothing-here', until: 'loaded', expected: [/404/] });
  await page.getByRole('heading', { name: 'There is nothing at this address' }).waitFor();
  await checkAccessibility(page);
  await page.getByRole('link', { name: 'Open the planner' }).click();
  await page.waitForURL(url);
});
