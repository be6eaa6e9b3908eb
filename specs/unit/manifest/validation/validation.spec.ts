import { describe, expect, test } from '@jest/globals';
import { applyDefaults } from '../../../../src/manifest/admission/defaults';
import type { Container, PodSpec } from '../../../../src/manifest/model';
import { validateObjectMeta } from '../../../../src/manifest/validation/metadata';
import { validatePodSpec } from '../../../../src/manifest/validation/podSpec';
import { NEWEST } from '../../../../src/manifest/values/apiServer';
import { bodyOf } from '../../../../src/manifest/values/fieldError';
import { FieldPath } from '../../../../src/manifest/values/fieldPath';
import type { Unchecked } from '../../../../src/manifest/values/uncheckedManifest';

const at = (kubernetesVersion: string) => ({ ...NEWEST, kubernetesVersion });

function errorsOf(spec: Unchecked<PodSpec>, server = NEWEST): string[] {
  const errors = validatePodSpec(applyDefaults({ spec }).spec, FieldPath.of('spec'), server);
  return errors.map((error) => `${error.path}: ${bodyOf(error)}`);
}

const web = { name: 'web', image: 'web:1' };
const errorsIn = (container: Unchecked<Container>, server = NEWEST) =>
  errorsOf({ containers: [{ ...web, ...container }] }, server);
const errorsInInit = (container: Unchecked<Container>, server = NEWEST) =>
  errorsOf({ initContainers: [{ ...web, name: 'init', ...container }], containers: [web] }, server);

describe('a probe', () => {
  test('does one thing, and the first is looked into', () => {
    expect(errorsIn({ livenessProbe: { exec: { command: [] }, httpGet: { port: 0 }, grpc: { port: 0 } } })).toEqual([
      'spec.containers[0].livenessProbe.exec.command: Required value',
      'spec.containers[0].livenessProbe.httpGet: Forbidden: may not specify more than 1 handler type',
      'spec.containers[0].livenessProbe.grpc: Forbidden: may not specify more than 1 handler type',
    ]);
    expect(errorsIn({ readinessProbe: {} })).toEqual([
      'spec.containers[0].readinessProbe: Required value: must specify a handler type',
    ]);
  });

  test.each([
    [0, 'Invalid value: 0: must be between 1 and 65535, inclusive'],
    [65536, 'Invalid value: 65536: must be between 1 and 65535, inclusive'],
    ['a-port-of-16-chr', 'Invalid value: "a-port-of-16-chr": must be no more than 15 characters'],
    ['HTTP', 'Invalid value: "HTTP": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)'],
    ['8080', 'Invalid value: "8080": must contain at least one letter (a-z)'],
    ['a--b', 'Invalid value: "a--b": must not contain consecutive hyphens'],
    ['-ab', 'Invalid value: "-ab": must not begin or end with a hyphen'],
  ])('does not ask port %s', (port, body) => {
    expect(errorsIn({ livenessProbe: { tcpSocket: { port } } })).toContain(
      `spec.containers[0].livenessProbe.tcpSocket.port: ${body}`,
    );
  });

  test('speaks HTTP or HTTPS, with headers that are ones', () => {
    const httpGet = { port: 80, scheme: 'https', httpHeaders: [{ name: 'X_Real_IP', value: '' }] };
    expect(errorsIn({ startupProbe: { httpGet } })).toEqual([
      'spec.containers[0].startupProbe.httpGet.scheme: Unsupported value: "https": supported values: "HTTP", "HTTPS"',
      `spec.containers[0].startupProbe.httpGet.httpHeaders: Invalid value: "X_Real_IP": a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')`,
    ]);
  });

  test('of readiness has no grace period, and may want several successes', () => {
    const readinessProbe = { tcpSocket: { port: 80 }, successThreshold: 3, terminationGracePeriodSeconds: 5 };
    expect(errorsIn({ readinessProbe })).toEqual([
      'spec.containers[0].readinessProbe.terminationGracePeriodSeconds: Invalid value: 5: must not be set for readinessProbes',
    ]);
  });
});

