import { beforeAll, describe, expect, test } from '@jest/globals';
import { type AxeResults, source } from 'axe-core';
import { htmlReport } from '../../../src/report/html/document/htmlReport';
import { careless, kubia } from '../../unit/report/html/lives';
import { reportOf } from '../../unit/report/html/records';
import { describeInBrowser, Pages } from './inBrowser';

const pages = new Pages();
let html: string;

beforeAll(async () => {
  const verdicts = [
    { outcome: 'failed', name: 'drains', text: 'on deletion requests are dropped\n\n> +15.5s', pod: 1, at: 15_500 },
    { outcome: 'failed', name: 'liveness', text: 'the proxy was restarted', pod: 0, at: 38_000 },
    { outcome: 'passed', name: 'ready-in-budget', text: 'Ready after 5.4s' },
  ] as const;
  html = htmlReport(reportOf([kubia(), await careless()], verdicts));
});

describeInBrowser('the accessibility of the report', () => {
  describe.each(['light', 'dark'] as const)('in %s mode', (colorScheme) => {
    test.each([1280, 400])('has no serious violation at %i pixels', async (width) => {
      const page = await pages.open(html, { width, colorScheme, hash: '#t=30.5&pod=kubia' });
      await page.evaluate(source);
      const { violations } = await page.evaluate<AxeResults>('axe.run()');
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map((node) => node.html.slice(0, 120))])).toEqual(
        [],
      );
    });
  });
});
