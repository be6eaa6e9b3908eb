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
    findings.map(({ code, severity, field, why, right }) => [
      code,
      [severity, field.replace('spec.containers[0].', ''), why, right],
    ]),
  );
}

const codesOf = (container: object, spec: object = {}) => Object.keys(findingsOf(container, spec));

test('reports a preStop sleep beyond the grace period, which leaves 2s to the app', () => {
  const lifecycle = { preStop: { exec: { command: ['sleep', '45'] } } };
  expect(findingsOf({ lifecycle })['prestop-exceeds-grace']).toEqual([
    'error',
    'lifecycle.preStop.exec.command',
    'preStop sleeps 45s, which uses up the whole grace of 30s: SIGTERM comes after 30s, and SIGKILL 2s later',
    'a terminationGracePeriodSeconds of 75 (45s of sleep and 30s to stop), or a sleep well under 30s',
  ]);
  expect(codesOf({ lifecycle }, { terminationGracePeriodSeconds: 60 })).toEqual([]);
});

test('reports that a preStop hook is skipped if the grace period is 0', () => {
  const lifecycle = { preStop: { exec: { command: ['drain'] } } };
  expect(findingsOf({ lifecycle }, { terminationGracePeriodSeconds: 0 })['prestop-exceeds-grace']?.[2]).toBe(
    'terminationGracePeriodSeconds is 0, and without a grace the kubelet skips preStop',
  );
});

test('measures the start that liveness allows from its earliest first attempt', () => {
  const livenessProbe = http('/livez', { initialDelaySeconds: 5, periodSeconds: 4 });
  expect(findingsOf({ livenessProbe })['liveness-without-startup']).toEqual([
    'warning',
    'livenessProbe',
    'no startupProbe holds it back, so a start that takes longer than 13s (initialDelaySeconds 5 + (failureThreshold 3 − 1) × periodSeconds 4) can end in a restart, again and again',
    'a startupProbe with the same check, periodSeconds: 4 and failureThreshold: 76, which gives the start 300s',
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
      'liveness gives up within 16s of a fault and readiness only within 21s: the container is restarted before it is out of traffic',
      'a liveness that is more patient than readiness: failureThreshold: 5',
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
      'it asks what readiness asks and is no more patient (16s from a fault against 16s): when a dependency fails, every replica is restarted instead of taken out of traffic',
      'a liveness check that depends on the process alone, or at least failureThreshold: 4',
    ]);
  });

  test('compares timeouts of equal probes', () => {
    const livenessProbe = http('/livez', { failureThreshold: 6 });
    const readinessProbe = http('/livez', { timeoutSeconds: 5 });
    expect(findingsOf({ ...enough, livenessProbe, readinessProbe })['liveness-same-as-readiness']?.[3]).toBe(
      'a liveness check that depends on the process alone, or at least failureThreshold: 6 and timeoutSeconds: 5',
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
    '$(PORT) is not expanded in a hook, and reaches the command as it is written',
    `a shell that expands it: [sh, -c, '… "$PORT"']`,
  ]);
});

describe('lint of PID 1', () => {
  const code = 'shell-as-pid-1';

  test('warns about a shell whose script has more than one command', () => {
    const command = ['sh', '-c', 'migrate && node server.js'];
    expect(findingsOf({ command }, { terminationGracePeriodSeconds: 60 })[code]).toEqual([
      'warning',
      'command',
      'sh stays PID 1, which neither heeds SIGTERM nor passes it on: every stop takes the whole grace of 60s and ends in SIGKILL (137)',
      '`exec` before the program that is to stay, so that it takes the place of the shell',
    ]);
  });

  test('warns about sh, which may not replace itself, but not about bash', () => {
    expect(findingsOf({ command: ['sh', '-c', 'node server.js'] })[code]?.slice(2)).toEqual([
      "unless the image's sh happens to replace itself, it stays PID 1, which neither heeds SIGTERM nor passes it on: every stop takes the whole grace of 30s and ends in SIGKILL (137)",
      '`exec` before the command: "exec node server.js"',
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
        why: 'it selects no pod: no workload of the manifest has the labels app=webb,tier=front',
        right: 'a selector that matches the labels in the template of a workload',
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
        why: 'it sends to the port "htp", and no container of the pod names a port so. No request reaches the pod through this port',
        right: 'the number of the port, or a port of a container that is named "htp"',
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
