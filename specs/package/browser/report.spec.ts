import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { htmlReport } from '../../../src/report/html/document/htmlReport';
import { careless, kubia, quits } from '../../unit/report/html/lives';
import { reportOf } from '../../unit/report/html/records';
import { describeInBrowser, Pages } from './inBrowser';

const pages = new Pages();
let proxyRestarted: string;
let requestsDropped: string;

beforeAll(async () => {
  proxyRestarted = kubia().timeline.toHTML();
  requestsDropped = (await careless()).timeline.toHTML();
});

const textOf = async (page: Page, selector: string) => (await page.locator(selector).first().textContent()) ?? '';

/** Returns the center of an element, for the pointer. */
async function middleOf(page: Page, selector: string, which = 0): Promise<{ readonly x: number; readonly y: number }> {
  const box = await page.locator(selector).nth(which).boundingBox();
  if (!box) throw new Error(`${selector} is not visible`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Returns the labels of the axis. */
const ticksOf = (page: Page) => page.locator('.tick').allTextContents();

describeInBrowser('the report in a browser', () => {
  test('shows the time, result and duration of the probe under the pointer', async () => {
    const page = await pages.open(proxyRestarted);
    const { x, y } = await middleOf(page, '.dot.bad', 1);
    await page.mouse.move(x, y);
    const told = await textOf(page, '.tip');
    expect(told).toBe('+30.5s liveness failure 2 of 3: HTTP probe failed with statuscode: 503 (took 0ms)');
  });

  test('moves the timeline, the log and the status to the time under the pointer', async () => {
    const page = await pages.open(proxyRestarted);
    const { x, y } = await middleOf(page, '.dot.bad', 1);
    await page.mouse.move(x, y);
    expect(await textOf(page, '.story .current')).toContain('liveness probe failed (2/3)');
    expect(await textOf(page, '.log .current')).toContain('POST /healthcheck/fail');
    expect(await textOf(page, '[data-column=STATUS]')).toBe('Running');
    const backOff = await middleOf(page, '.bar.hatched');
    await page.mouse.move(backOff.x, backOff.y);
    expect(await textOf(page, '[data-column=STATUS]')).toBe('CrashLoopBackOff');
    expect(await textOf(page, '[data-column=READY]')).toBe('1/2');
    expect(await textOf(page, '[data-column=RESTARTS]')).toMatch(/^2 \(\d+s ago\)$/);
    expect(await textOf(page, '.story .current')).toContain('Back-off restarting');
  });

  test('keeps the cursor at a click, and its address opens the same time', async () => {
    const page = await pages.open(proxyRestarted);
    const { x, y } = await middleOf(page, '.bar.hatched');
    await page.mouse.click(x, y);
    const at = await textOf(page, '.now');
    await page.mouse.move(x - 300, y);
    expect(await textOf(page, '.now')).toBe(at);
    const hash = new URL(page.url()).hash;
    expect(hash).toMatch(/^#t=\d+(\.\d+)?&pod=kubia$/);

    const other = await pages.open(proxyRestarted, { hash });
    expect(await textOf(other, '.now')).toBe(at);
    expect(await textOf(other, '[data-column=STATUS]')).toBe('CrashLoopBackOff');
  });

  test('opens the pod in the address', async () => {
    const verdicts = [{ outcome: 'failed', name: 'liveness', pod: 0 }] as const;
    const html = htmlReport(reportOf([kubia(), await careless()], verdicts));
    const page = await pages.open(html, { hash: '#t=15.5&pod=careless' });
    const pod = page.locator('[data-pod=careless]');
    await pod.locator('.cursor.held').waitFor({ state: 'attached' });
    expect(await pod.locator('.now').textContent()).toBe('+15.5s');
    expect(await pod.locator('[data-column=STATUS]').textContent()).toBe('Error');
    await page.keyboard.press('ArrowLeft');
    expect(await pod.locator('.now').textContent()).toBe('+15.0s');
  });

  test('follows a link to an instant', async () => {
    const page = await pages.open(proxyRestarted);
    await page.locator('.summary a').nth(1).click();
    await page.locator('.cursor.held').waitFor({ state: 'attached' });
    expect(await textOf(page, '.now')).toBe('+38.0s');
    expect(await textOf(page, '.story .current')).toContain('restart 1, no back-off');
  });

  test('zooms with the wheel, moves with a drag, and resets with Escape', async () => {
    const page = await pages.open(proxyRestarted);
    const whole = await ticksOf(page);
    const { x, y } = await middleOf(page, '.dot.bad', 1);
    await page.mouse.move(x, y);
    await page.mouse.wheel(0, -600);
    await expectSoon(async () => expect((await ticksOf(page)).length).not.toBe(whole.length));
    const magnified = await ticksOf(page);
    expect(magnified.join()).not.toBe(whole.join());
    expect(magnified).toContain('30s');
    // The element under the pointer keeps its place.
    const edges = await page.locator('.dot.bad').all();
    const places = await Promise.all(edges.map(async (dot) => (await dot.boundingBox())?.x ?? 0));
    expect(Math.min(...places.map((place) => Math.abs(place + 8.4 - x)))).toBeLessThan(2);
    await page.mouse.down();
    await page.mouse.move(x - 200, y, { steps: 3 });
    await page.mouse.up();
    await expectSoon(async () => expect((await ticksOf(page)).join()).not.toBe(magnified.join()));
    await page.keyboard.press('Escape');
    await expectSoon(async () => expect(await ticksOf(page)).toEqual(whole));
  });

  test('zooms to the dragged range', async () => {
    const page = await pages.open(proxyRestarted);
    const from = await middleOf(page, '.dot.bad', 0);
    const to = await middleOf(page, '.dot.bad', 2);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 3 });
    await page.mouse.up();
    await expectSoon(async () => expect((await ticksOf(page))[0]).toBe('26s'));
    const ticks = await ticksOf(page);
    expect(ticks.at(-1)).toBe('35s');
    // The drag has ended.
    await page.mouse.move(from.x, from.y);
    expect(await page.locator('.stretch').count()).toBe(0);
  });

  test('hides the containers and kinds that are switched off', async () => {
    const page = await pages.open(proxyRestarted);
    const titles = () => page.locator('.title, .head').allTextContents();
    const lanes = ['STATUS', 'endpoints', 'state', 'liveness', 'state', 'liveness', 'signals'];
    expect((await titles()).sort()).toEqual([...lanes, 'kubia', 'proxy'].sort());
    await page.locator('[data-value=kubia]').click();
    await page.locator('[data-value=probe]').click();
    await expectSoon(async () =>
      expect((await titles()).sort()).toEqual(['STATUS', 'endpoints', 'proxy', 'signals', 'state']),
    );
    const who = await page.locator('.log li:visible .who').allTextContents();
    expect(new Set(who.map((name) => name.split(' ')[0]))).toEqual(new Set(['proxy']));
    await page.locator('[data-value=kubia]').click();
    await page.locator('[data-value=probe]').click();
    await expectSoon(async () => expect(await titles()).toHaveLength(9));
  });

  test('moves and zooms with the keys', async () => {
    const page = await pages.open(proxyRestarted, { hash: '#t=25.5&pod=kubia' });
    await page.keyboard.press('ArrowRight');
    expect(await textOf(page, '.now')).toBe('+30.5s');
    await page.keyboard.press('ArrowLeft');
    expect(await textOf(page, '.now')).toBe('+25.5s');
    await page.keyboard.press('Shift+ArrowRight');
    expect(await textOf(page, '.now')).toBe('+25.6s');
    const whole = await ticksOf(page);
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    await expectSoon(async () => expect((await ticksOf(page)).join()).not.toBe(whole.join()));
    await page.keyboard.press('-');
    await page.keyboard.press('-');
    await expectSoon(async () => expect(await ticksOf(page)).toEqual(whole));
  });

  test('is dark if the browser prefers it, or after a click', async () => {
    const ground = (page: Page) => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const dark = await pages.open(proxyRestarted, { colorScheme: 'dark' });
    expect(await ground(dark)).toBe('rgb(20, 23, 28)');
    const light = await pages.open(proxyRestarted);
    expect(await ground(light)).toBe('rgb(255, 255, 255)');
    await light.locator('#theme').click();
    expect(await ground(light)).toBe('rgb(20, 23, 28)');
    await light.locator('#theme').click();
    expect(await ground(light)).toBe('rgb(255, 255, 255)');
  });

  test('fits the width of a phone, with a name for every lane', async () => {
    const page = await pages.open(requestsDropped, { width: 400 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400);
    expect(await page.locator('.title').allTextContents()).toEqual(
      expect.arrayContaining(['STATUS', 'endpoints', 'requests', 'test actions', 'state', 'readiness', 'signals']),
    );
    expect(await page.locator('.caption').allTextContents()).toEqual(
      expect.arrayContaining(['10 dropped', 'exit 1', 'SIGTERM']),
    );
    const edges = await page.evaluate<number[]>(
      `[...document.querySelectorAll('.picture text')].map((text) => text.getBoundingClientRect().right)`,
    );
    expect(Math.max(...edges)).toBeLessThanOrEqual(400);
  });

  test('breaks the axis at skipped time, with a label', async () => {
    const page = await pages.open(quits().timeline.toHTML());
    expect(await page.locator('.cut-label').allTextContents()).toEqual([
      '9.7s skipped',
      '19.7s skipped',
      '39.7s skipped',
      '1m19.7s skipped',
      '2m39.7s skipped',
      '4m48.3s skipped',
    ]);
    const { x, y } = await middleOf(page, '.cut-ground', 1);
    await page.mouse.move(x, y);
    expect(await textOf(page, '.tip')).toBe('19.7s skipped: nothing could change in this time');
  });

  test('prints all lines, without the controls', async () => {
    const page = await pages.open(proxyRestarted, { width: 700 });
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.controls').isVisible()).toBe(false);
    const heights = await page.evaluate<[number, number]>(
      `(({ clientHeight, scrollHeight }) => [clientHeight, scrollHeight])(document.querySelector('.story ol'))`,
    );
    expect(heights[0]).toBe(heights[1]);
  });

  test('causes no error, no warning and no request', () => {
    expect(pages.trouble).toEqual([]);
  });
});

/** Waits until the assertion passes, for a limited number of frames. */
async function expectSoon(assertion: () => Promise<void>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      return await assertion();
    } catch {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  await assertion();
}
