import { expect, test } from '@jest/globals';
import { HOSTILE, hostile } from '../../unit/report/html/lives';
import { describeInBrowser, Pages } from './inBrowser';

const pages = new Pages();

describeInBrowser('the report of a container that prints markup', () => {
  test('shows the markup as text', async () => {
    const page = await pages.open(hostile().timeline.toHTML());
    expect(await page.locator('.log .text').first().textContent()).toBe(HOSTILE[0]);
    expect(await page.locator('.log img, .story img, .log b, .log script, .chart script').count()).toBe(0);
  });

  test('shows the markup in a probe response as text, also under the pointer', async () => {
    const page = await pages.open(hostile().timeline.toHTML());
    const dot = await page.locator('.chart .dot.bad').last().boundingBox();
    if (!dot) throw new Error('the chart has no dot');
    await page.mouse.move(dot.x + dot.width / 2, dot.y + dot.height / 2);
    expect(await page.locator('.tip').textContent()).toMatch(/liveness failure 1 of 3: /);
    expect(await page.locator('.tip *').count()).toBe(1);
  });

  test('causes no dialog, no error and no request', () => {
    expect(pages.trouble).toEqual([]);
  });
});
