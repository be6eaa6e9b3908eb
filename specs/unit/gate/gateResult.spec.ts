import { describe, expect, test } from '@jest/globals';
import { makeFailed } from '../../../src/assertions/assertionResult';
import { fieldPlacesIn, type ReportContext, toGateResult, unusedWaivers } from '../../../src/gate/gateResult';
import type { Patch } from '../../../src/gate/model/patch';
import type { Policy } from '../../../src/gate/model/policy/policy';
import type { CheckResult, TargetResult } from '../../../src/gate/model/targetResult';
import { loadRead } from '../../../src/manifest/loadPod';
import { readNamedText } from '../../../src/manifest/source/source';
import { FieldPath } from '../../../src/manifest/values/fieldPath';
import { NO_LIMIT } from '../../../src/timing/waits';
import { type CheckMessage, formatCheckMessage } from '../../../src/wording/gate/results/checkMessage';
import { podOf } from '../matchers/replay';
import { exited, s, started, timelineOf } from '../timeline/events';

const STRICT: Policy = { failOn: 'error', waivers: [] };
const context = (more: Partial<ReportContext> = {}): ReportContext => ({
  workload: 'Pod/shop',
  source: 'pod.yaml',
  locate: (path) => ({ field: String(path) }),
  patchText: () => ({ yaml: 'spec: {}\n' }),
  hide: (text) => text,
  policy: STRICT,
  ...more,
});
const DOWN: CheckMessage = {
  kind: 'notReadyAgain',
  effect: { kind: 'hung', container: 'web' },
  result: { received: { kind: 'notReadyAgain' } },
};
const resultOf = (answer: Partial<TargetResult> = {}): CheckResult => {
  const whole: TargetResult = { check: 'recovers', outcome: 'failed', message: DOWN, ...answer };
  return { check: whole.check, outcome: whole.outcome, answers: [whole] };
};
const reported = (answer: Partial<TargetResult>, more: Partial<ReportContext> = {}) =>
  toGateResult(context(more), [resultOf(answer)], []).checks[0]?.answers[0];
const outcomeOf = (answer: Partial<TargetResult>, policy = STRICT) =>
  toGateResult(context({ policy }), [resultOf({ outcome: 'passed' }), resultOf(answer)], []).outcome;

const PATCH: Patch = {
  path: ['containers'],
  value: 1,
  found: { kind: 'probeTimeout', tookMs: 1_200, seconds: 2 },
};

describe('outcome of toGateResult', () => {
  test('fails if a check failed or was not run', () => {
    expect(outcomeOf({ outcome: 'passed' })).toBe('passed');
    expect(outcomeOf({ outcome: 'notApplicable' })).toBe('passed');
    expect(outcomeOf({ outcome: 'notRun' })).toBe('failed');
    expect(outcomeOf({})).toBe('failed');
  });

  test('passes if failures are waived or below the failing severity', () => {
    expect(outcomeOf({ severity: 'warning' })).toBe('passed');
    expect(outcomeOf({ severity: 'warning' }, { ...STRICT, failOn: 'warning' })).toBe('failed');
    const waivers = [{ name: 'recovers' as const, reason: 'known' }];
    expect(outcomeOf({}, { ...STRICT, waivers })).toBe('passed');
    expect(reported({}, { policy: { ...STRICT, waivers } })).toMatchObject({ outcome: 'passed', waived: 'known' });
  });
});

