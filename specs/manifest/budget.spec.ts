import { expect, test } from '@jest/globals';
import { readyBudget, restartBudget } from '../../src/manifest/budget';
import { podOf, web } from '../matchers/replay';

const probe = {
  initialDelaySeconds: 3,
  periodSeconds: 10,
  timeoutSeconds: 2,
  successThreshold: 1,
  failureThreshold: 3,
};
const slow = { ...probe, failureThreshold: 30 };

test('a startup probe bounds the start, and readiness comes on top', () => {
  const { spec } = podOf({ containers: [web({ startupProbe: slow, livenessProbe: probe, readinessProbe: probe })] });
  expect(readyBudget(spec)).toEqual({ ms: 305_000 + 35_000, limited: true });
});

test('without one the liveness probe does', () => {
  const { spec } = podOf({ containers: [web({ livenessProbe: probe }), web({ name: 'metrics' })] });
  expect(readyBudget(spec)).toEqual({ ms: 35_000, limited: true });
});

test('nothing bounds a container that only readiness watches, nor one without probes, nor a plain init container', () => {
  const noLimit = { ms: 60_000, limited: false };
  expect(readyBudget(podOf({ containers: [web({ readinessProbe: probe })] }).spec)).toEqual(noLimit);
  expect(readyBudget(podOf({ containers: [web()] }).spec)).toEqual(noLimit);
  expect(readyBudget(podOf({ initContainers: [web()], containers: [web({ livenessProbe: probe })] }).spec)).toEqual(
    noLimit,
  );
});

test('sidecars start one after another, before the containers', () => {
  const sidecar = web({ restartPolicy: 'Always', startupProbe: probe });
  const { spec } = podOf({ initContainers: [sidecar, sidecar], containers: [web({ livenessProbe: probe })] });
  expect(readyBudget(spec)).toEqual({ ms: 3 * 35_000, limited: true });
});

test('a restart may take the grace of the stop as well, the longest there is', () => {
  const patient = { ...probe, terminationGracePeriodSeconds: 90 };
  expect(restartBudget(podOf({ containers: [web({ livenessProbe: probe })] }).spec).ms).toBe(65_000);
  expect(restartBudget(podOf({ containers: [web({ livenessProbe: patient })] }).spec).ms).toBe(125_000);
});
