import { describe, expect, test } from '@jest/globals';
import { CREATED } from '../../../../src/clock/instant';
import type { APIPod } from '../../../../src/report/kubectl/apiPod';
import { countRestarts, formatRestarts, printPod } from '../../../../src/report/kubectl/printPod';
import type { ContainerStatus } from '../../../../src/timeline/podStatus';
import { container, s } from '../../timeline/events';

// Source: pkg/printers/internalversion/printers.go `printPod`.

interface Given extends Partial<Omit<APIPod['status'], 'initContainerStatuses' | 'containerStatuses'>> {
  readonly init?: readonly (readonly [status: Partial<ContainerStatus>, restartPolicy?: string])[];
  readonly main?: readonly Partial<ContainerStatus>[];
  readonly metadata?: object;
  readonly spec?: object;
}

function podOf({ init = [], main = [{}], metadata = {}, spec = {}, ...status }: Given): APIPod {
  const initContainers = init.map(([, restartPolicy], index) => {
    return { name: `init-${index}`, ...(restartPolicy && { restartPolicy }) };
  });
  return {
    metadata: { name: 'shop', creationTimestamp: CREATED, ...metadata },
    spec: { initContainers, containers: main.map((_, index) => ({ name: `main-${index}` })), ...spec },
    status: {
      phase: 'Pending',
      conditions: [],
      podIPs: [],
      initContainerStatuses: init.map(([one], index) => container({ name: `init-${index}`, ...one })),
      containerStatuses: main.map((one, index) => container({ name: `main-${index}`, ...one })),
      ...status,
    },
  };
}
const row = (given: Given, version?: string) => printPod(podOf(given), s(90), version);
const status = (given: Given, version?: string) => row(given, version).status;

const RUNS = { state: { running: { startedAt: s(1) } }, ready: true, started: true };
const ended = (exitCode: number, more: object = {}) => ({ state: { terminated: { exitCode, ...more } } });
const waits = (reason: string) => ({ state: { waiting: { reason } } });
const READY = [{ type: 'Ready', status: 'True' }] as const;
const INITIALIZED = [{ type: 'Initialized', status: 'True' }] as const;

