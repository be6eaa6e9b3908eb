import { describe, expect, test } from '@jest/globals';
import { lint } from '../../../src/lint/lint';

const http = (path: string, more: object = {}) => ({ httpGet: { path, port: 8080 }, ...more });

/** Returns the findings in a pod with one container by code: severity, field, reason and fix. */
function findingsOf(container: object, spec: object = {}): Readonly<Record<string, readonly string[]>> {
  const web = { name: 'web', image: 'web:1', ports: [{ containerPort: 8080 }], ...container };
  const { problems, findings } = lint({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: { containers: [web], ...spec },
  });
  expect(problems).toEqual([]);
  return Object.fromEntries(
    findings.map(({ code, severity, field, why, fix }) => [
      code,
      [severity, field.replace('spec.containers[0].', ''), why, fix],
    ]),
  );
}

const codesOf = (container: object, spec: object = {}) => Object.keys(findingsOf(container, spec));

test('reports a preStop sleep beyond the grace period, which leaves 2s to the app', () => {
  const lifecycle = { preStop: { exec: { command: ['sleep', '45'] } } };
  expect(findingsOf({ lifecycle })['prestop-exceeds-grace']).toEqual([
    'error',
    'lifecycle.preStop.exec.command',
    'preStop sleeps 45s, which uses up the grace period of 30s: SIGTERM comes after 30s, and SIGKILL 2s later',
    'set terminationGracePeriodSeconds: 75 (45s of sleep and 30s to stop), or sleep well under 30s',
  ]);
  expect(codesOf({ lifecycle }, { terminationGracePeriodSeconds: 60 })).toEqual([]);
});

test('reports that a preStop hook is skipped if the grace period is 0', () => {
  const lifecycle = { preStop: { exec: { command: ['drain'] } } };
  expect(findingsOf({ lifecycle }, { terminationGracePeriodSeconds: 0 })['prestop-exceeds-grace']?.[2]).toBe(
    'terminationGracePeriodSeconds is 0, so the kubelet skips preStop',
  );
});

test('measures the start that liveness allows from its earliest first attempt', () => {
  const livenessProbe = http('/livez', { initialDelaySeconds: 5, periodSeconds: 4 });
  expect(findingsOf({ livenessProbe })['liveness-without-startup']).toEqual([
    'warning',
    'livenessProbe',
    'there is no startupProbe, so liveness can restart an app that takes longer than 13s to start (initialDelaySeconds 5 + (failureThreshold 3 − 1) × periodSeconds 4), again and again',
    'add a startupProbe with the same check, periodSeconds: 4 and failureThreshold: 76, which allows 300s for the start',
  ]);
});

test('returns an info for the default start limit of 20s, and nothing for 30s', () => {
  expect(findingsOf({ livenessProbe: http('/livez') })['liveness-without-startup']?.[0]).toBe('info');
  expect(codesOf({ livenessProbe: http('/livez', { initialDelaySeconds: 10 }) })).toEqual([]);
});

