import { describe, expect, test } from '@jest/globals';
import { simulatePod } from '../../../../src/pod/simulated/simulatePod';
import { isPodHandle, POD_RUN } from '../../../../src/waiting/podRun';
import { s } from '../../timeline/events';

const MANIFEST = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'shop' },
  spec: { containers: [{ name: 'web', image: 'web:dev', livenessProbe: { tcpSocket: { port: 80 } } }] },
};

function runOf(pod: unknown) {
  if (!isPodHandle(pod)) throw new Error('simulatePod returned no handle');
  return pod[POD_RUN];
}

describe('handle of a simulated pod', () => {
  test('contains its run', async () => {
    const pod = simulatePod(MANIFEST);
    const run = runOf(pod);
    await run.progress(s(1));
    expect(run.timeline).toBe(pod.timeline);
    expect(pod.timeline.of('ContainerStarted')).toHaveLength(1);
  });

  test('contains the same pod with other orders of probe ticks', () => {
    const orders = runOf(simulatePod(MANIFEST)).otherOrders?.() ?? [];
    expect(orders).toHaveLength(10);
    expect(runOf(orders[0]).pod).toBe(orders[0]?.pod);
  });

  test('contains no other order if the test acted on the pod', async () => {
    const pod = simulatePod(MANIFEST);
    await pod.note('sends a request');
    expect(runOf(pod).otherOrders?.()).toEqual([]);
  });
});

test('advance rejects a duration without a unit', () => {
  expect(() => simulatePod(MANIFEST).advance('5' as never)).toThrow('advance: duration must be a duration');
});

test('container lists the containers of the pod if the name is unknown', () => {
  expect(() => simulatePod(MANIFEST).container('db')).toThrow(
    'pod shop: unknown container "db". Valid containers: web',
  );
});
