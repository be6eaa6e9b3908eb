import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { busy, kubia, quits, unpulled } from '../../unit/report/html/lives';
import { describeInBrowser, Pages } from './inBrowser';

const pages = new Pages();
const reports = new Map<string, string>();

beforeAll(async () => {
  const few = unpulled();
  const many = await busy();
  expect(countEvents(few)).toBe(4);
  expect(countEvents(many)).toBeGreaterThanOrEqual(60);
  reports.set('4 events', few.timeline.toHTML());
  reports.set('60 events', many.timeline.toHTML());
  reports.set('back-off', kubia().timeline.toHTML());
  reports.set('skipped time', quits().timeline.toHTML());
});

function countEvents({ timeline }: Awaited<ReturnType<typeof busy>>): number {
  return timeline.events.filter(({ source }) => source === 'kubelet').length;
}

/** Returns the texts of the chart that overlap or are outside of it. */
function findCollisions(page: Page): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(`(() => {
    const chart = document.querySelector('.picture').getBoundingClientRect();
    const texts = [...document.querySelectorAll('.picture text')].map((text) => ({
      text: text.textContent,
      box: text.getBoundingClientRect(),
    }));
    const isOutside = ({ box }) => box.left < chart.left - 1 || box.right > chart.right + 1 || box.top < chart.top - 1;
    // Boxes have a line height of empty space above and below their letters.
    const overlap = (a, b) =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
    return texts.flatMap((one, index) => [
      ...(isOutside(one) ? [one.text + ' is outside'] : []),
      ...texts.slice(index + 1).filter(({ box }) => overlap(one.box, box)).map(({ text }) => one.text + ' / ' + text),
    ]);
  })()`);
}

describeInBrowser('the texts of a chart', () => {
  describe.each(['4 events', '60 events', 'back-off', 'skipped time'])('with %s', (name) => {
    test.each([400, 800, 1600])('do not overlap at a width of %i pixels', async (width) => {
      const page = await pages.open(reports.get(name) ?? '', { width });
      expect(await findCollisions(page)).toEqual([]);
    });

    test('do not overlap at any zoom', async () => {
      const page = await pages.open(reports.get(name) ?? '', { width: 800 });
      for (let zoom = 0; zoom < 6; zoom += 1) {
        await page.keyboard.press('+');
        await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
        expect(await findCollisions(page)).toEqual([]);
      }
    });
  });
});
