import { expect, test } from '@jest/globals';
import { formatTest } from '../../../../src/cli/init/formatTest';
import type { Experiment } from '../../../../src/gate/model/experiment';
import type { Subject } from '../../../../src/gate/model/subject';
import { PATCHES } from '../../../../src/gate/patches';
import { runExperiments } from '../../../../src/gate/runner/runExperiments';
import { toCheckResults } from '../../../../src/gate/runner/toCheckResults';
import { toMatrix } from '../../../../src/gate/runner/toMatrix';
import { formatReceived } from '../../../../src/wording/facts/received';
import { HEALTHY, pod } from '../gateOf';
import { simulateActor } from '../simulateActor';

const MANIFEST = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: pod() };

const subject: Subject = {
  pod: simulateActor(MANIFEST, {}).pod,
  backend: { publishNotReadyAddresses: false },
  services: [],
  endpointRemovalDelay: '500ms',
  kubernetesVersion: '1.36',
};

/** An experiment with a fault and a check of its effect. */
const experiment: Experiment = {
  name: { kind: 'crashes', container: 'web' },
  fault: { fault: 'crash', expected: 'restarted', target: 'web', container: 'web' },
  steps: [
    { do: 'start' },
    { do: 'waitUntilReady' },
    { do: 'kill', container: 'web' },
    {
      check: 'recovers',
      about: { kind: 'container', container: 'web' },
      assertion: { kind: 'restarted', container: 'web' },
      window: { kind: 'restarted', container: 'web' },
      counts: 'action',
      waitingFor: { kind: 'restart', container: 'web' },
      toResult: ({ result }) => ({
        check: 'recovers',
        outcome: result.outcome === 'passed' ? 'passed' : 'failed',
        message: { kind: 'finding', why: formatReceived(result.received) },
      }),
    },
    {
      check: 'detected',
      assertion: { kind: 'recovered', container: 'web' },
      window: { kind: 'ready' },
      counts: 'step',
      waitingFor: { kind: 'ready' },
    },
  ],
};

const run = () =>
  runExperiments([experiment], {
    subject,
    patches: PATCHES,
    parallel: 1,
    start: async (variant) =>
      simulateActor({ ...MANIFEST, spec: structuredClone(variant.spec) as object }, { web: HEALTHY }),
  });

test('returns the check result of an experiment', async () => {
  const [result] = toCheckResults(['recovers'], await run(), (check) => ({ kind: 'nothingToCheck', check }));
  expect(result).toMatchObject({ outcome: 'passed', answers: [{ message: { why: 'restart 1 of web' } }] });
});

test('returns the matrix row of an experiment', async () => {
  const { cells, score } = toMatrix(await run());
  expect(cells).toEqual([
    {
      fault: 'crash',
      target: 'web',
      outcome: 'right',
      noticedBy: 'exit',
      noticedAfterMs: 0,
      restartedBy: 'exit',
      message: { kind: 'recovered', tookMs: 0 },
    },
  ]);
  expect(score).toEqual({ right: 1, of: 1 });
});

test('prints the test of an experiment with one line per step', () => {
  expect(formatTest(subject, experiment, true).join('\n')).toMatchInlineSnapshot(`
"test('recovers: the pod is Ready again after each fault (web)', async () => {
  const pod = await start();
  await expect(pod).toBecomeReady();
  await pod.container('web').kill();
  await expect(pod).toRestart({ container: 'web', within: '38s' });
});"
`);
});

test('undoes the fault of an aborted experiment only if the fault was injected', async () => {
  const done: string[] = [];
  const steps: Experiment['steps'] = [
    { do: 'start' },
    { do: 'freeze', container: 'web' },
    {
      check: 'detected',
      assertion: { kind: 'restarted' },
      window: { kind: 'for', ms: 10 },
      counts: 'action',
      waitingFor: { kind: 'detection' },
      ifFailed: [],
    },
    { finally: { do: 'thaw', container: 'web' } },
    { do: 'kill', container: 'web' },
    { finally: { do: 'reconnect' } },
  ];
  await runExperiments([{ name: { kind: 'undisturbed' }, steps }], {
    subject,
    patches: PATCHES,
    parallel: 1,
    start: async () => {
      const actor = simulateActor(MANIFEST, { web: HEALTHY });
      const container = (name: string) =>
        Object.fromEntries(
          ['freeze', 'thaw', 'kill'].map((act) => [act, async () => void done.push(`${act} ${name}`)]),
        );
      return Object.assign(actor, { container, reconnect: async () => void done.push('reconnect') }) as never;
    },
  });
  expect(done).toEqual(['freeze web', 'thaw web']);
});
