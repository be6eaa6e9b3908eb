import { expect, test } from '@jest/globals';
import { applyDefaults } from '../../../../src/manifest/admission/defaults';
import type { PodSpec } from '../../../../src/manifest/model';
import { validatePodSpec } from '../../../../src/manifest/validation/podSpec';
import { NEWEST } from '../../../../src/manifest/values/apiServer';
import { FieldPath } from '../../../../src/manifest/values/fieldPath';
import type { Unchecked } from '../../../../src/manifest/values/uncheckedManifest';
import { errorTexts } from './errorTexts';

const errorsOf = (spec: Unchecked<PodSpec>) =>
  errorTexts(validatePodSpec(applyDefaults({ spec }).spec, FieldPath.of('spec')));
const web = { name: 'web', image: 'web:1' };

test('turns a volume without a source into an emptyDir', () => {
  expect(applyDefaults({ spec: { volumes: [{ name: 'cache' }] } }).spec.volumes).toEqual([
    { name: 'cache', emptyDir: {} },
  ]);
});

test('rejects a mount path outside its volume', () => {
  const mounts = [
    { name: 'v', mountPath: '/a', subPath: '../etc' },
    { name: 'v', mountPath: '/b', subPath: 'b', subPathExpr: '$(POD)' },
  ];
  expect(errorsOf({ containers: [{ ...web, volumeMounts: mounts }], volumes: [{ name: 'v' }] })).toEqual([
    `spec.containers[0].volumeMounts[0].subPath: Invalid value: "../etc": must not contain '..'`,
    'spec.containers[0].volumeMounts[1].subPathExpr: Invalid value: "$(POD)": subPathExpr and subPath are mutually exclusive',
  ]);
});

test('requires containers, a positive deadline and qualified readiness gates', () => {
  expect(
    errorsOf({ restartPolicy: 'Maybe', activeDeadlineSeconds: 0, readinessGates: [{ conditionType: '/x' }] }),
  ).toEqual([
    'spec.containers: Required value',
    'spec.restartPolicy: Unsupported value: "Maybe": supported values: "Always", "OnFailure", "Never"',
    'spec.readinessGates[0].conditionType: Invalid value: "/x": prefix part must be non-empty',
    'spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive',
  ]);
});

test('rejects a host port that is used twice with hostNetwork', () => {
  const ports = [{ containerPort: 80 }, { containerPort: 81, hostPort: 80 }];
  expect(errorsOf({ hostNetwork: true, containers: [{ ...web, ports }] })).toEqual([
    'spec.containers[0].ports[1].hostPort: Duplicate value: "TCP//80"',
    'spec.containers[0].ports[1].hostPort: Invalid value: 80: must match `containerPort` when `hostNetwork` is true',
  ]);
});

test('reports shareProcessNamespace beside hostPID if the version has the field', () => {
  const spec = { hostPID: true, shareProcessNamespace: true, containers: [{ name: 'web', image: 'web:1' }] };
  const fields = (kubernetesVersion: string) =>
    validatePodSpec(applyDefaults({ spec }).spec, FieldPath.of('spec'), { ...NEWEST, kubernetesVersion });
  expect(fields('1.36').map(({ path }) => String(path))).toEqual(['spec.securityContext.shareProcessNamespace']);
  expect(fields('1.37').map(({ path }) => String(path))).toEqual(['spec.shareProcessNamespace']);
});
