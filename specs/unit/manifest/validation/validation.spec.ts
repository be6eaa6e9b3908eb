import { describe, expect, test } from '@jest/globals';
import { applyDefaults } from '../../../../src/manifest/admission/defaults';
import type { Container, PodSpec } from '../../../../src/manifest/model';
import { validateObjectMeta } from '../../../../src/manifest/validation/metadata';
import { validatePodSpec } from '../../../../src/manifest/validation/podSpec';
import { FieldPath } from '../../../../src/manifest/values/fieldPath';
import type { Unchecked } from '../../../../src/manifest/values/uncheckedManifest';
import { errorTexts } from './errorTexts';

const errorsOf = (spec: Unchecked<PodSpec>) =>
  errorTexts(validatePodSpec(applyDefaults({ spec }).spec, FieldPath.of('spec')));

const web = { name: 'web', image: 'web:1' };
const errorsIn = (container: Unchecked<Container>) => errorsOf({ containers: [{ ...web, ...container }] });

describe('validatePodSpec of a probe', () => {
  test('rejects a grace period of a readiness probe, and accepts several successes', () => {
    const readinessProbe = { tcpSocket: { port: 80 }, successThreshold: 3, terminationGracePeriodSeconds: 5 };
    expect(errorsIn({ readinessProbe })).toEqual([
      'spec.containers[0].readinessProbe.terminationGracePeriodSeconds: Invalid value: 5: must not be set for readinessProbes',
    ]);
  });
});

describe('validatePodSpec of a container', () => {
  test('requires valid names of the container, its ports and its variables', () => {
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

  test('rejects a request above its limit', () => {
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

  test('requires mounts of existing volumes at different paths', () => {
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

test('validateObjectMeta requires a name and valid labels', () => {
  const metadata = { namespace: 'Shop', labels: { 'a b': 'c d' }, annotations: { 'Example.com/Note': 'anything' } };
  expect(validateObjectMeta(metadata, FieldPath.of('metadata')).map(({ type, path }) => `${path}: ${type}`)).toEqual([
    'metadata.name: Required',
    'metadata.namespace: Invalid',
    'metadata.labels: Invalid',
    'metadata.labels[a b]: Invalid',
  ]);
});