describe('STATUS', () => {
  test('prints the phase, or the reason of the pod if it is set', () => {
    expect(status({ phase: 'Running', main: [RUNS] })).toBe('Running');
    expect(status({ phase: 'Failed', reason: 'Evicted', main: [] })).toBe('Evicted');
    const gated = { type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' } as const;
    expect(status({ conditions: [gated] })).toBe('SchedulingGated');
  });

  test('prints the reason of the first container by name that has one', () => {
    expect(status({ main: [RUNS, waits('ImagePullBackOff'), waits('CrashLoopBackOff')] })).toBe('ImagePullBackOff');
    expect(status({ main: [ended(137, { reason: 'OOMKilled' })] })).toBe('OOMKilled');
  });

  test('prints the signal or exit code of a container without a reason', () => {
    expect(status({ main: [ended(137, { signal: 9 })] })).toBe('Signal:9');
    expect(status({ main: [ended(3)] })).toBe('ExitCode:3');
  });

  test('counts the finished init containers, or prints the reason of the current one', () => {
    const done = ended(0, { reason: 'Completed' });
    expect(status({ init: [[{}], [{}]] })).toBe('Init:0/2');
    expect(status({ init: [[done], [waits('PodInitializing')]] })).toBe('Init:1/2');
    expect(status({ init: [[done], [waits('CrashLoopBackOff')]] })).toBe('Init:CrashLoopBackOff');
    expect(status({ init: [[ended(1, { reason: 'Error' })]] })).toBe('Init:Error');
    expect(status({ init: [[ended(2)]] })).toBe('Init:ExitCode:2');
  });

  test('continues after a sidecar once it has started', () => {
    expect(status({ init: [[RUNS, 'Always'], [{}]] })).toBe('Init:1/2');
    expect(status({ init: [[{ ...RUNS, started: false }, 'Always'], [{}]] })).toBe('Init:0/2');
    expect(status({ init: [[RUNS]], phase: 'Pending' })).toBe('Init:0/1');
  });

  test('prints Running or NotReady if one container completed and another runs', () => {
    const main = [ended(0, { reason: 'Completed' }), RUNS];
    expect(status({ phase: 'Running', main, conditions: READY })).toBe('Running');
    expect(status({ phase: 'Running', main })).toBe('NotReady');
    expect(status({ phase: 'Succeeded', main: main.slice(0, 1) })).toBe('Completed');
  });

  test('prefers a failed container to a completed one since 1.35', () => {
    const main = [ended(0, { reason: 'Completed' }), ended(1, { reason: 'Error' })];
    expect(status({ phase: 'Failed', main }, '1.35')).toBe('Error');
    expect(status({ phase: 'Failed', main }, '1.34')).toBe('Completed');
  });

  test('prints Terminating during the deletion, but not in a terminal phase since 1.31', () => {
    const metadata = { deletionTimestamp: s(60) };
    expect(status({ phase: 'Running', main: [RUNS], metadata })).toBe('Terminating');
    const over = { phase: 'Failed', main: [ended(137, { reason: 'Error' })], metadata };
    expect(status(over, '1.30')).toBe('Terminating');
    expect(status(over, '1.31')).toBe('Error');
    expect(status({ phase: 'Running', main: [RUNS], metadata, reason: 'NodeLost' })).toBe('Unknown');
  });
});

describe('READY', () => {
  test('counts running and ready containers', () => {
    expect(row({ main: [RUNS, { ...RUNS, ready: false }, { ...ended(0), ready: true }] }).ready).toBe('1/3');
  });

  test('counts sidecars, but no plain init containers', () => {
    expect(row({ init: [[RUNS, 'Always'], [ended(0)]], main: [RUNS] }).ready).toBe('2/2');
    expect(row({ init: [[{ ...RUNS, ready: false }, 'Always']], main: [RUNS] }).ready).toBe('1/2');
  });

  test('counts no container before the init containers have finished', () => {
    expect(row({ init: [[{}]], main: [RUNS] }).ready).toBe('0/1');
    expect(row({ init: [[{}]], main: [RUNS], conditions: INITIALIZED }).ready).toBe('1/1');
  });
});

describe('RESTARTS', () => {
  const restarted = (restartCount: number, finishedAt?: number) => ({
    restartCount,
    lastState: finishedAt === undefined ? {} : { terminated: { exitCode: 1, finishedAt: s(finishedAt) } },
  });

  test('adds up the restarts, and prints the age of the last exit', () => {
    expect(row({ main: [restarted(2, 30), restarted(1, 60)] }).restarts).toBe('3 (30s ago)');
    expect(row({ main: [restarted(0, 60)] }).restarts).toBe('0');
    expect(row({ main: [restarted(4)] }).restarts).toBe('4');
  });

  test('counts init containers up to the current one, and later only sidecars', () => {
    const init = [[{ ...restarted(1, 10), ...ended(0) }], [restarted(2, 20)], [restarted(4, 30)]] as const;
    expect(countRestarts(podOf({ init, main: [restarted(8, 40)] })).count).toBe(3);
    const done = [[{ ...restarted(1, 10), ...ended(0) }], [{ ...restarted(2, 20), ...RUNS }, 'Always']] as const;
    expect(countRestarts(podOf({ init: done, main: [restarted(8, 40)] }))).toEqual({ count: 10, lastEndAt: s(40) });
  });

  test('prints the age like kubectl', () => {
    expect(formatRestarts({ count: 2, lastEndAt: s(0) }, s(300))).toBe('2 (5m ago)');
  });
});

describe('other columns', () => {
  test('print <none> without a value', () => {
    expect(row({})).toMatchObject({ ip: '<none>', node: '<none>', nominatedNode: '<none>', readinessGates: '<none>' });
  });

  test('print the first IP, the node and the readiness gates that are True', () => {
    const spec = { nodeName: 'node', readinessGates: [{ conditionType: 'a' }, { conditionType: 'b' }] };
    const conditions = [{ type: 'a', status: 'True' }] as const;
    expect(row({ spec, conditions, podIPs: ['10.0.0.7', 'fd00::7'] })).toMatchObject({
      name: 'shop',
      age: '90s',
      ip: '10.0.0.7',
      node: 'node',
      readinessGates: '1/2',
    });
  });

  test('contain a row condition in a terminal phase', () => {
    expect(row({ phase: 'Running', main: [RUNS] }).conditions).toEqual([]);
    expect(row({ phase: 'Succeeded' }).conditions).toEqual([
      { type: 'Completed', status: 'True', reason: 'Succeeded', message: 'The pod has completed successfully.' },
    ]);
    expect(row({ phase: 'Failed' }).conditions[0]?.message).toBe('The pod failed.');
  });
});
