import { expect, test } from '@jest/globals';
import { simulatePod } from 'jest-kubelet';
import { type Decision, type Decisions, decisionsOf, isSameOrder } from './order';

const LAG_MS = 1_000;

/** Decisions as `web Started@2`, at seconds. */
function decisions(text: string, openFrom = Number.POSITIVE_INFINITY): Decisions {
  const all = text.split(', ').map((line): Decision => {
    const [about = '', reason = '', seconds = ''] = line.split(/[ @]/);
    return { about, reason, at: Number(seconds) * 1000 };
  });
  return { all, openFrom };
}

const RUN = decisions('web Started@1, sidecar Started@1.6, web Unhealthy@5, web Killing@5, sidecar Unhealthy@9');

test('is the same where each container has the same events in the same order', () => {
  const simulation = decisions('web Started@0, sidecar Started@0, web Unhealthy@4, web Killing@4, sidecar Unhealthy@8');
  expect(isSameOrder(RUN, simulation, LAG_MS)).toBe(true);
});

test('lets containers change places within the time the engine took', () => {
  const simulation = decisions('sidecar Started@0, web Started@0, web Unhealthy@4, web Killing@4, sidecar Unhealthy@8');
  expect(isSameOrder(RUN, simulation, LAG_MS)).toBe(true);
});

test.each([
  ['an event is missing', 'web Started@0, sidecar Started@0, web Killing@4, sidecar Unhealthy@8'],
  ['an event is missing at the end', 'web Started@0, sidecar Started@0, web Unhealthy@4, web Killing@4'],
  [
    'there is one too many',
    'web Started@0, sidecar Started@0, web Unhealthy@4, web Unhealthy@4, web Killing@4, sidecar Unhealthy@8',
  ],
  [
    'there is one too many at the end',
    'web Started@0, sidecar Started@0, web Unhealthy@4, web Killing@4, sidecar Unhealthy@8, web Started@9',
  ],
  [
    'two of one container change places, however near',
    'web Started@0, sidecar Started@0, web Killing@4, web Unhealthy@4, sidecar Unhealthy@8',
  ],
  [
    'two of different containers change places that were clearly apart',
    'web Started@0, sidecar Started@0, sidecar Unhealthy@3, web Unhealthy@4, web Killing@4',
  ],
  [
    'it is another container that it happens to',
    'web Started@0, sidecar Started@0, web Unhealthy@4, sidecar Killing@4, sidecar Unhealthy@8',
  ],
])('differs where %s', (_, text) => {
  expect(isSameOrder(RUN, decisions(text), LAG_MS)).toBe(false);
});

test('lets a record that ends before the other be shorter, within the time the engine took', () => {
  const run = decisions('web Started@1, web Unhealthy@5', 4_500);
  expect(isSameOrder(run, decisions('web Started@0, web Unhealthy@4, web Killing@4', 3_500), LAG_MS)).toBe(true);
  expect(isSameOrder(run, decisions('web Started@0', 3_500), LAG_MS)).toBe(true);
  expect(isSameOrder(run, decisions('web Started@0, web Unhealthy@3, web Killing@4', 3_500), LAG_MS)).toBe(true);
  expect(
    isSameOrder(run, decisions('web Started@0, web Unhealthy@3, web Unhealthy@3, web Killing@4', 3_500), LAG_MS),
  ).toBe(false);
  expect(
    isSameOrder(decisions('web Started@1, web Unhealthy@5', 6_000), decisions('web Started@0', 3_500), LAG_MS),
  ).toBe(false);
});

test('takes a repeated BackOff once, and of probes what they say of a container that runs', () => {
  const readinessProbe = { tcpSocket: { port: 80 }, periodSeconds: 1 };
  const pod = simulatePod(
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'shop' },
      spec: { containers: [{ name: 'web', image: 'web:1', readinessProbe }] },
    },
    { web: [{ at: '2500ms', exit: 1 }] },
  );
  pod.advance('32s');

  const told = decisionsOf(pod.timeline).map(({ about, reason }) => `${about} ${reason}`);
  const run = ['web Pulled', 'web Created', 'web Started', ...Array(4).fill('web readiness Unhealthy')];
  expect(told).toEqual(['pod Scheduled', ...run, ...run, 'web BackOff', ...run, 'web BackOff']);
  expect(pod.timeline.of('BackOff').length).toBeGreaterThan(2);
});
