import { describe, expect, test } from '@jest/globals';
import { behaviorOf } from '../../../../src/kubelet';
import { getPhase, type PhaseView } from '../../../../src/kubelet/status/getPhase';
import type { ContainerStatus, PodPhase } from '../../../../src/timeline/podStatus';
import { named, podOf, RUNNING, sidecar, statusOf, terminated, WAITING } from '../pods';

type Spec = Parameters<typeof podOf>[0];

function phaseOf(spec: Spec, statuses: readonly ContainerStatus[], more: Partial<PhaseView> = {}): PodPhase {
  const view = { podIsTerminal: false, podHasInitialized: true, behavior: behaviorOf('1.36'), ...more };
  return getPhase({ spec: podOf(spec).spec, statuses, ...view });
}

const one: Spec = { containers: [named('app')] };
const two: Spec = { containers: [named('app'), named('log')] };
/** Returns a container that waits in back-off after an exit. */
const afterExit = (name: string, exitCode: number) => {
  return statusOf(name, { waiting: { reason: 'CrashLoopBackOff' } }, { lastState: terminated(exitCode) });
};

describe('getPhase with regular containers', () => {
  test.each<[PodPhase, string, readonly ContainerStatus[]]>([
    ['Pending', 'a container has no status', [statusOf('app', RUNNING)]],
    ['Pending', 'a container waits for its first start', [statusOf('app', RUNNING), statusOf('log', WAITING)]],
    ['Pending', 'a container has an empty state', [statusOf('app', RUNNING), statusOf('log', {})]],
    ['Running', 'both run', [statusOf('app', RUNNING), statusOf('log', RUNNING)]],
    ['Running', 'one has exited and does not restart', [statusOf('app', RUNNING), statusOf('log', terminated(1))]],
    ['Succeeded', 'both have exited with 0', [statusOf('app', terminated(0)), statusOf('log', terminated(0))]],
    ['Failed', 'one has failed', [statusOf('app', terminated(0)), statusOf('log', terminated(1))]],
  ])('returns %s under Never if %s', (phase, _, statuses) => {
    expect(phaseOf({ ...two, restartPolicy: 'Never' }, statuses)).toBe(phase);
  });

  test('returns Running in CrashLoopBackOff, and Pending if the first start failed', () => {
    expect(phaseOf(one, [afterExit('app', 1)])).toBe('Running');
    expect(phaseOf(one, [statusOf('app', { waiting: { reason: 'ImagePullBackOff' } })])).toBe('Pending');
  });

  test.each<[PodPhase, 'Always' | 'OnFailure' | 'Never', number]>([
    ['Running', 'Always', 0],
    ['Running', 'Always', 1],
    ['Succeeded', 'OnFailure', 0],
    ['Running', 'OnFailure', 1],
    ['Succeeded', 'Never', 0],
    ['Failed', 'Never', 1],
  ])('returns %s under %s after exit code %i', (phase, restartPolicy, exitCode) => {
    expect(phaseOf({ ...one, restartPolicy }, [statusOf('app', terminated(exitCode))])).toBe(phase);
  });

  test('returns a terminal phase under Always once the worker has stopped all containers', () => {
    const stopped = { podIsTerminal: true };
    expect(phaseOf(one, [statusOf('app', terminated(0))], stopped)).toBe('Succeeded');
    expect(phaseOf(one, [statusOf('app', terminated(137))], stopped)).toBe('Failed');
  });

  test('uses the policy and the rules of the container since 1.35', () => {
    const exitCodes = { operator: 'In' as const, values: [42] };
    const rules = [{ action: 'Restart' as const, exitCodes }];
    const own = { containers: [named('app', { restartPolicy: 'Never', restartPolicyRules: rules })] };
    expect(phaseOf(own, [statusOf('app', terminated(1))])).toBe('Failed');
    expect(phaseOf(own, [statusOf('app', terminated(42))])).toBe('Running');
    expect(phaseOf(own, [statusOf('app', terminated(1))], { behavior: behaviorOf('1.34') })).toBe('Running');
  });
});

describe('getPhase with init containers', () => {
  const spec = { initContainers: [named('setup')], containers: [named('app')] };
  const waits = statusOf('app', { waiting: { reason: 'PodInitializing' } });
  const fresh = { podHasInitialized: false };

  test('returns Pending until they have finished, even while one is restarted', () => {
    for (const state of [{}, WAITING, RUNNING, terminated(1)]) {
      expect(phaseOf(spec, [statusOf('setup', state), waits], fresh)).toBe('Pending');
    }
    expect(phaseOf(spec, [waits], fresh)).toBe('Pending');
  });

  test('returns Failed if a failed init container must not restart', () => {
    const never = { ...spec, restartPolicy: 'Never' as const };
    expect(phaseOf(never, [statusOf('setup', terminated(1)), waits], fresh)).toBe('Failed');
    expect(phaseOf(never, [afterExit('setup', 1), waits], fresh)).toBe('Failed');
    expect(phaseOf(never, [statusOf('setup', terminated(0)), waits], fresh)).toBe('Pending');
  });
});

describe('getPhase with sidecars', () => {
  const spec = { initContainers: [sidecar('proxy')], containers: [named('app')] };
  const runs = statusOf('proxy', RUNNING, { started: true });

  test('returns Pending until the sidecar has started or the app was created', () => {
    const starting = [statusOf('proxy', RUNNING, { started: false }), statusOf('app', RUNNING)];
    expect(phaseOf(spec, starting, { podHasInitialized: false })).toBe('Pending');
    expect(phaseOf(spec, starting)).toBe('Running');
  });

  test('returns Running while a sidecar runs, and ignores exits of sidecars', () => {
    const never = { ...spec, restartPolicy: 'Never' as const };
    expect(phaseOf(never, [runs, statusOf('app', terminated(0))])).toBe('Running');
    expect(phaseOf(never, [statusOf('proxy', terminated(137)), statusOf('app', terminated(0))])).toBe('Succeeded');
  });

  test('returns Pending before the first start of a sidecar, and Running after its exit', () => {
    expect(phaseOf(spec, [statusOf('proxy', WAITING), statusOf('app', RUNNING)])).toBe('Pending');
    expect(phaseOf(spec, [afterExit('proxy', 1), statusOf('app', RUNNING)])).toBe('Running');
  });
});

test('returns Running while RestartAllContainers removes containers', () => {
  const restartPolicy = 'Never' as const;
  const removed = { terminated: { exitCode: 137, reason: 'RestartingAllContainers' } };
  const status = (name: string) => {
    return statusOf(name, { waiting: { reason: 'RestartingAllContainers' } }, { lastState: removed });
  };
  expect(phaseOf({ ...one, restartPolicy }, [status('app')])).toBe('Running');
  const spec = { initContainers: [named('setup')], containers: [named('app')], restartPolicy };
  expect(phaseOf(spec, [status('setup'), status('app')])).toBe('Running');
});
