import { expect, test } from '@jest/globals';
import { simulatePod } from 'jest-kubelet';
import type { Chart } from '../../../../../src/report/chart/chart';
import { htmlReport } from '../../../../../src/report/html/document/htmlReport';
import { writable } from '../../../timeline/events';
import { hostile, kubia } from '../lives';
import { recordOf, reportOf } from '../records';

const MEGABYTE = 1_000_000;

/** Returns the charts that the script of a page reads. */
function readCharts(html: string): readonly Chart[] {
  return JSON.parse(/<script type="application\/json" id="pictures">(.*?)<\/script>/s.exec(html)?.[1] ?? '');
}

/** Returns the page without its own script and styles. */
function readContent(html: string): string {
  return html.slice(html.indexOf('<body>'), html.lastIndexOf('<script>'));
}

test('renders container output as text, never as markup', () => {
  const html = hostile().timeline.toHTML();
  expect(html.match(/<script/g)).toHaveLength(2);
  const content = readContent(html);
  expect(content).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt;');
  expect(content).not.toMatch(/<img|<b [^>]*on|<!--/);
  expect(content).toContain('red link');
  const acted = ['\u001b', '\u0000', '\u0007', '\u202e', '\u2028'];
  expect(acted.filter((character) => html.includes(character))).toEqual([]);
  const tips = readCharts(html).flatMap((picture) => picture.tips);
  expect(tips).toContain('failure 1 of 3: <script>alert(1)</script><img src=x onerror=alert(2)>');
});

test('contains no value of a Secret', () => {
  const env = [{ name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'login', key: 'token' } } }];
  const pod = simulatePod(
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'shop' },
      spec: { containers: [{ name: 'web', image: 'web:1', env }] },
    },
    { web: [{ at: '1s', stdout: 'login hunter2' }] },
    { secrets: { login: { token: 'hunter2' } } },
  );
  pod.advance('2s');
  const html = pod.timeline.toHTML();
  expect(html).not.toContain('hunter2');
  expect(html).toContain('login ***');
});

test('shows invalid UTF-8 as replacement characters', () => {
  expect(readContent(hostile().timeline.toHTML())).toContain('b\ufffd\ufffd\\x00\ufffd');
});

test('shows the newest lines of 10 MB of log, and reports the omitted ones', () => {
  const { timeline } = kubia();
  const at = timeline.now;
  const text = 'x'.repeat(1_000);
  const written = Array.from({ length: 10_000 }, (_, n) => {
    return { at, container: 'kubia', attempt: 0, stream: 'stdout', text: `${n} ${text}` } as const;
  });
  writable(timeline).write(written);
  const html = timeline.toHTML();
  expect(html.length).toBeLessThan(MEGABYTE);
  expect(html).toContain(`9999 ${text}`);
  expect(html).toMatch(/\d+ earlier lines omitted/);
  // The log of one container does not displace the lines of another one.
  expect(html).toContain('POST /healthcheck/fail');
});

test('shows only the start of an endless line', () => {
  const { timeline } = kubia();
  writable(timeline).write([
    { at: timeline.now, container: 'kubia', attempt: 0, stream: 'stdout', text: 'y'.repeat(500_000) },
  ]);
  expect(timeline.toHTML()).toContain('y… (498000 more characters)');
});

test('stays below 1 MB for ten minutes with three probes a second, a client and a log', async () => {
  const probe = { httpGet: { path: '/', port: 8080 }, periodSeconds: 1 };
  const probes = { startupProbe: probe, livenessProbe: probe, readinessProbe: probe };
  const container = { image: 'web:1', ports: [{ containerPort: 8080 }], ...probes };
  const spec = { containers: ['web', 'side'].map((name) => ({ name, ...container })) };
  const answers = { http: { 8080: { '/': 200 } } };
  const lines = Array.from({ length: 600 }, (_, n) => ({ at: `${n}s`, stdout: `${n} GET / 200 in ${n % 7}ms` }));
  const script = [{ at: '0s', ...answers }, ...lines];
  const pod = simulatePod(
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec },
    { web: script, side: script },
  );
  pod.advance('2s');
  await pod.requests('/', { every: '100ms' });
  pod.advance('10m');
  const dots = readCharts(pod.timeline.toHTML()).flatMap(({ lanes }) => lanes.map(({ dots }) => dots.length));
  expect(Math.max(...dots)).toBeGreaterThan(5_000);
  expect(pod.timeline.toHTML().length).toBeLessThan(MEGABYTE);
});

