import { describe, expect, test } from '@jest/globals';
import { type SimulatePodOptions, simulatePod } from '../../../../src/pod/simulated/simulatePod';

const web = { name: 'web', image: 'web:1' };
const podOf = (container: object = {}, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'shop' },
  spec: { containers: [{ ...web, ...container }], ...spec },
});
const LIVENESS = { httpGet: { path: '/', port: 80 }, periodSeconds: 10 };

describe('simulatePod', () => {
  test('runs a pod without a script, whose containers keep running and are Ready', () => {
    const pod = simulatePod(podOf());
    pod.advance('1h');
    expect(pod.status).toMatchObject({ phase: 'Running', containerStatuses: [{ ready: true, restartCount: 0 }] });
  });

  test('rejects an unknown option, and suggests the nearest one', () => {
    expect(() => simulatePod(podOf(), {}, { sead: 1 } as SimulatePodOptions)).toThrow(
      new TypeError('simulatePod: unknown option "sead". Did you mean "seed"?'),
    );
  });

  test('rejects a manifest that Kubernetes rejects', () => {
    expect(() => simulatePod(podOf({ name: 'Web' }))).toThrow(
      expect.objectContaining({ name: 'ManifestError', message: expect.stringContaining('spec.containers[0].name') }),
    );
  });

  test('rejects a script for a container that the pod does not have', () => {
    expect(() => simulatePod(podOf(), { wbe: [] })).toThrow(TypeError);
  });

  test('accepts fields that open a machine, because a simulation does not use them', () => {
    const volumes = [{ name: 'root', hostPath: { path: '/' } }];
    const open = podOf({ securityContext: { privileged: true } }, { hostNetwork: true, hostPID: true, volumes });
    expect(simulatePod(open).pod.spec.hostNetwork).toBe(true);
  });

  test('accepts a probe of an unknown port only if that is allowed', () => {
    const probed = podOf({ readinessProbe: { httpGet: { port: 'http' } } });
    expect(() => simulatePod(probed)).toThrow('spec.containers[0].readinessProbe.httpGet.port');
    const pod = simulatePod(probed, {}, { allow: ['unknown-port'] });
    pod.advance('1m');
    expect(pod.status.containerStatuses?.[0]?.ready).toBe(false);
  });

  test('runs the named workload of several', () => {
    const both = [podOf(), { ...podOf(), metadata: { name: 'cart' } }];
    expect(() => simulatePod(both)).toThrow('the manifest has 2 workloads');
    expect(simulatePod(both, {}, { workload: 'pod/cart' }).pod.metadata.name).toBe('cart');
  });

  test('uses the given version and feature gates for validation and the run', () => {
    const own = podOf({ restartPolicy: 'Never' });
    expect(() => simulatePod(own, {}, { kubernetesVersion: '1.34' })).toThrow('may not be set for non-init containers');
    const featureGates = { ContainerRestartRules: true };
    const pod = simulatePod(own, { web: [{ at: '1s', exit: 1 }] }, { kubernetesVersion: '1.34', featureGates });
    pod.advance('1h');
    expect(pod.timeline.of('ContainerStarted')).toHaveLength(1);
  });

  test('starts a container only if its ConfigMap is passed', () => {
    const envFrom = [{ configMapRef: { name: 'settings' } }];
    const without = simulatePod(podOf({ envFrom }));
    without.advance('1m');
    expect(without.status.containerStatuses?.[0]?.state).toMatchObject({
      waiting: { reason: 'CreateContainerConfigError', message: 'configmap "settings" not found' },
    });
    const pod = simulatePod(podOf({ envFrom }), {}, { configMaps: { settings: { mode: 'fast' } } });
    pod.advance('1m');
    expect(pod.status.containerStatuses?.[0]?.ready).toBe(true);
  });

  test('waits before a restart as long as crashLoopBackOff allows', () => {
    const waitsOf = (options: SimulatePodOptions) => {
      const pod = simulatePod(podOf(), { web: [{ at: '0s', exit: 1 }] }, options);
      pod.advance('10m');
      const starts = pod.timeline.of('ContainerStarted').map(({ at }) => at / 1_000);
      return starts.slice(1, 6).map((at, index) => at - (starts[index] ?? 0));
    };
    expect(waitsOf({})).toEqual([0, 10, 20, 40, 80]);
    expect(waitsOf({ crashLoopBackOff: { maxContainerRestartPeriod: '30s' } })).toEqual([0, 10, 20, 30, 30]);
  });

  test('repeats a run with the same seed, and orders ticks differently with another one', () => {
    const app = { web: [{ at: '0s', http: { '80': { '/': 500 } } }] };
    const killedAt = (seed: number) => {
      const pod = simulatePod(podOf({ livenessProbe: LIVENESS }), app, { seed });
      pod.advance('1m');
      return pod.timeline.of('ContainerExited')[0]?.at;
    };
    expect(killedAt(1)).toBe(killedAt(1));
    expect(new Set([1, 2, 3, 4, 5].map(killedAt)).size).toBeGreaterThan(1);
  });

  test.each<[object, string]>([
    [{ cgroup: 'v3' }, "cgroup must be 'v1' or 'v2', received 'v3'"],
    [{ singleProcessOOMKill: 'yes' }, "singleProcessOOMKill must be true or false, received 'yes'"],
    [
      { singleProcessOOMKill: true, kubernetesVersion: '1.31' },
      'singleProcessOOMKill needs Kubernetes 1.32 or later, and this is 1.31. Leave it out',
    ],
    [{ featureGates: { Nonsense: true } }, 'unknown feature gate "Nonsense"'],
    [{ kubernetesVersion: '1.2' }, '1.2'],
  ])('rejects %j', (options, message) => {
    expect(() => simulatePod(podOf(), {}, options as SimulatePodOptions)).toThrow(message);
  });

  test('uses the default of an undefined option', () => {
    const options = { kubernetesVersion: undefined, seed: undefined } as unknown as SimulatePodOptions;
    expect(() => simulatePod(podOf(), {}, options)).not.toThrow();
  });
});
