import { describe, expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { runPod } from '../../../../src/pod/live/runPod';
import { checkedCommand, checkedOptions, checkedSignal } from '../../../../src/pod/shared/options';
import { simulatePod } from '../../../../src/pod/simulated/simulatePod';
import { simulated } from '../../matchers/simulated';

const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'shop' },
  spec: { containers: [{ name: 'web', image: 'a:1' }] },
};

describe('options', () => {
  test('treat undefined as not set', async () => {
    const undefinedOnes = {
      profile: undefined,
      kubernetesVersion: undefined,
      featureGates: undefined,
      seed: undefined,
      allocatable: undefined,
      configMaps: undefined,
      secrets: undefined,
      workload: undefined,
      allow: undefined,
    };
    const pod = simulatePod(POD, {}, undefinedOnes as object);
    await expect(pod).toBecomeReady();
    expect(simulatePod(POD, undefined, undefined).status.phase).toBe('Pending');
  });

  test.each([
    [() => simulatePod(POD, {}, { seeed: 2 } as object), 'simulatePod: unknown option "seeed". Did you mean "seed"?'],
    [
      () => simulatePod(POD, {}, { skipBackOff: false } as object),
      'simulatePod: unknown option "skipBackOff". Valid options: allocatable, allow, cgroup, configMaps, ',
    ],
    [() => simulatePod(POD, {}, [] as object), 'simulatePod: options must be an object, received []'],
    [
      () => simulatePod(POD, {}, { kubernetesVersion: 1.36 } as object),
      "kubernetesVersion must be a string such as '1.36', received 1.36",
    ],
    [() => checkedOptions('logs', { last: 1 } as object, {}), 'logs: unknown option "last". Valid options: none'],
  ])('reject an invalid value: %#', (call, message) => {
    expect(call).toThrow(message);
  });

  test('runPod checks its options before the pod starts', async () => {
    await expect(runPod(POD, { servces: {} } as object)).rejects.toThrow(
      'runPod: unknown option "servces". Did you mean "services"?',
    );
  });

  test('delete checks its options', async () => {
    await expect(simulated({}).delete({ gracePeriod: 1 } as object)).rejects.toThrow(
      'delete: unknown option "gracePeriod"',
    );
  });
});

describe('checkedSignal', () => {
  test.each(['SIGTERM', 'SIGUSR1', 'SIGRTMIN', 'SIGRTMIN+3', 'SIGRTMAX-1'])('accepts %s', (signal) => {
    expect(checkedSignal('container web', signal)).toBe(signal);
  });

  test.each([
    ['SIGFOO', "container web: signal must be a name such as 'SIGTERM', received 'SIGFOO'"],
    ['SIGTERN', "received 'SIGTERN'. Did you mean 'SIGTERM'?"],
    [9, "container web: signal must be a name such as 'SIGTERM', received 9"],
  ])('rejects %p', async (signal, message) => {
    expect(() => checkedSignal('container web', signal)).toThrow(message);
    const pod = simulated({});
    await expect(pod).toBecomeReady();
    await expect(pod.container('web').kill(signal as NodeJS.Signals)).rejects.toThrow(message);
    expect(pod.timeline.of('TestActed').map(({ action }) => action)).toEqual(['run']);
  });
});

describe('checkedCommand', () => {
  test.each([
    ['ls -l', "exec: command must be a list of words such as ['ls', '-l'], received 'ls -l'. Pass [ 'ls', '-l' ]"],
    [[], "exec: command must be a list of words such as ['ls', '-l'], received []"],
    [['sleep', 1], "exec: command must be a list of words such as ['ls', '-l'], received [ 'sleep', 1 ]"],
    [undefined, "exec: command must be a list of words such as ['ls', '-l'], received undefined"],
  ])('rejects %p', (command, message) => {
    expect(() => checkedCommand('exec', command)).toThrow(message);
  });

  test('accepts a list of words', () => {
    expect(checkedCommand('exec', ['ls', '-l'])).toEqual(['ls', '-l']);
  });
});