describe('check result of toGateResult', () => {
  test('contains the title of its check, and no field without a value', () => {
    const { checks, workload, source } = toGateResult(context(), [resultOf({ outcome: 'passed' })], []);
    expect([workload, source, checks[0]?.title]).toEqual([
      'Pod/shop',
      'pod.yaml',
      'the pod is Ready again after each fault',
    ]);
    expect(checks[0]?.answers).toEqual([
      { outcome: 'passed', messageId: 'recovers/not-ready-again', sentence: formatCheckMessage(DOWN) },
    ]);
  });

  test('contains times in whole milliseconds', () => {
    expect(reported({ outcome: 'passed', tookMs: 1_234.6, spentMs: 99.4 })).toMatchObject({
      tookMs: 1_235,
      spentMs: 99,
    });
  });

  test('prefers the cause and advice of the check to those of its evidence', () => {
    const timeline = timelineOf(started(1), exited(5, 137, { reason: 'OOMKilled' }));
    const record = { result: makeFailed(timeline.events.at(-1), 'notReady'), timeline, pod: podOf({}) };
    expect(reported({ record })?.cause).toBe('oom-killed');
    expect(reported({ record })?.advice).toMatch(/^web was OOMKilled/);
    expect(reported({ record, cause: 'crashes', advice: 'fix it' })).toMatchObject({
      cause: 'crashes',
      advice: 'fix it',
    });
  });

  test('starts the evidence with the received state unless the sentence contains it', () => {
    const timeline = timelineOf(started(1), exited(5, 1));
    const record = { result: makeFailed(timeline.events.at(-1), 'notReady', 'removed'), timeline, pod: podOf({}) };
    expect(reported({ record })?.evidence).toMatch(/^pod not Ready after 5\.0s\n\n/);
    expect(reported({ record, saysReceived: true })?.evidence).toMatch(/^ +\+1\.0s/);
    expect(reported({ record, searchLimitMs: 120_000 })?.evidence).toMatch(/No patch was found within 2m\.$/);
  });

  test('contains evidence without the received state if no reason is known', () => {
    const timeline = timelineOf(started(1), exited(5, 1));
    const record = { result: makeFailed(timeline.events.at(-1), 'notReady'), timeline, pod: podOf({}) };
    expect(reported({ record })?.evidence).toMatch(/^ +\+1\.0s/);
    expect(reported({ record, saysReceived: false })?.evidence).toMatch(/^pod not Ready after 5\.0s\n\n/);
    const { received } = record.result;
    const phase = { kind: 'init', container: 'migrate', since: s(0), limit: NO_LIMIT } as const;
    const waited = { ...record.result, reason: { kind: 'usedTime', phase, received } as const };
    expect(reported({ record: { ...record, result: waited } })?.evidence).toMatch(/^ +\+1\.0s/);
  });

  test('names the field by its path in the manifest', () => {
    const paths: string[] = [];
    const locate = (path: FieldPath) => {
      paths.push(String(path));
      return { field: `template.${path}`, position: { file: 'a.yaml', line: 3, column: 5, text: 'x: 1', width: 1 } };
    };
    const field = 'spec.containers[0].livenessProbe';
    expect(reported({ field }, { locate })).toMatchObject({ field: `template.${field}`, position: { line: 3 } });
    expect(paths).toEqual([field]);
  });

  test('contains no value of a Secret', () => {
    const hide = (text: string) => text.replaceAll('hunter2', '***');
    const position = { file: 'a.yaml', line: 3, column: 5, text: 'args: [hunter2]', width: 1 };
    const results = [
      resultOf({
        message: { kind: 'finding', why: 'curl -u me:hunter2 fails' },
        advice: 'remove hunter2',
        field: 'x',
        patch: PATCH,
      }),
    ];
    const given = context({
      hide,
      locate: () => ({ field: 'hunter2', position }),
      patchText: () => ({ yaml: 'a: hunter2\n' }),
    });
    const gated = toGateResult(given, results, [
      { kind: 'obstructedService', obstacle: { kind: 'unknownTargetPort', service: 'shop', port: 'hunter2' } },
    ]);
    expect(gated.notChecked).toEqual([{ what: 'requests through a Service', why: expect.stringContaining('"***"') }]);
    expect(gated.checks[0]?.answers[0]?.sentence).toBe('curl -u me:*** fails');
    expect(JSON.stringify(gated)).not.toContain('hunter2');
  });
});

describe('patch of toGateResult', () => {
  const patch = PATCH;
  const sum = 'a response took up to 1.2s. With a margin of 20%, it needs 2s.';
  const hide = (text: string) => text.replaceAll('hunter2', '***');
  const patchText = () => ({ yaml: 'value: hunter2\n', diff: '-  a: 1\n+  a: 2\n' });

  test('contains its YAML, its diff and how it was found', () => {
    expect(reported({ patch }, { patchText })?.patch).toEqual({ ...patchText(), sum });
  });

  test('masks Secrets, and drops a diff that masking would break', () => {
    expect(reported({ patch }, { patchText, hide })?.patch).toEqual({
      ...patchText(),
      yaml: 'value: ***\n',
      sum,
    });
    const around = () => ({ yaml: 'a: 2\n', diff: '   password: hunter2\n-  a: 1\n+  a: 2\n' });
    expect(reported({ patch }, { patchText: around, hide })?.patch).toEqual({ yaml: 'a: 2\n', sum });
  });
});

test('unusedWaivers returns the waivers that no failure needs', () => {
  const waivers = [
    { name: 'recovers' as const, reason: 'known' },
    { name: 'drains' as const, reason: 'no clients' },
    { name: 'liveness-without-startup' as const, reason: 'it starts in 1s' },
  ];
  const policy = { ...STRICT, waivers };
  const found = { code: 'liveness-without-startup' };
  const results = [resultOf({}), resultOf({ check: 'lint', found }), resultOf({ check: 'drains', outcome: 'passed' })];
  expect(unusedWaivers([toGateResult(context({ policy }), results, [])], policy).map(({ name }) => name)).toEqual([
    'drains',
  ]);
});

test('fieldPlacesIn returns the names and positions of fields in a pod template', () => {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec:
      terminationGracePeriodSeconds: 5
      containers: [{ name: web, image: web }]
`;
  const { locate, patchText } = fieldPlacesIn(loadRead(readNamedText(text, 'shop.yaml')));
  const path = FieldPath.ROOT.child('spec').child('terminationGracePeriodSeconds');
  expect(locate(path)).toMatchObject({
    field: 'spec.template.spec.terminationGracePeriodSeconds',
    position: { file: 'shop.yaml', line: 9 },
  });
  expect(patchText({ path: ['terminationGracePeriodSeconds'], value: 9, found: PATCH.found }).yaml).toMatch(
    /^apiVersion: apps\/v1\n/,
  );
});
