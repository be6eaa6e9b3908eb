import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { ProcessSamples, type ReadProcesses } from '../../../../src/agent/pod/processSamples';
import { CREATED } from '../../../../src/clock/instant';
import type { Command } from '../../../../src/kubelet';
import type { Container, Pod } from '../../../../src/manifest/model';
import type { RuntimeEvent } from '../../../../src/timeline/event';
import { published } from '../../timeline/events';

const container = (name: string, more: object = {}): Container => {
  return { name, image: 'web', imagePullPolicy: 'Never', ...more };
};
const readinessProbe = { exec: { command: ['true'] } };

const pod: Pod = {
  metadata: { name: 'shop', namespace: 'default', uid: '1' },
  spec: {
    restartPolicy: 'Always',
    initContainers: [],
    containers: [container('plain'), container('probed', { readinessProbe })],
  },
} as Pod;

const seen = (id: string) => {
  const what = { container: 'web', id, attempt: 0, stopSignal: 'SIGTERM', isPID1: true };
  return { ...what, processes: [] };
};

let told: string[];
let looks: ProcessSamples;

function looksBy(look: ReadProcesses): ProcessSamples {
  const note = (event: RuntimeEvent) => {
    if (event.kind === 'ProcessesSeen') told.push(event.signalled ? `${event.id} signalled` : event.id);
  };
  return new ProcessSamples(pod, look, { now: () => CREATED, note });
}

const isReady = (name: string, containerID: string) => {
  const status = { name, ready: true, started: true, restartCount: 0, image: 'web', containerID };
  return published(1, {
    containerStatuses: [{ ...status, state: { running: { startedAt: 0 } }, lastState: {} } as never],
  });
};

const signal = (id: string, which: 'stop' | 'SIGKILL'): Command => ({ kind: 'SignalContainer', id, signal: which });

beforeEach(() => {
  jest.useFakeTimers();
  told = [];
  looks = looksBy(async (id) => seen(id));
});
afterEach(() => {
  jest.useRealTimers();
});

test('samples once per instance, as soon as the container is ready', async () => {
  looks.onEvents([isReady('probed', 'a')]);
  looks.onEvents([isReady('probed', 'a')]);
  await jest.advanceTimersByTimeAsync(0);
  expect(told).toEqual(['a']);
  looks.onEvents([isReady('probed', 'b')]);
  await jest.advanceTimersByTimeAsync(0);
  expect(told).toEqual(['a', 'b']);
});

test('samples a container without a probe 2s after it is ready', async () => {
  looks.onEvents([isReady('plain', 'a')]);
  await jest.advanceTimersByTimeAsync(1_999);
  expect(told).toEqual([]);
  await jest.advanceTimersByTimeAsync(1);
  expect(told).toEqual(['a']);
});

test('samples again if the container still runs 500ms after its stop signal', async () => {
  looks.onCommand(signal('a', 'stop'));
  await jest.advanceTimersByTimeAsync(500);
  expect(told).toEqual(['a signalled']);
});

test('takes no sample after SIGKILL, of an exited container, or after close', async () => {
  looks.onCommand(signal('a', 'SIGKILL'));
  const blind = looksBy(async () => undefined);
  blind.onCommand(signal('b', 'stop'));
  const closed = looksBy(async (id) => seen(id));
  closed.onCommand(signal('c', 'stop'));
  closed.close();
  await jest.advanceTimersByTimeAsync(10_000);
  expect(told).toEqual([]);
});
