import { expect, test } from '@jest/globals';
import type { SimulatedPod } from 'jest-kubelet';
import { profiles, simulatePod } from 'jest-kubelet';
import { buildChart } from '../../../../src/report/chart/buildChart';
import type { LaneKind } from '../../../../src/report/chart/chart';
import { restoreTimeline } from '../../../../src/report/record/restoreTimeline';
import { careless, kubia, quits } from '../html/lives';
import { recordOf } from '../html/records';

function pictured(pod: SimulatedPod) {
  const record = recordOf(pod);
  return buildChart(record, restoreTimeline(record), record.name);
}

const second = (ms: number) => Number((ms / 1000).toFixed(1));

/** Returns the bars and flags of a lane, one line each. */
function lane(pod: SimulatedPod, kind: LaneKind, container?: string): readonly string[] {
  const found = pictured(pod).lanes.find((one) => one.kind === kind && one.container === container);
  const bars = found?.bars.map(({ from, to, look, label }) => `${second(from)}-${second(to)} ${look} ${label}`) ?? [];
  const flags = found?.flags.map(({ at, look, label }) => `${second(at)} ${look} ${label}`) ?? [];
  return [...bars, ...flags];
}

test('state lane shows waiting, running, stopping and back-off of a container', () => {
  expect(lane(kubia(), 'state', 'proxy')).toEqual([
    '0-6.5 wait Waiting',
    '6.5-35.5 calm Running',
    '35.5-36.2 warn stopping',
    '36.2-38 wait Terminated',
    '38-68.1 calm Running, restart 1',
    '68.1-70.4 wait Terminated',
    '70.4-82.5 calm Running, restart 2',
    '82.5-96.8 hatched Waiting, back-off 10s',
    '96.8-120 calm Running, restart 3',
    '36.2 calm exit 0',
    '38 calm restart 1',
    '68.1 calm exit 0',
    '70.4 calm restart 2',
    '82.5 calm exit 0',
    '96.8 calm restart 3',
  ]);
});

test('status lane shows STATUS of kubectl, and endpoint lane the Service endpoints', async () => {
  const pod = await careless();
  expect(lane(pod, 'status')).toEqual([
    '0-0.5 wait Pending',
    '0.5-3.6 wait ContainerCreating',
    '3.6-15 calm Running',
    '15-15.5 warn Terminating',
    '15.5-15.9 bad Error',
  ]);
  expect(lane(pod, 'endpoint')).toEqual([
    '0-4.6 wait not in Service endpoints',
    '4.6-15 good in Service endpoints',
    '15-15.5 warn terminating, still serving',
    '15.5-15.6 wait not in Service endpoints',
  ]);
});

test('draws test actions, requests and signals at their instants', async () => {
  const pod = await careless();
  expect(lane(pod, 'action')).toEqual(['5 warn requests', '15 warn delete']);
  expect(lane(pod, 'requests')).toEqual(['15.5 bad 10 dropped']);
  expect(lane(pod, 'signal', 'web')).toEqual(['15 warn SIGTERM']);
});

test('distinguishes errored probes, failed probes and unfinished startup probes', () => {
  const container = {
    name: 'web',
    image: 'web:1',
    startupProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 1, failureThreshold: 9 },
    readinessProbe: { httpGet: { path: '/', port: 'nowhere' }, periodSeconds: 1 },
    livenessProbe: { httpGet: { path: '/alive', port: 80 }, periodSeconds: 1 },
  };
  const pod = simulatePod(
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [container] } },
    { web: [{ at: '3s', http: { 80: { '/': 200 } } }] },
    { allow: ['unknown-port'] },
  );
  pod.advance('6s');
  const { lanes, tips } = pictured(pod);
  const looks = lanes
    .filter(({ kind }) => kind === 'probe')
    .map(({ title, dots }) => [title, ...new Set(dots.map(([, look]) => look))]);
  expect(looks).toEqual([
    ['startup', 'wait', 'ok'],
    ['liveness', 'bad'],
    ['readiness', 'odd'],
  ]);
  expect(tips).toContain('failure 1 of 3: HTTP probe failed with statuscode: 404');
});

test('draws a hook with its duration, and marks one that was cut off', async () => {
  const lifecycle = { postStart: { exec: { command: ['warm'] } }, preStop: { exec: { command: ['drain'] } } };
  const containers = [{ name: 'web', image: 'web:1', lifecycle }];
  const pod = simulatePod(
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: { terminationGracePeriodSeconds: 5, containers },
    },
    { web: [{ at: '0s', exec: { warm: { takes: '2s' }, drain: { takes: '60s' } }, onTerm: { exitAfter: '100ms' } }] },
    { profile: profiles.node },
  );
  pod.advance('20s');
  await pod.delete();
  const [postStart, preStop] = lane(pod, 'hook', 'web');
  expect(postStart).toMatch(/^3\.6-5\.6 good postStart$/);
  expect(preStop).toMatch(/^20-\d+(\.\d)? bad preStop/);
});

test('cuts skipped time and quiet time', () => {
  const { cuts } = pictured(quits());
  expect(cuts.map(({ from, to, isSkipped }) => [second(from), second(to), isSkipped])).toEqual([
    [0.4, 10.1, true],
    [10.6, 30.3, true],
    [30.8, 70.5, true],
    [71, 150.7, true],
    [151.2, 310.9, true],
    [311.4, 599.7, true],
  ]);
  const idle = simulatePod({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'idle' },
    spec: { containers: [{ name: 'web', image: 'web:1' }] },
  });
  idle.advance('10m');
  expect(pictured(idle).cuts).toEqual([{ from: 2_000, to: 598_000, isSkipped: false }]);
});
