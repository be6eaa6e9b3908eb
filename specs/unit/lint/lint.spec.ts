import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { lint } from '../../../src/lint/lint';

function findingsOf(chart: string): string[] {
  const { problems, findings } = lint(`specs/unit/manifest/charts/${chart}.yaml`);
  expect(problems).toEqual([]);
  return findings.map(({ position, severity, code }) => `${position?.line}: ${severity}: ${code}`);
}

test('finds nothing in a service that follows the guides', () => {
  expect(findingsOf('spring')).toEqual([]);
});

test('finds a probe port that the container of an ingress controller does not list', () => {
  expect(findingsOf('ingress-nginx')).toEqual([
    '142: info: liveness-same-as-readiness',
    '146: warning: probe-port-not-listed',
  ]);
});

test('finds a timeout that exceeds the period in a cache', () => {
  expect(findingsOf('redis')).toEqual(['138: warning: timeout-exceeds-period']);
});

test('finds equal liveness and readiness probes beside a monitoring server', () => {
  expect(findingsOf('prometheus')).toEqual([
    '62: info: liveness-without-startup',
    '62: warning: liveness-same-as-readiness',
    '176: info: liveness-without-startup',
    '176: warning: liveness-same-as-readiness',
  ]);
});

test('finds equal liveness and readiness probes in a new chart', () => {
  expect(findingsOf('helm-create')).toEqual([
    '44: info: liveness-without-startup',
    '44: warning: liveness-same-as-readiness',
  ]);
});

test('finds nothing in the test pod of a chart, although its Service selects the pod', () => {
  const chart = readFileSync('specs/unit/manifest/charts/helm-create.yaml', 'utf8');
  const labels = '    app.kubernetes.io/name: demo\n    app.kubernetes.io/instance: demo\n';
  const selected = chart.replace('  annotations:\n    "helm.sh/hook": test\n', (hook) => `${hook}  labels:\n${labels}`);
  const codes = lint(selected).findings.map(({ code }) => code);
  expect(codes).toEqual(['liveness-without-startup', 'liveness-same-as-readiness']);
  const deployedToo = selected.replace('"helm.sh/hook": test', '"helm.sh/hook": pre-install');
  expect(lint(deployedToo).findings.map(({ code }) => code)).toContain('no-readiness-behind-service');
});
