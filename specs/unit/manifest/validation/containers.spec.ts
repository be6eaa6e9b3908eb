import { describe, expect, test } from '@jest/globals';
import { applyDefaults } from '../../../../src/manifest/admission/defaults';
import type { Container, PodSpec } from '../../../../src/manifest/model';
import {
  validateContainers,
  validateEphemeralContainers,
  validateInitContainers,
} from '../../../../src/manifest/validation/containers';
import { NEWEST } from '../../../../src/manifest/values/apiServer';
import { FieldPath } from '../../../../src/manifest/values/fieldPath';
import type { Unchecked } from '../../../../src/manifest/values/uncheckedManifest';
import { errorTexts } from './errorTexts';

const at = (kubernetesVersion: string) => ({ ...NEWEST, kubernetesVersion });
const withDefaults = (spec: Unchecked<PodSpec>) => applyDefaults({ spec }).spec;
const web = { name: 'web', image: 'web:1' };
const LATE = { preStop: { sleep: { seconds: 31 } } };

describe('validateContainers', () => {
  const errorsOf = (containers: Unchecked<Container>[], volumes?: ReadonlySet<string>) =>
    errorTexts(
      validateContainers(
        withDefaults({ containers }).containers,
        { gracePeriod: 30, volumes },
        FieldPath.of('containers'),
      ),
    );

  test('requires a container', () => {
    expect(errorsOf([])).toEqual(['containers: Required value']);
  });

  test('rejects a name that an earlier container uses', () => {
    expect(errorsOf([web, { ...web, name: 'proxy' }, web])).toEqual(['containers[2].name: Duplicate value: "web"']);
  });

  test('checks hooks and probes against the grace period of the pod', () => {
    const livenessProbe = { exec: { command: [] } };
    expect(errorsOf([web, { ...web, name: 'proxy', lifecycle: LATE, livenessProbe }])).toEqual([
      'containers[1].lifecycle.preStop.sleep: Invalid value: 31: must be non-negative and less than terminationGracePeriodSeconds (30)',
      'containers[1].livenessProbe.exec.command: Required value',
    ]);
  });

  test('checks mounts against the volumes of the pod if they are known', () => {
    const containers = [{ ...web, volumeMounts: [{ name: 'data', mountPath: '/data' }] }];
    expect(errorsOf(containers)).toEqual([]);
    expect(errorsOf(containers, new Set(['data']))).toEqual([]);
    expect(errorsOf(containers, new Set())).toEqual(['containers[0].volumeMounts[0].name: Not found: "data"']);
  });
});

describe('validateInitContainers', () => {
  function errorsOf(initContainers: Unchecked<Container>[], server = NEWEST): string[] {
    const spec = withDefaults({ initContainers, containers: [web] });
    const path = FieldPath.of('initContainers');
    return errorTexts(validateInitContainers(spec.initContainers, spec.containers, { gracePeriod: 30 }, path, server));
  }
  const init = { name: 'init', image: 'init:1' };

  test('rejects hooks and probes of a plain init container', () => {
    expect(errorsOf([{ ...init, lifecycle: {}, livenessProbe: {} }])).toEqual([
      'initContainers[0].lifecycle: Forbidden: may not be set for init containers without restartPolicy=Always',
      'initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always',
    ]);
  });

  test('mentions no sidecars before 1.28', () => {
    expect(errorsOf([{ ...init, startupProbe: {} }], at('1.27'))).toEqual([
      'initContainers[0].startupProbe: Forbidden: may not be set for init containers',
    ]);
  });

  test('checks hooks and probes of a sidecar', () => {
    const readinessProbe = { tcpSocket: { port: 0 } };
    expect(errorsOf([{ ...init, restartPolicy: 'Always', lifecycle: LATE, readinessProbe }])).toEqual([
      'initContainers[0].lifecycle.preStop.sleep: Invalid value: 31: must be non-negative and less than terminationGracePeriodSeconds (30)',
      'initContainers[0].readinessProbe.tcpSocket.port: Invalid value: 0: must be between 1 and 65535, inclusive',
    ]);
  });

  test('rejects the name of a container, and of an earlier init container', () => {
    expect(errorsOf([{ ...init, name: 'web' }, init, init])).toEqual([
      'initContainers[0].name: Duplicate value: "web"',
      'initContainers[2].name: Duplicate value: "init"',
    ]);
  });
});

describe('validateEphemeralContainers', () => {
  const debug = {
    name: 'debug',
    image: 'busybox:1.36',
    imagePullPolicy: 'IfNotPresent',
    terminationMessagePolicy: 'File',
  };
  const errorsOf = (container: Unchecked<Container>) =>
    errorTexts(
      validateEphemeralContainers([{ ...debug, ...container }], [web], {}, FieldPath.of('ephemeralContainers')),
    );

  test('accepts a debug container', () => {
    expect(errorsOf({})).toEqual([]);
  });

  test.each<[keyof Container, Unchecked<Container>]>([
    ['ports', { ports: [{ containerPort: 80, protocol: 'TCP' }] }],
    ['resources', { resources: {} }],
    ['livenessProbe', { livenessProbe: {} }],
    ['readinessProbe', { readinessProbe: {} }],
    ['startupProbe', { startupProbe: {} }],
    ['lifecycle', { lifecycle: {} }],
    ['restartPolicy', { restartPolicy: 'Always' }],
    ['restartPolicyRules', { restartPolicyRules: [] }],
  ])('rejects %s', (field, container) => {
    expect(errorsOf(container)).toEqual([
      `ephemeralContainers[0].${field}: Forbidden: cannot be set for an Ephemeral Container`,
    ]);
  });

  test('rejects the name of another container', () => {
    expect(errorsOf({ name: 'web' })).toEqual(['ephemeralContainers[0].name: Duplicate value: "web"']);
  });
});
