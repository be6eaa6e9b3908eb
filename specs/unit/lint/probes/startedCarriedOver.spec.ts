import { expect, test } from '@jest/globals';
import { type LintOptions, lint } from '../../../../src/lint/lint';

const pod = (probes: string) => `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: web, image: "web:1", ports: [{ containerPort: 80 }], ${probes} }] }
`;
const STARTUP = 'startupProbe: { httpGet: { port: 80 }, failureThreshold: 30 }';
const READINESS = 'readinessProbe: { httpGet: { port: 80, path: /ready }, periodSeconds: 1 }';

function found(probes: string, options: LintOptions = {}) {
  return lint(pod(probes), options).findings.filter(({ code }) => code === 'started-carried-over');
}

test('warns if liveness can kill the next instance before its startup probe runs', () => {
  const liveness = 'livenessProbe: { httpGet: { port: 80 }, periodSeconds: 2, failureThreshold: 2 }';
  expect(found(`${STARTUP}, ${liveness}, ${READINESS}`)).toMatchObject([
    {
      severity: 'warning',
      field: 'spec.containers[0].livenessProbe',
      why: 'since Kubernetes 1.35, the instance after a liveness kill counts as started for up to 10s (kubernetes/kubernetes#141155), so liveness can kill it after 2s, before its startupProbe runs',
      fix: 'set failureThreshold: 6 in the livenessProbe or a shorter period in the startupProbe, so that the startupProbe runs first',
    },
  ]);
  const fixed = 'livenessProbe: { httpGet: { port: 80 }, periodSeconds: 2, failureThreshold: 6 }';
  expect(found(`${STARTUP}, ${fixed}, ${READINESS}`)).toEqual([]);
});

test('returns an info if the next instance is Ready before its startup probe runs', () => {
  const liveness = 'livenessProbe: { httpGet: { port: 80 } }';
  expect(found(`${STARTUP}, ${liveness}`)).toMatchObject([
    { severity: 'info', field: 'spec.containers[0].startupProbe' },
  ]);
  expect(found(`${STARTUP}, ${liveness}, ${READINESS}`)).toEqual([]);
});

test('finds nothing without both probes, before 1.35 or with the feature gate', () => {
  const liveness = 'livenessProbe: { httpGet: { port: 80 }, periodSeconds: 1 }';
  expect(found(STARTUP)).toEqual([]);
  expect(found(liveness)).toEqual([]);
  expect(found(`${STARTUP}, ${liveness}`, { kubernetesVersion: '1.34' })).toEqual([]);
  const featureGates = { ChangeContainerStatusOnKubeletRestart: true };
  expect(found(`${STARTUP}, ${liveness}`, { featureGates })).toEqual([]);
  expect(found(`${STARTUP}, ${liveness}`, { kubernetesVersion: '1.35' })).toHaveLength(1);
});
