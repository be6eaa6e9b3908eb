import { beforeAll, expect, test } from '@jest/globals';
import { htmlOf } from '../../src/gate/formats/html';
import type { GateReport, GateResult } from '../../src/gate/gateResult';
import { runGate } from '../../src/gate/runGate';
import { merged, PodRuns } from '../../src/gate/runner/podRuns';
import { simulatePod } from '../../src/pod/simulatePod';
import type { RunReport } from '../../src/report/podRecord';

const SPEC = {
  terminationGracePeriodSeconds: 3,
  containers: [{ name: 'web', image: 'web:1', env: [{ name: 'TOKEN', value: 'hunter2' }] }],
};
/** It writes its password, and does not heed SIGTERM. */
const APP = { web: [{ at: '0s', stdout: 'login hunter2', onTerm: { ignore: true } }] };

let report: RunReport;

beforeAll(async () => {
  const started = (spec: object) =>
    simulatePod({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: structuredClone(spec) }, APP);
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
    onActor: (scenario, actor) => lives.add(scenario, actor),
  });
  report = lives.report(results, (text) => text.replaceAll('hunter2', '***'));
});

test('every pod that was played is in the report, with what was done to it', () => {
  // The second of them is the one that a longer grace was tried on.
  expect(report.pods.map(({ test }) => test)).toEqual(['left alone', 'left alone']);
});

test('a verdict leads to the pod that it was judged by, and to what decided', () => {
  const [failed] = report.verdicts?.filter(({ outcome }) => outcome === 'failed') ?? [];
  expect(failed?.name).toBe(
    'terminates-in-grace: on deletion every container ends by its stop signal, within the grace period',
  );
  const pod = report.pods[failed?.pod ?? -1];
  const deciding = pod?.events.filter(({ at }) => at === failed?.at).map(({ kind }) => kind);
  expect(deciding).toContain('ContainerExited');
});

test('nothing of a Secret is in it', () => {
  expect(JSON.stringify(report)).not.toContain('hunter2');
  expect(report.pods[0]?.output.map(({ text }) => text)).toContain('login ***');
});

test('of several workloads each verdict leads to its own pod', () => {
  const [pod] = report.pods;
  if (!pod) throw new Error('no pod was played');
  const one: RunReport = { version: 1, pods: [pod, pod], verdicts: [{ outcome: 'failed', name: 'x', pod: 1 }] };
  const none: RunReport = { version: 1, pods: [], verdicts: [{ outcome: 'passed', name: 'y' }] };
  const both = merged([one, none, one]);
  expect(both.pods).toHaveLength(4);
  expect(both.verdicts?.map(({ pod }) => pod)).toEqual([1, undefined, 3]);
});

test('the page says of each verdict whose it is, where there are several workloads, also where no pod was played', () => {
  const checks = [
    {
      check: 'valid' as const,
      title: 'Kubernetes accepts the manifest',
      outcome: 'failed' as const,
      answers: [{ outcome: 'failed' as const, sentence: 'spec.containers: Required value' }],
    },
  ];
  const invalid: GateResult = { workload: 'Pod/cart', source: 'cart.yaml', outcome: 'failed', checks, notChecked: [] };
  const played: GateResult = { ...invalid, workload: 'Pod/shop', lives: () => report };
  const times = { totalMs: 1, podsMs: 1, ownMs: 0 };
  const whole: GateReport = { outcome: 'failed', verdicts: [invalid, played], times };
  const html = htmlOf(whole);
  expect(html).toContain('<b>Pod/cart valid: Kubernetes accepts the manifest</b>');
  expect(html).toContain('<p class="text">spec.containers: Required value</p>');
  expect(html).toContain('<b>Pod/shop terminates-in-grace: ');
  expect(htmlOf({ ...whole, verdicts: [invalid] })).toContain('<b>valid: Kubernetes accepts the manifest</b>');
});
