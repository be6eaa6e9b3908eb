import { describe, expect, test } from '@jest/globals';
import { startTrouble } from '../../../../src/assertions/status/startFailure';
import type { StartFailure } from '../../../../src/timeline/causes';
import type { KubeletEvent } from '../../../../src/timeline/event';
import type { ContainerState } from '../../../../src/timeline/podStatus';
import { container, type Life, published, recorded, s, timelineOf } from '../../timeline/events';

const trouble = (...life: Life) => startTrouble(timelineOf(...life));
const failed = (failure?: StartFailure['kind'] | StartFailure) =>
  recorded(4, 'Failed', 'Error: it failed', { type: 'Warning', ...(failure && { failure: asFailure(failure) }) });
const asFailure = (failure: StartFailure['kind'] | StartFailure) =>
  (typeof failure === 'string' ? { kind: failure } : failure) as StartFailure;
const waits = (reason: string, message?: string) => state({ waiting: { reason, ...(message && { message }) } });
const state = (current: ContainerState, lastState: ContainerState = {}) =>
  published(5, { containerStatuses: [container({ state: current, lastState })] });

describe('startTrouble for an image', () => {
  test('returns a final trouble if the image does not exist, even in pull back-off', () => {
    for (const reason of ['ErrImagePull', 'ImagePullBackOff']) {
      expect(trouble(failed('imageMissing'), waits(reason, 'manifest unknown'))).toMatchObject({
        isFinal: true,
        reason: { kind: 'imageUnavailable', container: 'web', message: 'manifest unknown' },
      });
    }
  });

  test('returns a trouble that may pass if the registry does not respond', () => {
    const message = 'dial tcp: lookup registry.example.com: i/o timeout';
    expect(trouble(failed(), waits('ImagePullBackOff', message))).toMatchObject({
      isFinal: false,
      reason: { kind: 'imageUnavailable', container: 'web', message },
      fix: { kind: 'nameImage', container: 'web' },
    });
  });

  test('returns a trouble that may pass if only an earlier pull was answered', () => {
    const pulls = [failed('imageMissing'), failed()];
    expect(trouble(...pulls, waits('ErrImagePull', 'i/o timeout'))?.isFinal).toBe(false);
  });

  test('returns a final trouble if the pull policy is Never or the image name is invalid', () => {
    expect(trouble(waits('ErrImageNeverPull'))?.isFinal).toBe(true);
    expect(trouble(waits('InvalidImageName'))).toMatchObject({
      isFinal: true,
      reason: { kind: 'imageUnavailable', container: 'web', message: 'InvalidImageName' },
    });
  });
});

describe('startTrouble for a container configuration', () => {
  const fix = (failure?: Parameters<typeof failed>[0]) =>
    trouble(failed(failure), waits('CreateContainerConfigError', 'it is missing'))?.fix;

  test('advises to pass the missing ConfigMap or Secret', () => {
    expect(fix({ kind: 'configMissing', object: 'ConfigMap' })).toEqual({ kind: 'giveConfig', object: 'ConfigMap' });
    expect(fix({ kind: 'configMissing', object: 'Secret' })).toEqual({ kind: 'giveConfig', object: 'Secret' });
  });

  test('advises runAsUser if the image runs as root', () => {
    expect(fix('runAsNonRoot')).toEqual({ kind: 'runAsUser' });
  });

  test('returns a final trouble even if there is no advice', () => {
    expect(trouble(failed(), waits('CreateContainerConfigError', 'something else'))).toEqual({
      reason: { kind: 'notCreated', container: 'web', message: 'something else' },
      fix: undefined,
      isFinal: true,
    });
  });
});

