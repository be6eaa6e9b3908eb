import { describe, expect, test } from '@jest/globals';
import '../../../../matchers/jest-globals';
import { NODE } from '../../../../src/kubelet';
import { runPod } from '../../../../src/pod/live/runPod';
import { type SimulatePodOptions, simulatePod } from '../../../../src/pod/simulated/simulatePod';
import { messageOf } from '../../matchers/messageOf';

const POD = `
apiVersion: v1
kind: Pod
metadata: { name: crash }
spec: { containers: [{ name: web, image: "web:1" }] }
`;
const crashing = { web: [{ at: '2s', exit: 1 }] };
const crashLoopBackOff = { maxContainerRestartPeriod: '30s' };

/** Returns the back-off before each restart, in seconds. */
function waits(options: SimulatePodOptions): readonly number[] {
  const pod = simulatePod(POD, crashing, options);
  pod.advance('20m');
  const exits = pod.timeline.of('ContainerExited').map(({ at }) => at);
  const starts = pod.timeline.of('ContainerStarted').map(({ at }) => at);
  return starts.slice(1).map((at, index) => (at - (exits[index] ?? 0)) / 1000);
}

describe('crashLoopBackOff', () => {
  test('limits the wait before a restart', () => {
    expect(waits({ crashLoopBackOff }).slice(0, 6)).toEqual([0, 10, 20, 30, 30, 30]);
    expect(waits({}).slice(0, 6)).toEqual([0, 10, 20, 40, 80, 160]);
    expect(waits({ crashLoopBackOff: {} }).slice(0, 4)).toEqual([0, 10, 20, 40]);
  });

  test('starts with the maximum if it is shorter than 10s', () => {
    expect(waits({ crashLoopBackOff: { maxContainerRestartPeriod: '1s' } }).slice(0, 3)).toEqual([0, 1, 1]);
  });

  test('overrides the gate ReduceDefaultCrashLoopBackOffDecay, and so does its default', () => {
    const featureGates = { ReduceDefaultCrashLoopBackOffDecay: true };
    expect(waits({ featureGates, crashLoopBackOff }).slice(0, 8)).toEqual([0, 1, 2, 4, 8, 16, 30, 30]);
    expect(waits({ featureGates }).slice(0, 9)).toEqual([0, 1, 2, 4, 8, 16, 32, 64, 128]);
  });

  test('limits the default wait of toRestart, toEnterCrashLoopBackOff and others', async () => {
    const expectedOf = async (options: SimulatePodOptions) => {
      const pod = simulatePod(POD, {}, { profile: NODE, ...options });
      const text = await messageOf(() => expect(pod).toRestart({ times: 8 }));
      return text.split('\n').find((line) => line.startsWith('Expected'));
    };
    const [short, long] = [await expectedOf({ crashLoopBackOff }), await expectedOf({})];
    expect(short).toContain('back-off 15s + 30s + 45s + 45s + 45s + 45s + 45s:');
    expect(long).toContain('back-off 15s + 30s + 1m +');
  });

  test.each<[unknown, string]>([
    ['30s', "crashLoopBackOff must be an object such as { maxContainerRestartPeriod: '60s' }, received '30s'"],
    [
      { maxRestartPeriod: '30s' },
      'crashLoopBackOff: unknown option "maxRestartPeriod". Valid options: maxContainerRestartPeriod',
    ],
    [
      { maxContainerRestartPeriod: 30 },
      "crashLoopBackOff.maxContainerRestartPeriod must be a duration from '1s' to '300s', received 30",
    ],
    [{ maxContainerRestartPeriod: '0s' }, "must be a duration from '1s' to '300s', received '0s'"],
    [{ maxContainerRestartPeriod: '301s' }, "must be a duration from '1s' to '300s', received '301s'"],
    [{ maxContainerRestartPeriod: 'soon' }, "must be a duration from '1s' to '300s', received 'soon'"],
  ])('rejects %j', async (given, message) => {
    const options = { crashLoopBackOff: given } as SimulatePodOptions;
    expect(() => simulatePod(POD, {}, options)).toThrow(message);
    await expect(runPod(POD, options as object)).rejects.toThrow(message);
  });

  test('requires a version or feature gates with KubeletCrashLoopBackOffMax', () => {
    expect(() => simulatePod(POD, {}, { crashLoopBackOff, kubernetesVersion: '1.34' })).toThrow(
      'crashLoopBackOff.maxContainerRestartPeriod needs the feature gate KubeletCrashLoopBackOffMax, which is off in Kubernetes 1.34. Use 1.35 or later, or remove it',
    );
    const featureGates = { KubeletCrashLoopBackOffMax: true };
    expect(waits({ crashLoopBackOff, kubernetesVersion: '1.33', featureGates })[3]).toBe(30);
    expect(() =>
      simulatePod(POD, {}, { crashLoopBackOff, featureGates: { KubeletCrashLoopBackOffMax: false } }),
    ).toThrow('is off in Kubernetes 1.37');
  });
});
