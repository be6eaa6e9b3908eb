import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import Ajv from 'ajv';
import { FORMATS, type Format, inFormat } from '../../../../src/gate/formats';
import { asMarkdown } from '../../../../src/gate/formats/markdown';
import { type GateReport, type GateResult, type TargetReport, toGateResult } from '../../../../src/gate/gateResult';
import { blocksIn, page } from '../../../docs/pages';
import { faultyReport } from './faulty';
import { problemsInJUnit } from './xmllint';

const OPTIONS = { version: '1.2.3', folder: process.cwd(), paint: (_: string, text: string) => text };

let report: GateReport;
beforeAll(async () => {
  report = await faultyReport();
});

test.each(FORMATS)('the verdict on a faulty pod as %s', async (format) => {
  expect(await inFormat(format, report, OPTIONS)).toMatchSnapshot();
});

test('docs/gate.md shows the text', async () => {
  const [shown] = blocksIn(page('docs/gate.md'), 'text');
  expect(shown).toBe(await inFormat('text', report, OPTIONS));
});

test('the verdict on a faulty pod as a job’s summary', () => {
  expect(asMarkdown(report)).toMatchSnapshot();
});

/** What a pod passes, but for one check. */
function one(answer: Partial<TargetReport>, outcome: TargetReport['outcome'] = 'failed'): GateReport {
  const told: TargetReport = { outcome, sentence: 'it <b>hangs</b> | for 50 %,\nfor ever', ...answer };
  const verdict: GateResult = {
    workload: 'Pod/shop',
    source: '<stdin>',
    outcome: 'failed',
    checks: [{ check: 'recovers', title: 'the pod is Ready again', outcome, answers: [told] }],
    notChecked: [],
  };
  return { outcome: 'failed', verdicts: [verdict], times: { totalMs: 900, podsMs: 0, ownMs: 900 } };
}

const printed = (format: Format, of: GateReport) => inFormat(format, of, OPTIONS);

describe('JUnit', () => {
  test('is what Jenkins takes', async () => {
    expect(await problemsInJUnit(await printed('junit', report))).toEqual([]);
    expect(await problemsInJUnit(await printed('junit', one({}, 'notRun')))).toEqual([]);
    expect(await problemsInJUnit('<testsuites skipped="0"/>')).not.toEqual([]);
  });

  test('what could not be run is an error where nothing failed', async () => {
    expect(await printed('junit', one({ sentence: 'there was no time left' }, 'notRun'))).toContain(
      '<error message="there was no time left" type="recovers"/>',
    );
  });

  test('has the time of each check itself', async () => {
    const slow = await printed('junit', one({ tookMs: 90_000, spentMs: 2_500 }));
    expect(slow).toContain('<testcase name="recovers" classname="Pod/shop" time="2.5">');
  });

  test('has nothing in it that is not XML', async () => {
    const odd = await printed('junit', one({ evidence: 'a \u001b[31mred\u0000 ]]> end' }));
    expect(await problemsInJUnit(odd)).toEqual([]);
  });
});

describe('SARIF', () => {
  const schema = JSON.parse(readFileSync(path.join(__dirname, 'sarif.schema.json'), 'utf8'));
  const isSARIF = new Ajv().compile(schema);

  test('is what code scanning takes', async () => {
    isSARIF(JSON.parse(await printed('sarif', report)));
    expect(isSARIF.errors).toBeNull();
    isSARIF(JSON.parse(await printed('sarif', one({}))));
    expect(isSARIF.errors).toBeNull();
    expect(isSARIF({ version: '2.1.0', runs: [{}] })).toBe(false);
  });

  test('places nothing in a file that is none', async () => {
    const position = { file: '<stdin>', line: 3, column: 5, text: '', width: 4 };
    const { runs } = JSON.parse(await printed('sarif', one({ field: 'spec.restartPolicy', position })));
    expect(runs[0].results[0].locations).toEqual([
      { logicalLocations: [{ fullyQualifiedName: 'Pod/shop: spec.restartPolicy', kind: 'object' }] },
    ]);
  });
});

test('an annotation is one line, whatever stands in it', async () => {
  expect(await printed('github', one({}))).toBe(
    '::error title=Pod/shop%3A recovers::it <b>hangs</b> | for 50 %25,\\nfor ever',
  );
});

test('a summary shows what is written, and no more', () => {
  const summary = asMarkdown(one({ evidence: '```js\nalert(1)\n```' }));
  expect(summary).toContain('| ❌ | `recovers` | failed | it &#60;b&#62;hangs&#60;/b&#62; &#124; for 50 %, for ever |');
  expect(summary).toContain('\n````text\n```js\nalert(1)\n```\n````\n');
});

test('the change that would help is told with its sum', async () => {
  const patch = { yaml: 'spec:\n  terminationGracePeriodSeconds: 40\n', sum: '10 s of preStop + 25 s to end' };
  expect(await printed('text', one({ sentence: 'it does not end', patch }))).toContain(`
recovers: it does not end

  would pass with (10 s of preStop + 25 s to end):

    spec:
      terminationGracePeriodSeconds: 40

`);
});

test('what a Secret holds is told nowhere', () => {
  const hide = (text: string) => text.replaceAll('hunter2', '***');
  const answer = { check: 'hooks-run', outcome: 'failed', sentence: 'curl -u me:hunter2 fails' } as const;
  const gated = {
    workload: 'Pod/shop',
    source: 'pod.yaml',
    locate: () => ({ field: '' }),
    patchText: () => ({ yaml: '' }),
    hide,
    policy: { failOn: 'error' as const, waivers: [] },
  };
  const gap = { what: 'requests', why: 'GET /?key=hunter2 failed' };
  const results = [{ check: 'hooks-run', outcome: 'failed', answers: [answer] }] as const;
  const { checks, notChecked } = toGateResult(gated, results, [gap]);
  expect(notChecked).toEqual([{ what: 'requests', why: 'GET /?key=*** failed' }]);
  expect(checks[0]?.answers).toEqual([{ outcome: 'failed', severity: 'error', sentence: 'curl -u me:*** fails' }]);
});

test('text stands out by color where there is one', async () => {
  const paint = (style: string, text: string) => `<${style}>${text}</${style}>`;
  const evidence = '  +1.0 s  web  Unhealthy\n> +2.0 s  web  Killing';
  expect(await inFormat('text', one({ sentence: 'it hangs', evidence }), { ...OPTIONS, paint })).toBe(
    `<bold>Pod/shop does not pass: 1 of 1 check failed</bold>

<red>recovers:</red> it hangs

    +1.0 s  web  Unhealthy
  <red>> +2.0 s  web  Killing</red>

  recovers  <red>failed</red>  see above

1 check: 1 failed. 0.9 s, without a pod.`,
  );
});
