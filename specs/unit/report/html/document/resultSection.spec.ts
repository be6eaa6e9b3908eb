import { describe, expect, test } from '@jest/globals';
import type { PodPart } from '../../../../../src/report/html/document/podSection';
import type { FindingRecord, ResultRecord } from '../../../../../src/report/html/document/resultRecord';
import { resultSections } from '../../../../../src/report/html/document/resultSection';
import { markup } from '../../../../../src/report/html/draw/node';
import { podRecord } from '../../../../../src/report/record/podRecord';
import { podOf } from '../../../matchers/replay';
import { ready, timelineOf } from '../../../timeline/events';

const CHECK = { name: 'recovers', outcome: 'failed', word: 'failed', texts: ['see above'] } as const;

function part(): PodPart {
  const timeline = timelineOf(ready(50));
  const record = podRecord({ pod: podOf({}), timeline, broken: undefined }, { kind: 'run', manifest: 'sha256:0' });
  const picture = { id: 'shop..2', name: 'shop', end: timeline.now, cuts: [], lanes: [], tips: [], rows: [] };
  return { record, timeline, picture };
}

function html(result: Partial<ResultRecord>): string {
  const whole: ResultRecord = {
    outcome: 'failed',
    headline: 'Pod/shop does not pass',
    findings: [],
    checks: [CHECK],
    notChecked: [],
    ...result,
  };
  return resultSections([whole], [part(), part()]).map(markup).join('');
}
const finding = (more: Partial<FindingRecord> = {}): string => {
  const found = { name: 'recovers', outcome: 'failed', badge: 'error', text: 'it hangs', ...more } as const;
  return /<ul>(.*)<\/ul><details>/.exec(html({ findings: [found] }).replaceAll('\n', '\\n'))?.[1] ?? '';
};

describe('resultSections', () => {
  test('starts each workload with its outcome and its headline', () => {
    expect(html({ headline: 'Pod/shop <1> fails' })).toMatch(
      /^<section class="result results"><h2><span class="badge failed">failed<\/span> Pod\/shop &lt;1&gt; fails<\/h2>/,
    );
    expect(resultSections([], [])).toEqual([]);
  });

  test('lists every check with its outcome and its sentences', () => {
    const passed = { name: 'drains', outcome: 'passed', word: 'ok', texts: ['no drop', 'no <b>'] } as const;
    const page = html({ checks: [CHECK, passed] });
    expect(page).toContain('<summary>all 2 checks</summary>');
    expect(page).toContain(
      '<tr><th scope="row">drains</th><td class="badge passed">ok</td><td><p>no drop</p><p>no &lt;b&gt;</p></td></tr>',
    );
    expect(html({})).toContain('<summary>1 check</summary>');
  });

  test('counts the unchecked parts, and omits a count of 0', () => {
    const page = html({ notChecked: ['requests: no Service', 'outages: no --service'] });
    expect(page).toContain('<summary>2 not checked</summary><ul><li>requests: no Service</li>');
    expect(html({})).not.toContain('not checked');
  });
});

describe('finding of resultSections', () => {
  test('contains no list without details', () => {
    expect(finding()).toBe(
      '<li class="failed"><p><span class="badge failed">error</span> <b>recovers</b></p><p class="text">it hangs</p></li>',
    );
  });

  test('marks a finding of a passed check as an info', () => {
    expect(finding({ outcome: 'passed', badge: 'info' })).toMatch(/^<li class="info"><p><span class="badge info">info/);
  });

  test('shows cause, fix, waiver, line and patch in this order', () => {
    const shown = finding({
      patch: { text: 'spec:\n  <x>', sum: '1s + 2s' },
      place: 'shop.yaml:3:5: spec',
      frame: '3 | spec:\n  | ^^^^',
      waived: 'known',
      fix: 'use httpGet',
      cause: 'a tcpSocket probe',
    });
    expect(/<dl>(.*)<\/dl>/.exec(shown)?.[1]).toBe(
      '<dt>Cause</dt><dd>a tcpSocket probe</dd><dt>Fix</dt><dd>use httpGet</dd><dt>Waived</dt><dd>known</dd>' +
        '<dt>Line</dt><dd>shop.yaml:3:5: spec<pre tabindex="0">3 | spec:\\n  | ^^^^</pre></dd>' +
        '<dt>Patch</dt><dd>1s + 2s<pre tabindex="0">spec:\\n  &lt;x&gt;</pre></dd>',
    );
  });

  test('folds the evidence, and drops control characters', () => {
    expect(finding({ evidence: '> +2.0s  \u001b[31mweb\u0000\n  end' })).toContain(
      '<details><summary>evidence</summary><pre tabindex="0">&gt; +2.0s  web\\x00\\n  end</pre></details>',
    );
  });

  test('links to its pod, at the deciding instant or at the end', () => {
    expect(finding({ pod: 1, at: 38_000 })).toContain('<a href="#t=38&amp;pod=shop..2">shop at +38.0s</a>');
    expect(finding({ pod: 1 })).toContain('<a href="#t=50&amp;pod=shop..2">shop at +50.0s</a>');
    expect(finding({ pod: 7 })).not.toContain('<a ');
  });
});