describe('lint of liveness and readiness', () => {
  const enough = { startupProbe: http('/livez', { failureThreshold: 30 }) };

  test('warns if liveness fails before readiness', () => {
    const livenessProbe = http('/livez', { periodSeconds: 5 });
    const readinessProbe = http('/readyz', { periodSeconds: 10, failureThreshold: 2 });
    expect(findingsOf({ ...enough, livenessProbe, readinessProbe })['liveness-stricter-than-readiness']).toEqual([
      'warning',
      'livenessProbe',
      'liveness acts within 16s of a fault, but readiness only within 21s: the container restarts before it leaves the Service endpoints',
      'make liveness more patient than readiness: set failureThreshold: 5',
    ]);
  });

  test('returns an info for equal probes if liveness waits longer, else a warning', () => {
    const readinessProbe = http('/livez', { periodSeconds: 5 });
    const patient = findingsOf({ ...enough, livenessProbe: http('/livez'), readinessProbe });
    expect(patient['liveness-same-as-readiness']?.[0]).toBe('info');
    const hasty = findingsOf({ ...enough, livenessProbe: http('/livez', { periodSeconds: 5 }), readinessProbe });
    expect(hasty['liveness-same-as-readiness']).toEqual([
      'warning',
      'livenessProbe',
      'liveness runs the same check as readiness and is not more patient (it acts within 16s of a fault, readiness within 16s). If a dependency fails, every replica restarts instead of leaving the Service endpoints',
      'use a liveness check that depends only on the process, or at least set failureThreshold: 4',
    ]);
  });

  test('compares timeouts of equal probes', () => {
    const livenessProbe = http('/livez', { failureThreshold: 6 });
    const readinessProbe = http('/livez', { timeoutSeconds: 5 });
    expect(findingsOf({ ...enough, livenessProbe, readinessProbe })['liveness-same-as-readiness']?.[3]).toBe(
      'use a liveness check that depends only on the process, or at least set failureThreshold: 6 and timeoutSeconds: 5',
    );
  });

  test('treats probes with another path, port or header as different', () => {
    const other = { httpGet: { path: '/livez', port: 8080, httpHeaders: [{ name: 'X-Deep', value: 'no' }] } };
    expect(codesOf({ ...enough, livenessProbe: http('/livez'), readinessProbe: other })).toEqual([]);
    expect(codesOf({ ...enough, livenessProbe: http('/livez'), readinessProbe: http('/') })).toEqual([]);
  });
});

test('expands variables in a probe if the manifest sets them, but never in a hook', () => {
  const env = [{ name: 'PORT', value: '8080' }];
  const exec = { command: ['ping', '$(PORT)', '$(OTHER)', '$$(PORT)'] };
  expect(codesOf({ env, readinessProbe: { exec } })).toEqual([]);
  expect(findingsOf({ env, lifecycle: { preStop: { exec } } })['variable-not-expanded']).toEqual([
    'error',
    'lifecycle.preStop.exec.command',
    '$(PORT) is not expanded in a hook, so the command receives it as written',
    `expand it in a shell: [sh, -c, '… "$PORT"']`,
  ]);
});

describe('lint of PID 1', () => {
  const code = 'shell-as-pid-1';

  test('warns about a shell whose script has more than one command', () => {
    const command = ['sh', '-c', 'migrate && node server.js'];
    expect(findingsOf({ command }, { terminationGracePeriodSeconds: 60 })[code]).toEqual([
      'warning',
      'command',
      'sh stays PID 1, ignores SIGTERM and does not forward it: every stop takes the whole grace period of 60s and ends with SIGKILL (137)',
      'put `exec` before the long-running program, so that it replaces the shell',
    ]);
  });

  test('warns about sh, which may not replace itself, but not about bash', () => {
    expect(findingsOf({ command: ['sh', '-c', 'node server.js'] })[code]?.slice(2)).toEqual([
      'unless the sh of the image replaces itself, it stays PID 1, ignores SIGTERM and does not forward it: every stop takes the whole grace period of 30s and ends with SIGKILL (137)',
      'put `exec` before the command: "exec node server.js"',
    ]);
    expect(codesOf({ command: ['bash', '-c', 'node server.js'] })).toEqual([]);
  });

  test('warns about a shell that the arguments start', () => {
    expect(findingsOf({ command: ['/bin/bash'], args: ['-c', 'serve | tee log'] })[code]?.[1]).toBe('args');
    expect(findingsOf({ args: ['/bin/sh', '-c', 'touch /tmp/a; sleep 600'] })[code]?.[1]).toBe('args');
  });

  test.each([
    [['sh', '-c', 'migrate; exec node server.js']],
    [['sh', '-c', 'trap "kill $!" TERM; node server.js & wait']],
    [['tini', '--', 'sh', '-c', 'a; b']],
    [['sh', '/entrypoint.sh']],
    [['node', 'server.js']],
  ])('finds nothing in %j', (command) => {
    expect(codesOf({ command })).toEqual([]);
  });

  test('finds nothing in a shell of a container that completes', () => {
    const shell = { command: ['sh', '-c', 'a; b'] };
    expect(codesOf(shell, { restartPolicy: 'Never' })).toEqual([]);
    expect(codesOf({}, { initContainers: [{ name: 'init', image: 'init:1', ...shell }] })).toEqual([]);
  });
});

