// How long the page is held up while the best mix of a plan is searched.
import { button, openApp, says } from '../tests/browser/support.mjs';

/** What the page begins with when its figures are there. */
const FIGURES = /^The sellers/;

/**
 * Runs in the page: notes every task of 50 ms and more, when there is a click, when the solver is sent the programme and what
 * the page says then, when it answers, and when the answer is painted.
 */
function watch() {
  window.notes = { tasks: [] };
  const note = (name, value) => { window.notes[name] ??= value; };
  new PerformanceObserver((list) => list.getEntries().forEach(({ startTime, duration }) => window.notes.tasks.push({ startTime, duration })))
    .observe({ type: 'longtask', buffered: false });
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function postMessage(...message) {
    note('sent', performance.now());
    note('heading', document.querySelector('#main h1').textContent);
    this.addEventListener('message', ({ timeStamp }) => note('answered', timeStamp), { once: true });
    post.apply(this, message);
  };
  addEventListener('click', ({ target, timeStamp }) => {
    if (target.textContent !== 'Find the best mix') return;
    note('clicked', timeStamp);
    new MutationObserver((_changes, observer) => {
      const said = /^(The least money|The most that|No mix|Bookings grow|The solver)/;
      const told = [...document.querySelectorAll('.told')].find(({ textContent }) => said.test(textContent));
      if (!told) return;
      observer.disconnect();
      note('told', told.textContent);
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => note('painted', performance.now());
        port2.postMessage('after the frame');
      });
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  }, true);
}

/** Opens the plan on the page of people and money. */
async function open(document, slower) {
  const app = await openApp({ initScript: watch });
  const { page } = app;
  await button(page, 'Plans').click();
  await page.getByText('Paste a link or the text of a plan').click();
  await page.getByLabel('Link or text').fill(JSON.stringify(document));
  await button(page, 'Open it').click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'People & money' }).click();
  await says(page.locator('#main h1'), FIGURES);
  await page.locator('summary', { hasText: 'Best mix' }).first().click();
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  page.setDefaultTimeout(60_000);
  return app;
}

/** Presses the button, and says what it took until the answer was painted, and the longest task before the solver, meanwhile and after. */
export async function wait(document, aim, slower) {
  const { page, close } = await open(document, slower);
  await page.getByRole('combobox', { name: 'What is sought' }).selectOption(aim);
  await page.waitForTimeout(1500); // nothing is waiting any more
  await page.evaluate(() => { window.notes = { tasks: [] }; });
  await button(page, 'Find the best mix').click();
  await page.waitForFunction(() => window.notes.painted);
  await page.waitForTimeout(300); // the observer hears of a task later
  const { tasks, clicked, sent, heading, answered, told, painted } = await page.evaluate(() => window.notes);
  await close();
  if (!FIGURES.test(heading)) throw new Error(`the figures were not on screen before: ${heading}`);
  if (!/^The (least money|most that)/.test(told)) throw new Error(`there is a mix: ${told}`);
  const longest = { before: 0, solving: 0, after: 0 };
  for (const { startTime, duration } of tasks) {
    if (startTime > painted) continue;
    const part = startTime <= sent ? 'before' : startTime + duration > answered ? 'after' : 'solving';
    longest[part] = Math.max(longest[part], duration);
  }
  return { until: painted - clicked, ...longest };
}