test('loads nothing from the network, and allows only its own script and styles', () => {
  const html = kubia().timeline.toHTML();
  const policy = /content="(default-src[^"]*)"/.exec(html)?.[1];
  expect(policy).toMatch(
    /^default-src &#39;none&#39;; script-src &#39;sha256-[^ ]+&#39;; style-src &#39;sha256-[^ ]+&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;$/,
  );
  expect(readContent(html)).not.toMatch(/(?:src|href)="(?!#)/);
});

test('contains the chart, events, log and status without a script', () => {
  const content = readContent(kubia().timeline.toHTML());
  const wanted = [
    '<svg viewBox="0 0 1200 ',
    '<text class="caption bad" ',
    '<td data-column="RESTARTS">3 (38s ago)</td>',
    'restart 1, no back-off (first restart)',
    'POST /healthcheck/fail',
  ];
  expect(wanted.filter((text) => !content.includes(text))).toEqual([]);
});

test('starts with the summary', () => {
  const summary = /<ul class="summary">(.*?)<\/ul>/s.exec(kubia().timeline.toHTML())?.[1] ?? '';
  const points = [...summary.matchAll(/<li class="(\w+)">.*?<span class="text">(.*?)<\/span>.*?<\/li>/g)].map(
    ([, tone, text]) => [tone, text],
  );
  expect(points).toEqual([
    ['good', 'Pod became Ready after 6.5s'],
    [
      'bad',
      'proxy restarted once: its liveness probe failed 3 times in a row (HTTP probe failed with statuscode: 503), and it exited with code 0 after the stop signal',
    ],
    ['bad', 'proxy restarted 2 times: it exited with code 0. It waited in back-off once, for up to 14s'],
  ]);
});

test('lists results first, failed ones on top, linked to the deciding instants', () => {
  const html = htmlReport(
    reportOf(
      [kubia()],
      [
        { outcome: 'passed', name: 'ready-in-budget', text: 'Ready after 7.3s' },
        { outcome: 'failed', name: 'a shop stays open', text: 'expect(pod)\n  <b>', pod: 0, at: 38_000 },
      ],
    ),
  );
  const verdicts = html.slice(html.indexOf('<section class="results">'), html.indexOf('<details class="pod"'));
  expect(verdicts).toBe(
    '<section class="results"><h2>1 failed, 1 passed</h2>' +
      '<ul><li class="failed"><p><span class="badge failed">failed</span> <b>a shop stays open</b> ' +
      '<a href="#t=38&amp;pod=kubia">kubia at +38.0s</a></p><pre class="text" tabindex="0">expect(pod)\n  &lt;b&gt;</pre></li></ul>' +
      '<details><summary>1 passed</summary><ul><li class="passed"><p><span class="badge passed">passed</span> ' +
      '<b>ready-in-budget</b></p><p class="text">Ready after 7.3s</p></li></ul></details></section>\n',
  );
});

test('opens only failed pods, and gives each a unique ID', () => {
  const record = recordOf(kubia());
  const verdicts = [{ outcome: 'failed', name: 'x', pod: 1 }] as const;
  const html = htmlReport({ version: 1, pods: [record, record, record], verdicts });
  expect(
    [...html.matchAll(/<details class="pod" id="([^"]+)"[^>]*?( open="")?>/g)].map(([, id, open]) => [id, !!open]),
  ).toEqual([
    ['pod-kubia', false],
    ['pod-kubia..2', true],
    ['pod-kubia..3', false],
  ]);
});

test('reports an aborted run first', () => {
  const html = htmlReport({ version: 1, pods: [{ ...recordOf(kubia()), broken: 'the engine is gone' }] });
  expect(html).toMatch(
    /<ul class="summary"><li class="bad"><span class="when"><\/span><span class="text">The run was aborted: the engine is gone/,
  );
});