describe('lint of a Service', () => {
  const pod = (containers: readonly object[]) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', labels: { app: 'web' } },
    spec: { containers },
  });
  const service = (spec: object) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'front' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }], ...spec },
  });
  const web = { name: 'web', image: 'web:1', ports: [{ name: 'http', containerPort: 8080 }] };
  const proxy = { name: 'proxy', image: 'proxy:1', ports: [{ containerPort: 9901 }] };
  const fieldsOf = (...objects: readonly object[]) =>
    lint(objects).findings.map(({ code, field }) => `${code} ${field}`);

  test('requires a readiness probe of the container behind the Service only', () => {
    expect(fieldsOf(pod([proxy, web]), service({}))).toEqual(['no-readiness-behind-service spec.containers[1]']);
    expect(fieldsOf(pod([proxy, { ...web, readinessProbe: { httpGet: { port: 'http' } } }]), service({}))).toEqual([]);
  });

  test('requires no readiness probe of other pods or with publishNotReadyAddresses', () => {
    expect(fieldsOf(pod([web]), service({ selector: { app: 'db' } }))).toEqual([
      'service-selects-nothing spec.selector',
    ]);
    expect(fieldsOf(pod([web]), service({ publishNotReadyAddresses: true }))).toEqual([]);
    expect(fieldsOf(pod([web]), service({ type: 'ExternalName' }))).toEqual([]);
  });

  test('reports a Service that selects no pod, with its position', () => {
    const { findings } = lint([pod([web]), service({ selector: { app: 'webb', tier: 'front' } })]);
    expect(findings).toMatchObject([
      {
        code: 'service-selects-nothing',
        severity: 'error',
        workload: 'Service/front',
        why: 'the Service selects no pod: no workload of the manifest has the labels app=webb,tier=front',
        fix: 'use a selector that matches the labels in the template of a workload',
      },
    ]);
  });

  test('reports a Service whose target port no container names', () => {
    const ports = [
      { port: 80, targetPort: 'http' },
      { port: 81, targetPort: 'htp' },
    ];
    const probed = { ...web, readinessProbe: { httpGet: { port: 'http' } } };
    const { findings } = lint([pod([probed]), service({ ports })]);
    expect(findings).toMatchObject([
      {
        code: 'unknown-target-port',
        severity: 'error',
        workload: 'Service/front',
        field: 'spec.ports[1].targetPort',
        why: 'the Service sends to the port "htp", but no container of the pod has a port with that name. No request reaches the pod through this port',
        fix: 'use the number of the port, or name a port of a container "htp"',
      },
    ]);
  });

  test('accepts a Service whose pods an operator may create', () => {
    const custom = { apiVersion: 'monitoring.coreos.com/v1', kind: 'Prometheus', metadata: { name: 'db' } };
    expect(fieldsOf(pod([web]), custom, service({ selector: { app: 'db' } }))).toEqual([]);
  });
});

test('checks every workload of the input, and names it in its findings', () => {
  const hooked = (name: string) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { containers: [{ name: 'a', image: 'a:1', lifecycle: { preStop: { tcpSocket: { port: 1 } } } }] },
  });
  const { workloads, findings } = lint([hooked('one'), hooked('two')]);
  expect(workloads).toEqual(['Pod/one', 'Pod/two']);
  expect(findings.map(({ workload }) => workload)).toEqual(['Pod/one', 'Pod/two']);
});

test('reports each invalid workload, and still checks the valid ones', () => {
  const { problems, findings } = lint([
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'one' }, spec: {} },
    { apiVersion: 'apps/v1beta1', kind: 'Deployment', metadata: { name: 'two' } },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'three' },
      spec: { containers: [{ name: 'a', image: 'a:1', livenessProbe: { tcpSocket: { port: 'db' } } }] },
    },
  ]);
  expect(problems.map(({ field, detail }) => `${field}: ${detail}`)).toEqual([
    'apiVersion: no matches for kind "Deployment" in version "apps/v1beta1"',
    'spec.containers: ',
  ]);
  expect(findings.map(({ code }) => code)).toEqual(['liveness-without-startup', 'liveness-tcp', 'unknown-port']);
});