describe('a sleeping hook', () => {
  const sleep = (seconds: number) => ({ lifecycle: { preStop: { sleep: { seconds } } } });

  test.each([
    ['1.36', 31, 'must be non-negative and less than terminationGracePeriodSeconds (30)'],
    ['1.36', -1, 'must be non-negative and less than terminationGracePeriodSeconds (30)'],
    [
      '1.32',
      0,
      'must be greater than 0 and less than terminationGracePeriodSeconds (30). Enable AllowPodLifecycleSleepActionZeroValue feature gate for zero sleep.',
    ],
    ['1.31', 0, 'must be greater than 0 and less than terminationGracePeriodSeconds (30)'],
  ])('in %s is not one of %s s', (version, seconds, detail) => {
    expect(errorsIn(sleep(seconds), at(version))).toEqual([
      `spec.containers[0].lifecycle.preStop.sleep: Invalid value: ${seconds}: ${detail}`,
    ]);
  });

  test('may last as long as the grace period, and from 1.33 on no time at all', () => {
    expect(errorsIn(sleep(30))).toEqual([]);
    expect(errorsIn(sleep(0), at('1.33'))).toEqual([]);
  });
});

describe('the restart policy of a container', () => {
  test('is its own from 1.35 on', () => {
    expect(errorsIn({ restartPolicy: 'Never' })).toEqual([]);
    expect(errorsInInit({ restartPolicy: 'OnFailure' })).toEqual([]);
    expect(errorsIn({ restartPolicy: 'Sometimes' })).toEqual([
      'spec.containers[0].restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "Never", "OnFailure"',
    ]);
  });

  test('makes a sidecar before, and nothing else', () => {
    expect(errorsIn({ restartPolicy: 'Never' }, at('1.34'))).toEqual([
      'spec.containers[0].restartPolicy: Forbidden: may not be set for non-init containers',
    ]);
    expect(errorsInInit({ restartPolicy: 'OnFailure' }, at('1.34'))).toEqual([
      'spec.initContainers[0].restartPolicy: Unsupported value: "OnFailure": supported values: "Always"',
    ]);
  });

  test('may have rules, each for exit codes', () => {
    const exitCodes = { operator: 'Is', values: Array.from({ length: 256 }, () => 1) };
    expect(errorsIn({ restartPolicyRules: [{ action: 'Stop' }, { action: 'Restart', exitCodes }] })).toEqual([
      'spec.containers[0].restartPolicy: Required value: must specify restartPolicy when restart rules are used',
      'spec.containers[0].restartPolicyRules[0].action: Unsupported value: "Stop": supported values: "Restart"',
      'spec.containers[0].restartPolicyRules[0].exitCodes: Required value: must be specified',
      'spec.containers[0].restartPolicyRules[1].exitCodes.operator: Unsupported value: "Is": supported values: "In", "NotIn"',
      'spec.containers[0].restartPolicyRules[1].exitCodes.values: Too many: 256: must have at most 255 items',
    ]);
  });

  test('has no rules for a sidecar before 1.36, and never more than twenty', () => {
    const rule = { action: 'Restart', exitCodes: { operator: 'In', values: [42] } };
    const container = { restartPolicy: 'Always', restartPolicyRules: Array.from({ length: 21 }, () => rule) };
    expect(errorsInInit(container, at('1.35'))).toEqual([
      'spec.initContainers[0].restartPolicyRules: Forbidden: restartPolicyRules are not allowed for init containers with restart policy Always',
    ]);
    expect(errorsInInit(container)).toEqual([
      'spec.initContainers[0].restartPolicyRules: Too many: 21: must have at most 20 items',
    ]);
    expect(errorsInInit({ ...container, restartPolicyRules: [rule] })).toEqual([]);
  });
});

describe('an init container', () => {
  test('that is no sidecar has no hooks and no probes', () => {
    expect(errorsInInit({ lifecycle: {}, livenessProbe: {} })).toEqual([
      'spec.initContainers[0].lifecycle: Forbidden: may not be set for init containers without restartPolicy=Always',
      'spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always',
    ]);
    expect(errorsInInit({ startupProbe: {} }, at('1.27'))).toEqual([
      'spec.initContainers[0].startupProbe: Forbidden: may not be set for init containers',
    ]);
  });

  test('shares its name with no other container', () => {
    expect(errorsInInit({ name: 'web' })).toEqual(['spec.initContainers[0].name: Duplicate value: "web"']);
  });
});

