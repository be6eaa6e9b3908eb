import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { lint } from '../../../src/lint/lint';

function findingsOf(chart: string): string[] {
  const { problems, findings } = lint(`specs/unit/manifest/charts/${chart}.yaml`);
  expect(problems).toEqual([]);
  return findings.map(({ position, severity, code }) => `${position?.line}: ${severity}: ${code}`);
}

test('a service that follows the guides has no finding', () => {
  expect(findingsOf('spring')).toEqual([]);
});

test('an ingress controller asks at a port that it does not list', () => {
  expect(findingsOf('ingress-nginx')).toEqual([
    '142: info: liveness-same-as-readiness',
    '146: warning: probe-port-not-listed',
  ]);
});

test('a cache waits longer for an answer than from one probe to the next', () => {
  expect(findingsOf('redis')).toEqual(['138: warning: timeout-exceeds-period']);
});

test('a monitoring server is well probed, what comes with it is probed for liveness as for readiness', () => {
  expect(findingsOf('prometheus')).toEqual([
    '62: info: liveness-without-startup',
    '62: warning: liveness-same-as-readiness',
    '176: info: liveness-without-startup',
    '176: warning: liveness-same-as-readiness',
  ]);
});

test('a new chart is probed for liveness as for readiness', () => {
  expect(findingsOf('helm-create')).toEqual([
    '44: info: liveness-without-startup',
    '44: warning: liveness-same-as-readiness',
  ]);
});

test('a chart’s own test is nothing to find fault with, which its Service selects for a moment', () => {
  const chart = readFileSync('specs/unit/manifest/charts/helm-create.yaml', 'utf8');
  const labels = '    app.kubernetes.io/name: demo\n    app.kubernetes.io/instance: demo\n';
  const selected = chart.replace('  annotations:\n    "helm.sh/hook": test\n', (hook) => `${hook}  labels:\n${labels}`);
  const codes = lint(selected).findings.map(({ code }) => code);
  expect(codes).toEqual(['liveness-without-startup', 'liveness-same-as-readiness']);
  const deployedToo = selected.replace('"helm.sh/hook": test', '"helm.sh/hook": pre-install');
  expect(lint(deployedToo).findings.map(({ code }) => code)).toContain('no-readiness-behind-service');
});
