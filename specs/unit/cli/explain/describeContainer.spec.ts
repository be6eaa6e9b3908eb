import { describe, expect, test } from '@jest/globals';
import { describeContainer } from '../../../../src/cli/explain/describeContainer';
import { loadPod } from '../../../../src/manifest/loadPod';
import type { Container } from '../../../../src/manifest/model';

const PROBE = { httpGet: { path: '/', port: 8080 } };

/** Returns the sentence about a subject: `liveness`, `shutdown`. */
function lineOn(subject: string, container: object, spec: object = {}, kubernetesVersion = '1.34'): string | undefined {
  const manifest = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'shop' },
    spec: { containers: [{ name: 'web', image: 'web:1', ...container }], ...spec },
  };
  const pod = loadPod(manifest, { kubernetesVersion, allow: ['unknown-port'] });
  const words = describeContainer({
    container: pod.spec.containers[0] as Container,
    restartPolicy: pod.spec.restartPolicy,
    spec: pod.spec,
    kubernetesVersion,
  });
  return words.find((line) => line.startsWith(`${subject}: `))?.slice(subject.length + 2);
}

describe('describeContainer', () => {
  test('names what is missing without probes', () => {
    expect(lineOn('start', {})).toBe('no probe limits how long the start takes.');
    expect(lineOn('liveness', {})).toBe('no probe, so a process that hangs is never restarted.');
    expect(lineOn('readiness', {})).toBe(
      'no probe. The container is Ready as soon as its process runs, until the process exits.',
    );
    expect(lineOn('readiness', { startupProbe: PROBE })).toContain(
      'The container is Ready once the startupProbe succeeds',
    );
    expect(lineOn('shutdown', {})).toBe('SIGTERM immediately, SIGKILL after 30s.');
  });

  test('adds period, threshold, timeout and grace period up to the restart by liveness', () => {
    // describes what happens without probes
    const livenessProbe = { ...PROBE, periodSeconds: 5 };
    expect(lineOn('liveness', { livenessProbe }, { terminationGracePeriodSeconds: 20 })).toContain(
      'within 16s (5s + 2 × 5s + 1s). Stopping takes up to 20s more, so without back-off it restarts within 36s.',
    );
  });

  test('uses the grace period of the probe instead of that of the pod', () => {
    const livenessProbe = { ...PROBE, terminationGracePeriodSeconds: 7 };
    expect(lineOn('liveness', { livenessProbe })).toContain('Stopping takes up to 7s more');
  });

  test('reports that a killed container stays down if restartPolicy is Never', () => {
    const container = { startupProbe: PROBE, livenessProbe: PROBE };
    expect(lineOn('start', container, { restartPolicy: 'Never' })).toContain('kills it permanently');
    expect(lineOn('liveness', container, { restartPolicy: 'Never' })).toContain(
      'so it is stopped permanently within 1m1s',
    );
    expect(lineOn('start', container)).toContain('restarts it');
  });

  test('limits a start by liveness if there is no startup probe', () => {
    const livenessProbe = { ...PROBE, initialDelaySeconds: 15 };
    expect(lineOn('start', { livenessProbe })).toMatch(/^there is no startupProbe\. web has at least 35s to start\./);
  });

  test('adds a postStart sleep to the time limit of a start', () => {
    // Four periods of one second for sure without the hook, and at most five and the timeout.
    const startupProbe = { ...PROBE, periodSeconds: 1, failureThreshold: 5 };
    expect(lineOn('start', { startupProbe })).toContain(
      'web has at least 4s to start. If it is not up after 6s, the startupProbe',
    );
    const sleeps = { lifecycle: { postStart: { sleep: { seconds: 15 } } } };
    expect(lineOn('start', { startupProbe, ...sleeps })).toContain(
      'web has at least 19s to start (15s of it for postStart). If it is not up after 21s, the startupProbe',
    );
    const runs = { lifecycle: { postStart: { exec: { command: ['warm-up'] } } } };
    expect(lineOn('start', { startupProbe, ...runs })).toMatch(
      /has at least 4s to start\. .* Both times count from the end of the postStart hook, which has no limit\. The other/,
    );
  });

  test('counts the successes that readiness needs', () => {
    expect(lineOn('readiness', { readinessProbe: PROBE })).toMatch(/\. One success makes it Ready again\.$/);
    const readinessProbe = { ...PROBE, successThreshold: 3, periodSeconds: 4 };
    expect(lineOn('readiness', { readinessProbe })).toMatch(/\. 3 successes, 4s apart, make it Ready again\.$/);
  });

  test('reports that a probe of an unknown port name never has a result', () => {
    const probe = { httpGet: { path: '/', port: 'http' } };
    const ports = [{ name: 'admin', containerPort: 8080 }];
    const why = 'no port of the container is named "http", and the result of an attempt that errors is ignored';
    expect(lineOn('liveness', { ports, livenessProbe: probe })).toBe(`the probe never detects a fault: ${why}.`);
    expect(lineOn('readiness', { ports, readinessProbe: probe })).toBe(`the container never becomes Ready: ${why}.`);
    expect(lineOn('start', { ports, startupProbe: probe })).toContain(`and the startupProbe never succeeds: ${why}`);
  });

  test.each([
    [{ sleep: { seconds: 5 } }, 30, 'preStop 5s, then SIGTERM and 25s to stop, SIGKILL after 30s.'],
    [
      { exec: { command: ['drain'] } },
      30,
      // The kubelet always leaves two seconds after a preStop hook that uses up the grace period.
      'preStop for at most 30s, then SIGTERM, SIGKILL after at most 32s.',
    ],
    [{ exec: { command: ['drain'] } }, 0, 'preStop is skipped without a grace period, SIGTERM immediately'],
  ])('describes a stop with preStop %j within %d s', (preStop, grace, words) => {
    expect(lineOn('shutdown', { lifecycle: { preStop } }, { terminationGracePeriodSeconds: grace })).toContain(words);
  });

  test('names the instance that starts since Kubernetes 1.35 only', () => {
    const container = { startupProbe: PROBE, livenessProbe: PROBE, readinessProbe: PROBE };
    expect(lineOn('restart by liveness', container, {}, '1.34')).toBeUndefined();
    expect(lineOn('restart by liveness', container, {}, '1.35')).toContain(
      'the next instance counts as started for up to 10s',
    );
    expect(lineOn('restart by liveness', { livenessProbe: PROBE }, {}, '1.35')).toBeUndefined();
  });
});
