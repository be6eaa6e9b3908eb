import { beforeAll, describe, expect, test } from '@jest/globals';
import { inFormat } from '../../../../src/gate/formats';
import { htmlOf } from '../../../../src/gate/formats/html';
import type { GateResult } from '../../../../src/gate/gateResult';
import { runGate } from '../../../../src/gate/runGate';
import { mergeReports, PodRuns } from '../../../../src/gate/runner/session/podRuns';
import type { RunReport } from '../../../../src/report/record/podRecord';
import { simulateActor } from '../simulateActor';
import { faultyReport } from './faulty';

const SPEC = {
  terminationGracePeriodSeconds: 3,
  containers: [{ name: 'web', image: 'web:1', env: [{ name: 'TOKEN', value: 'hunter2' }] }],
};
/** It writes its password and ignores SIGTERM. */
const APP = { web: [{ at: '0s', stdout: 'login hunter2', onTerm: { ignore: true } }] };

let report: RunReport;

beforeAll(async () => {
  const started = (spec: object) =>
    simulateActor({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: structuredClone(spec) }, APP);
  const lives = new PodRuns();
  const subject = {
    pod: started(SPEC).pod,
    backend: { publishNotReadyAddresses: false },
    services: [],
    endpointRemovalDelay: '500ms' as const,
    kubernetesVersion: '1.36',
  };
  const results = await runGate(subject, {
    start: async (pod) => started(pod.spec),
    checks: ['ready-in-budget', 'terminates-in-grace'],
    parallel: 1,
    onActor: (tried, actor) => lives.add(tried, actor),
  });
  report = lives.report(results, (text) => text.replaceAll('hunter2', '***'));
});

test('contains every pod that ran, named after its experiment', () => {
  // The second pod is the trial of a longer grace period.
  expect(report.pods.map(({ test }) => test)).toEqual(['undisturbed, then deleted', 'patch: grace period 12s']);
});

test('links a result to its pod and to the deciding event', () => {
  const [failed] = report.verdicts?.filter(({ outcome }) => outcome === 'failed') ?? [];
  expect(failed?.name).toBe('terminates-in-grace: the deleted pod terminates within its grace period, without SIGKILL');
  const pod = report.pods[failed?.pod ?? -1];
  const deciding = pod?.events.filter(({ at }) => at === failed?.at).map(({ kind }) => kind);
  expect(deciding).toContain('ContainerExited');
});

test('contains no value of a Secret', () => {
  expect(JSON.stringify(report)).not.toContain('hunter2');
  expect(report.pods[0]?.output.map(({ text }) => text)).toContain('login ***');
});

test('keeps the links from results to pods if several reports are merged', () => {
  const [pod] = report.pods;
  if (!pod) throw new Error('no pod was played');
  const one: RunReport = { version: 1, pods: [pod, pod], verdicts: [{ outcome: 'failed', name: 'x', pod: 1 }] };
  const none: RunReport = { version: 1, pods: [], verdicts: [{ outcome: 'passed', name: 'y' }] };
  const both = mergeReports([one, none, one]);
  expect(both.pods).toHaveLength(4);
  expect(both.verdicts?.map(({ pod }) => pod)).toEqual([1, undefined, 3]);
});

describe('htmlOf', () => {
  const page = async (...names: readonly ('faulty' | 'invalid')[]) => {
    const faulty = await faultyReport();
    const known = { faulty: faulty.verdicts, invalid: [INVALID] };
    return { faulty, html: htmlOf({ ...faulty, verdicts: names.flatMap((name) => known[name]) }) };
  };
  const INVALID: GateResult = {
    workload: 'Pod/cart',
    source: 'cart.yaml',
    outcome: 'failed',
    checks: [
      {
        check: 'valid',
        title: 'Kubernetes accepts the manifest',
        outcome: 'failed',
        answers: [
          {
            outcome: 'failed',
            messageId: 'valid/rejected',
            severity: 'error',
            sentence: 'spec.containers: Required value',
          },
        ],
      },
    ],
    notChecked: [],
  };

  test('starts with the result in the words of the text format', async () => {
    const { html, faulty } = await page('faulty');
    const text = await inFormat('text', faulty, { version: '1', folder: '.', paint: (_, plain) => plain });
    expect(html).toContain('<h1>Pod/shop failed</h1>');
    expect(html).toContain(`</span> ${text.split('\n')[0]}</h2>`);
    expect(html).toContain(`<p class="totals">${text.split('\n').at(-1)}</p>`);
    expect(html.match(/<th scope="row">/g)).toHaveLength(faulty.verdicts[0]?.checks.length ?? 0);
  });

  test('shows the cause, fix, manifest line and evidence of a failure', async () => {
    const { html } = await page('faulty');
    const finding = /<li class="failed">.*?<\/li>/s.exec(html)?.[0] ?? '';
    expect(finding).toContain('<span class="badge failed">error</span> <b>terminates-in-grace</b>');
    expect(finding).toContain('<dt>Fix</dt><dd>The main process of web did not exit at its stop signal');
    expect(finding).toContain('<dd>k8s/shop, 1.yaml:6:34: spec.terminationGracePeriodSeconds<pre');
    expect(finding).toContain('<summary>evidence</summary>');
    expect(html).toContain(
      '<dt>Cause</dt><dd>the liveness probe still succeeds, or never runs, while the container hangs</dd>',
    );
  });

  test('shows findings that do not fail the check, and the reason of a waiver', async () => {
    const { html } = await page('faulty');
    expect(html).toContain('<span class="badge info">warning, waived</span> <b>lint liveness-without-startup</b>');
    expect(html).toContain('<dt>Waived</dt><dd>it starts in 1s</dd>');
  });

  test('links a failure to its pod with the name of the experiment', () => {
    const checks = [
      {
        check: 'terminates-in-grace' as const,
        title: 'x',
        outcome: 'failed' as const,
        answers: [
          { outcome: 'failed' as const, messageId: 'x/y', severity: 'error' as const, sentence: 'it does not end' },
        ],
      },
    ];
    const [failed] = report.verdicts?.filter(({ outcome }) => outcome === 'failed') ?? [];
    const lives = { ...report, verdicts: failed ? [failed] : [] };
    const verdict = { ...INVALID, checks, lives: () => lives };
    const times = { totalMs: 1, podsMs: 1, ownMs: 0 };
    const html = htmlOf({ outcome: 'failed', verdicts: [INVALID, verdict], times });
    expect(html).toContain('<h1>2 of 2 workloads failed</h1>');
    expect(html).toMatch(/<a href="#t=[\d.]+&amp;pod=shop">undisturbed, then deleted, at \+\d/);
    expect(html).toContain('<h2>patch: grace period 12s<span class="test"> · pod shop</span></h2>');
  });
});