describe('a container', () => {
  test('has a name that is a label, ports and variables that are ones', () => {
    const env = [
      { name: '' },
      { name: 'A=B', value: '1' },
      { name: 'OK', value: '1', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    ];
    const ports = [
      { name: 'http', containerPort: 0 },
      { name: 'http', containerPort: 80, protocol: 'HTTP' },
    ];
    expect(errorsIn({ name: 'web.1', env, ports })).toEqual([
      'spec.containers[0].name: Invalid value: "web.1": must not contain dots',
      'spec.containers[0].ports[0].containerPort: Required value',
      'spec.containers[0].ports[1].protocol: Unsupported value: "HTTP": supported values: "SCTP", "TCP", "UDP"',
      'spec.containers[0].ports[1].name: Duplicate value: "http"',
      'spec.containers[0].env[0].name: Required value',
      `spec.containers[0].env[1].name: Invalid value: "A=B": a valid environment variable name must consist only of printable ASCII characters other than '='`,
      'spec.containers[0].env[2].valueFrom: Invalid value: "": may not be specified when `value` is not empty',
    ]);
  });

  test('named its variables more strictly before 1.32', () => {
    expect(errorsIn({ env: [{ name: '1ST', value: '' }] })).toEqual([]);
    expect(errorsIn({ env: [{ name: '1ST', value: '' }] }, at('1.31'))).toEqual([
      `spec.containers[0].env[0].name: Invalid value: "1ST": a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')`,
    ]);
  });

  test('requests no more than its limit', () => {
    const resources = {
      requests: { cpu: '2', 'hugepages-2Mi': '2Mi' },
      limits: { cpu: '1500m', 'hugepages-2Mi': '4Mi', gpu: '-1' },
    };
    expect(errorsIn({ resources })).toEqual([
      'spec.containers[0].resources.limits[gpu]: Invalid value: "gpu": must be a standard resource for containers',
      'spec.containers[0].resources.limits[gpu]: Invalid value: "-1": must be greater than or equal to 0',
      'spec.containers[0].resources.requests[gpu]: Invalid value: "gpu": must be a standard resource for containers',
      'spec.containers[0].resources.requests[gpu]: Invalid value: "-1": must be greater than or equal to 0',
      'spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1500m',
      'spec.containers[0].resources.requests: Invalid value: "2Mi": must be equal to hugepages-2Mi limit of 4Mi',
    ]);
  });

  test('mounts volumes of its pod, each in a place of its own', () => {
    const volumeMounts = [{ name: 'data', mountPath: '/data' }, { name: 'cache', mountPath: '/data' }, {}];
    expect(errorsOf({ volumes: [{ name: 'data' }, { name: 'data' }], containers: [{ ...web, volumeMounts }] })).toEqual(
      [
        'spec.volumes[1].name: Duplicate value: "data"',
        'spec.containers[0].volumeMounts[1].name: Not found: "cache"',
        'spec.containers[0].volumeMounts[1].mountPath: Invalid value: "/data": must be unique',
        'spec.containers[0].volumeMounts[2].name: Required value',
        'spec.containers[0].volumeMounts[2].mountPath: Required value',
      ],
    );
  });
});

test('a pod has containers, a deadline of some time, and gates with qualified names', () => {
  expect(
    errorsOf({ restartPolicy: 'Maybe', activeDeadlineSeconds: 0, readinessGates: [{ conditionType: '/x' }] }),
  ).toEqual([
    'spec.containers: Required value',
    'spec.restartPolicy: Unsupported value: "Maybe": supported values: "Always", "OnFailure", "Never"',
    'spec.readinessGates[0].conditionType: Invalid value: "/x": prefix part must be non-empty',
    'spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive',
  ]);
});

test('a pod on the network of its node opens each port once', () => {
  const ports = [{ containerPort: 80 }, { containerPort: 81, hostPort: 80 }];
  expect(errorsOf({ hostNetwork: true, containers: [{ ...web, ports }] })).toEqual([
    'spec.containers[0].ports[1].hostPort: Duplicate value: "TCP//80"',
    'spec.containers[0].ports[1].hostPort: Invalid value: 80: must match `containerPort` when `hostNetwork` is true',
  ]);
});

test('metadata has a name, and labels that are ones', () => {
  const metadata = { namespace: 'Shop', labels: { 'a b': 'c d' }, annotations: { 'Example.com/Note': 'anything' } };
  expect(validateObjectMeta(metadata, FieldPath.of('metadata')).map(({ type, path }) => `${path}: ${type}`)).toEqual([
    'metadata.name: Required',
    'metadata.namespace: Invalid',
    'metadata.labels: Invalid',
    'metadata.labels[a b]: Invalid',
  ]);
});

test('names shareProcessNamespace where the version has it, beside hostPID', () => {
  const spec = { hostPID: true, shareProcessNamespace: true, containers: [{ name: 'web', image: 'web:1' }] };
  const fields = (version: string) => validatePodSpec(applyDefaults({ spec }).spec, FieldPath.of('spec'), at(version));
  expect(fields('1.36').map(({ path }) => String(path))).toEqual(['spec.securityContext.shareProcessNamespace']);
  expect(fields('1.37').map(({ path }) => String(path))).toEqual(['spec.shareProcessNamespace']);
});