describe('startTrouble for a failed start', () => {
  const terminated = (message: string, reason = 'StartError') => ({ terminated: { exitCode: 128, reason, message } });
  const missing = terminated('exec: "serve": executable file not found in $PATH');

  test('reports a program missing in the image, even while the container is in back-off', () => {
    const again = { waiting: { reason: 'CrashLoopBackOff' } };
    for (const event of [state(missing), state(again, missing)]) {
      expect(trouble(failed('programMissing'), event)).toMatchObject({
        isFinal: true,
        reason: { kind: 'programMissing', container: 'web' },
      });
    }
    expect(trouble(failed(), state(terminated('out of memory')))).toBeUndefined();
  });

  test('returns undefined once the container starts', () => {
    const instance = { container: 'web', id: 'c2', attempt: 1 };
    const start = { at: s(5), source: 'runtime', kind: 'ContainerStarted', ...instance } as const;
    const crashed = state(terminated('no such file or directory', 'Error'), missing);
    expect(trouble(failed('programMissing'), start, crashed)).toBeUndefined();
    expect(trouble(failed('programMissing'), start, state({ running: { startedAt: s(5) } }, missing))).toBeUndefined();
  });

  test.each(['ImageInspectError', 'CreateContainerError', 'RunContainerError'])(
    'reports a full disk if the reason is %s',
    (reason) => {
      expect(trouble(failed('diskFull'), waits(reason, 'write /var/lib: no space left on device'))).toEqual({
        reason: { kind: 'diskFull', container: 'web', message: 'write /var/lib: no space left on device' },
        isFinal: true,
        fix: { kind: 'freeDisk' },
      });
    },
  );

  test('returns undefined if the container crashes or is being created', () => {
    const inBackOff = waits('CrashLoopBackOff', 'back-off 10s restarting failed container');
    expect(trouble(inBackOff)).toBeUndefined();
    expect(trouble(failed('diskFull'), inBackOff)).toBeUndefined();
    expect(trouble(waits('ContainerCreating'))).toBeUndefined();
    expect(trouble()).toBeUndefined();
  });

  test('prefers the failure of an init container', () => {
    const one = (name: string) => container({ name, state: { waiting: { reason: 'ErrImageNeverPull' } } });
    const both = published(5, { initContainerStatuses: [one('migrate')], containerStatuses: [one('web')] });
    expect(trouble(both)?.reason).toMatchObject({ kind: 'imageUnavailable', container: 'migrate' });
  });

  test('uses the failure that belongs to the waiting container', () => {
    const proxy = { ...failed('imageMissing'), container: 'proxy' };
    const both = ['proxy', 'web'].map((name) => container({ name, state: { waiting: { reason: 'ErrImagePull' } } }));
    const status = published(5, { containerStatuses: both.toReversed() });
    expect(trouble(proxy, failed(), status)).toMatchObject({
      isFinal: false,
      reason: { kind: 'imageUnavailable', container: 'web' },
    });
  });
});

describe('startTrouble for the node', () => {
  const unscheduled = recorded(1, 'FailedScheduling', '0/1 nodes are available: 1 Insufficient memory.', {
    type: 'Warning',
  });

  test('reports what the node lacks until the pod is scheduled', () => {
    expect(trouble(unscheduled)).toMatchObject({
      isFinal: true,
      reason: { kind: 'unschedulable', message: '0/1 nodes are available: 1 Insufficient memory.' },
    });
    expect(trouble(unscheduled, recorded(2, 'Scheduled', 'Successfully assigned'))).toBeUndefined();
  });

  test('reports a volume that failed to mount until the sandbox starts', () => {
    const { container: _, ...mount }: KubeletEvent = recorded(2, 'FailedMount', 'MountVolume.SetUp failed', {
      type: 'Warning',
      failure: { kind: 'configMissing', object: 'ConfigMap' },
    });
    expect(trouble(mount)).toMatchObject({ isFinal: true, fix: { kind: 'giveConfig', object: 'ConfigMap' } });
    const sandbox = { at: s(3), source: 'runtime', kind: 'SandboxStarted', podIP: '10.0.0.7', attempt: 0 } as const;
    expect(trouble(mount, sandbox)).toBeUndefined();
  });
});
