import { describe, expect, test } from '@jest/globals';
import { crashLoop, type IsolatedContainer, livenessLoop } from '../../../../src/cli/explain/schedule';
import { loadPod } from '../../../../src/manifest/loadPod';
import type { Container } from '../../../../src/manifest/model';

const LIVENESS = { tcpSocket: { port: 80 }, periodSeconds: 10, failureThreshold: 3 };

function played(container: object, spec: object = {}, kubernetesVersion = '1.34'): IsolatedContainer {
  const manifest = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'shop' },
    spec: { containers: [{ name: 'web', image: 'web:1', ...container }], ...spec },
  };
  const pod = loadPod(manifest, { kubernetesVersion });
  return { pod, container: pod.spec.containers[0] as Container, kubernetesVersion };
}

function livenessOf(of: IsolatedContainer) {
  const { livenessProbe } = of.container;
  if (!livenessProbe) throw new Error('the container has no livenessProbe');
  return livenessLoop(of, livenessProbe);
}

const waitsOf = ({ restarts }: ReturnType<typeof crashLoop>) => restarts.map(({ waitMs }) => waitMs / 1_000);

describe('crashLoop', () => {
  test('restarts immediately, then with a back-off that doubles up to five minutes', () => {
    const schedule = crashLoop(played({}));
    expect(waitsOf(schedule)).toEqual([0, 10, 20, 40, 80, 160, 300, 300, 300, 300]);
    expect(schedule.restarts.map(({ atMs }) => atMs / 1_000).slice(0, 4)).toEqual([0, 10, 30, 70]);
    expect(schedule.endsAs).toBeUndefined();
  });

  test('ends with the pod Failed if restartPolicy is Never', () => {
    expect(crashLoop(played({}, { restartPolicy: 'Never' }))).toEqual({ restarts: [], endsAs: 'Failed' });
  });

  test('returns the same restarts for a pod with hooks, probes and mounts', () => {
    const more = {
      readinessProbe: LIVENESS,
      livenessProbe: LIVENESS,
      lifecycle: { postStart: { sleep: { seconds: 5 } }, preStop: { sleep: { seconds: 5 } } },
      env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'absent', key: 'password' } } }],
      volumeMounts: [{ name: 'data', mountPath: '/data' }],
    };
    const volumes = [{ name: 'data', configMap: { name: 'absent' } }];
    expect(waitsOf(crashLoop(played(more, { volumes })))).toEqual(waitsOf(crashLoop(played({}))));
  });

  test('restarts a sidecar even if the pod has restartPolicy Never', () => {
    const initContainers = [{ name: 'proxy', image: 'proxy:1', restartPolicy: 'Always' }];
    const of = played({}, { initContainers, restartPolicy: 'Never' });
    const sidecar = of.pod.spec.initContainers[0] as Container;
    expect(waitsOf(crashLoop({ ...of, container: sidecar })).slice(0, 4)).toEqual([0, 10, 20, 40]);
  });
});

describe('livenessLoop', () => {
  test('restarts because of liveness once the failure threshold is reached', () => {
    const { restarts } = livenessOf(played({ livenessProbe: LIVENESS }));
    expect(new Set(restarts.map(({ because }) => because))).toEqual(new Set(['liveness']));
    // Three attempts, one period apart.
    expect(restarts[0]?.atMs).toBeGreaterThanOrEqual(20_000);
    expect(restarts[0]?.atMs).toBeLessThanOrEqual(31_000);
  });

  test('starts without back-off, and returns ten restarts', () => {
    const schedule = livenessOf(played({ livenessProbe: LIVENESS }));
    expect(schedule.restarts).toHaveLength(10);
    expect(waitsOf(schedule)[0]).toBe(0);
    expect(Math.max(...waitsOf(schedule))).toBeLessThanOrEqual(300);
  });

  test('starts liveness probes after the startup probe has succeeded', () => {
    const startupProbe = { tcpSocket: { port: 81 }, initialDelaySeconds: 60, periodSeconds: 10 };
    const [first] = livenessOf(played({ livenessProbe: LIVENESS, startupProbe })).restarts;
    expect(first?.atMs).toBeGreaterThanOrEqual(80_000);
  });

  test('returns ten restarts even if a readiness probe fails every second', () => {
    const livenessProbe = { ...LIVENESS, periodSeconds: 600 };
    const readinessProbe = { tcpSocket: { port: 81 }, periodSeconds: 1 };
    expect(livenessOf(played({ livenessProbe, readinessProbe })).restarts).toHaveLength(10);
  });

  test('restarts because of liveness if the startup probe is the same', () => {
    const { restarts } = livenessOf(played({ livenessProbe: LIVENESS, startupProbe: LIVENESS }));
    expect(restarts).toHaveLength(10);
    expect(new Set(restarts.map(({ because }) => because))).toEqual(new Set(['liveness']));
  });

  test('ends with the pod Failed if restartPolicy is Never', () => {
    const schedule = livenessOf(played({ livenessProbe: LIVENESS }, { restartPolicy: 'Never' }));
    expect(schedule).toEqual({ restarts: [], endsAs: 'Failed' });
  });
});
