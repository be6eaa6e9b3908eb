import { describe, expect, test } from '@jest/globals';
import { wordsOn } from '../../../../src/cli/explain/words';
import { loadPod } from '../../../../src/manifest/loadPod';
import type { Container } from '../../../../src/manifest/model';

const PROBE = { httpGet: { path: '/', port: 8080 } };

/** Returns the sentence about a subject: `liveness`, `shutdown`. */
function wordOn(subject: string, container: object, spec: object = {}, kubernetesVersion = '1.34'): string | undefined {
  const manifest = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'shop' },
    spec: { containers: [{ name: 'web', image: 'web:1', ...container }], ...spec },
  };
  const pod = loadPod(manifest, { kubernetesVersion, allow: ['unknown-port'] });
  const words = wordsOn({
    container: pod.spec.containers[0] as Container,
    restartPolicy: pod.spec.restartPolicy,
    spec: pod.spec,
    kubernetesVersion,
  });
  return words.find((line) => line.startsWith(`${subject}: `))?.slice(subject.length + 2);
}

describe('wordsOn', () => {
  test('names what is missing without probes', () => {
    expect(wordOn('start', {})).toBe('nothing ends a start that takes too long.');
    expect(wordOn('liveness', {})).toBe('none; a process that hangs is never restarted.');
    expect(wordOn('readiness', {})).toBe('none; it is Ready as soon as its process runs, and until that ends.');
    expect(wordOn('readiness', { startupProbe: PROBE })).toContain('it is Ready once startup has succeeded');
    expect(wordOn('shutdown', {})).toBe('SIGTERM at once, SIGKILL after 30s.');
  });

  test('adds period, threshold, timeout and grace period up to the restart by liveness', () => {
    // describes what happens without probes
    const livenessProbe = { ...PROBE, periodSeconds: 5 };
    expect(wordOn('liveness', { livenessProbe }, { terminationGracePeriodSeconds: 20 })).toContain(
      'within 16s (5s + 2 × 5s + 1s); stopping takes up to 20s more, so it is started anew, where back-off does not hold it up, within 36s.',
    );
  });

  test('uses the grace period of the probe instead of that of the pod', () => {
    const livenessProbe = { ...PROBE, terminationGracePeriodSeconds: 7 };
    expect(wordOn('liveness', { livenessProbe })).toContain('stopping takes up to 7s more');
  });

  test('reports that a killed container stays down if restartPolicy is Never', () => {
    const container = { startupProbe: PROBE, livenessProbe: PROBE };
    expect(wordOn('start', container, { restartPolicy: 'Never' })).toContain('is killed for good');
    expect(wordOn('liveness', container, { restartPolicy: 'Never' })).toContain('so it is gone for good within 1m1s');
    expect(wordOn('start', container)).toContain('is killed and started anew');
  });

  test('limits a start by liveness if there is no startup probe', () => {
    const livenessProbe = { ...PROBE, initialDelaySeconds: 15 };
    expect(wordOn('start', { livenessProbe })).toMatch(/^no startupProbe, so the livenessProbe gives it 35s for sure;/);
  });

  test('adds a postStart sleep to the time limit of a start', () => {
    // Four periods of one second for sure without the hook, and at most five and the timeout.
    const startupProbe = { ...PROBE, periodSeconds: 1, failureThreshold: 5 };
    expect(wordOn('start', { startupProbe })).toContain('gives it 4s for sure; what is not up after 6s is');
    const sleeps = { lifecycle: { postStart: { sleep: { seconds: 15 } } } };
    expect(wordOn('start', { startupProbe, ...sleeps })).toContain(
      'gives it 19s for sure (postStart takes 15s of them); what is not up after 21s is',
    );
    const runs = { lifecycle: { postStart: { exec: { command: ['warm-up'] } } } };
    expect(wordOn('start', { startupProbe, ...runs })).toMatch(
      /gives it 4s for sure; .* Both count from the end of its postStart hook, which nothing limits\. Until/,
    );
  });

  test('counts the successes that readiness needs', () => {
    expect(wordOn('readiness', { readinessProbe: PROBE })).toMatch(/; one success brings it back\.$/);
    const readinessProbe = { ...PROBE, successThreshold: 3, periodSeconds: 4 };
    expect(wordOn('readiness', { readinessProbe })).toMatch(/; 3 successes 4s apart bring it back\.$/);
  });

  test('reports that a probe of an unknown port name never has a result', () => {
    const probe = { httpGet: { path: '/', port: 'http' } };
    const ports = [{ name: 'admin', containerPort: 8080 }];
    const why = 'no port of the container is named "http", and an attempt that errors counts for nothing';
    expect(wordOn('liveness', { ports, livenessProbe: probe })).toBe(`never notices a fault: ${why}.`);
    expect(wordOn('readiness', { ports, readinessProbe: probe })).toBe(`it is never Ready: ${why}.`);
    expect(wordOn('start', { ports, startupProbe: probe })).toContain(`and none succeeds: ${why}`);
  });

  test.each([
    [{ sleep: { seconds: 5 } }, 30, 'preStop 5s, then SIGTERM and 25s to stop, SIGKILL after 30s.'],
    [
      { exec: { command: ['drain'] } },
      30,
      // The kubelet always leaves two seconds after a preStop hook that uses up the grace period.
      'preStop, for at most 30s, then SIGTERM, SIGKILL after at most 32s.',
    ],
    [{ exec: { command: ['drain'] } }, 0, 'preStop is skipped without a grace; SIGTERM at once'],
  ])('describes a stop with preStop %j within %d s', (preStop, grace, words) => {
    expect(wordOn('shutdown', { lifecycle: { preStop } }, { terminationGracePeriodSeconds: grace })).toContain(words);
  });

  test('names the instance that starts since Kubernetes 1.35 only', () => {
    const container = { startupProbe: PROBE, livenessProbe: PROBE, readinessProbe: PROBE };
    expect(wordOn('restart by liveness', container, {}, '1.34')).toBeUndefined();
    expect(wordOn('restart by liveness', container, {}, '1.35')).toContain('it begins as started for up to 10s');
    expect(wordOn('restart by liveness', { livenessProbe: PROBE }, {}, '1.35')).toBeUndefined();
  });
});
