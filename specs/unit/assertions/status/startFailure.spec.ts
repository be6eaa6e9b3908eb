import { describe, expect, test } from '@jest/globals';
import { startTrouble } from '../../../../src/assertions/status/startFailure';
import type { ContainerState } from '../../../../src/timeline/podStatus';
import { container, type Life, published, recorded, s, timelineOf } from '../../timeline/events';

const trouble = (...life: Life) => startTrouble(timelineOf(...life));
const waits = (reason: string, message?: string) => state({ waiting: { reason, ...(message && { message }) } });
const state = (current: ContainerState, lastState: ContainerState = {}) =>
  published(5, { containerStatuses: [container({ state: current, lastState })] });

describe('startTrouble with an image', () => {
  test.each([
    ['manifest unknown', 'manifest for shop:2 not found: manifest unknown'],
    ['a missing repository', 'pull access denied for shop, repository does not exist'],
    ['a missing local image', 'No such image: shop:2'],
  ])('is final for %s', (_, message) => {
    expect(trouble(waits('ErrImagePull', message))).toMatchObject({ isFinal: true });
  });

  test('may pass if the registry does not respond', () => {
    const message = 'dial tcp: lookup registry.example.com: i/o timeout';
    expect(trouble(waits('ImagePullBackOff', message))).toMatchObject({
      isFinal: false,
      why: `the image of web cannot be had: ${message}`,
      advice: expect.stringContaining("images: { web: 'name:tag' }"),
    });
  });

  test('is final if the kubelet never pulls, or the name is invalid', () => {
    expect(trouble(waits('ErrImageNeverPull'))?.isFinal).toBe(true);
    expect(trouble(waits('InvalidImageName'))).toMatchObject({
      isFinal: true,
      why: 'the image of web cannot be had: InvalidImageName',
    });
  });
});

describe('startTrouble with the configuration', () => {
  const advice = (message: string) => trouble(waits('CreateContainerConfigError', message))?.advice;

  test('names the option for a ConfigMap or a Secret that is missing', () => {
    expect(advice('configmap "shop" not found')).toContain('{ configMaps: ');
    expect(advice('secret "login" not found')).toContain('{ secrets: ');
    expect(advice("couldn't find key token in Secret default/login")).toContain('{ secrets: ');
  });

  test('names runAsUser for an image that runs as root', () => {
    expect(advice('container has runAsNonRoot and image will run as root')).toMatch(/^Set securityContext\.runAsUser/);
  });

  test('is final, also without advice', () => {
    expect(trouble(waits('CreateContainerConfigError', 'something else'))).toEqual({
      why: 'web cannot be created: something else',
      advice: undefined,
      isFinal: true,
    });
  });
});

describe('startTrouble with a start', () => {
  const terminated = (message: string, reason = 'StartError') => ({ terminated: { exitCode: 128, reason, message } });

  test('names a program that the image does not have, also while the container waits again', () => {
    const missing = terminated('exec: "serve": executable file not found in $PATH');
    const again = { waiting: { reason: 'CrashLoopBackOff' } };
    for (const event of [state(missing), state(again, missing)]) {
      expect(trouble(event)).toMatchObject({
        isFinal: true,
        why: expect.stringMatching(/^the program of web cannot be started/),
      });
    }
    expect(trouble(state(terminated('out of memory')))).toBeUndefined();
    expect(trouble(state(terminated('exec: "serve": no such file or directory', 'Error')))).toBeUndefined();
  });

  test('names a full disk, whatever the reason is', () => {
    expect(trouble(waits('CreateContainerError', 'write /var/lib: no space left on device'))).toMatchObject({
      isFinal: true,
      advice: expect.stringContaining('docker system df'),
    });
  });

  test('is none for a container that crashes or is being created', () => {
    expect(trouble(waits('CrashLoopBackOff', 'back-off 10s restarting failed container'))).toBeUndefined();
    expect(trouble(waits('ContainerCreating'))).toBeUndefined();
    expect(trouble()).toBeUndefined();
  });

  test('is that of the init containers first', () => {
    const one = (name: string) => container({ name, state: { waiting: { reason: 'ErrImageNeverPull' } } });
    const both = published(5, { initContainerStatuses: [one('migrate')], containerStatuses: [one('web')] });
    expect(trouble(both)?.why).toContain('the image of migrate');
  });
});

describe('startTrouble with the node', () => {
  const unscheduled = recorded(1, 'FailedScheduling', '0/1 nodes are available: 1 Insufficient memory.', {
    type: 'Warning',
  });

  test('names what the node lacks until the pod is scheduled', () => {
    expect(trouble(unscheduled)).toMatchObject({
      isFinal: true,
      why: 'the pod cannot be scheduled: 0/1 nodes are available: 1 Insufficient memory.',
    });
    expect(trouble(unscheduled, recorded(2, 'Scheduled', 'Successfully assigned'))).toBeUndefined();
  });

  test('names a volume that cannot be mounted until the sandbox starts', () => {
    const mount = recorded(2, 'FailedMount', 'MountVolume.SetUp failed: configmap "shop" not found', {
      type: 'Warning',
    });
    expect(trouble(mount)).toMatchObject({ isFinal: true, advice: expect.stringContaining('configMaps') });
    const sandbox = { at: s(3), source: 'runtime', kind: 'SandboxStarted', podIP: '10.0.0.7', attempt: 0 } as const;
    expect(trouble(mount, sandbox)).toBeUndefined();
  });
});
