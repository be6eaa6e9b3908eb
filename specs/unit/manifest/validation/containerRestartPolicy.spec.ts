import { describe, expect, test } from '@jest/globals';
import type { Container } from '../../../../src/manifest/model';
import {
  validateContainerRestartPolicy,
  validateInitContainerRestartPolicy,
} from '../../../../src/manifest/validation/containerRestartPolicy';
import { NEWEST } from '../../../../src/manifest/values/apiServer';
import { FieldPath } from '../../../../src/manifest/values/fieldPath';
import type { Unchecked } from '../../../../src/manifest/values/uncheckedManifest';
import { errorTexts } from './errorTexts';

const at = (kubernetesVersion: string) => ({ ...NEWEST, kubernetesVersion });
const rule = (action: string, ...values: number[]) => ({ action, exitCodes: { operator: 'In', values } });
const RESTART = rule('Restart', 42);

describe('validateContainerRestartPolicy', () => {
  const errorsOf = (container: Unchecked<Container>, server = NEWEST) =>
    errorTexts(validateContainerRestartPolicy(container, FieldPath.of('web'), server));

  test.each(['Always', 'Never', 'OnFailure'])('accepts %s since 1.35', (restartPolicy) => {
    expect(errorsOf({ restartPolicy }, at('1.35'))).toEqual([]);
    expect(errorsOf({ restartPolicy }, at('1.34'))).toEqual([
      'web.restartPolicy: Forbidden: may not be set for non-init containers',
    ]);
  });

  test('accepts a policy in 1.34 while ContainerRestartRules is on', () => {
    const server = { kubernetesVersion: '1.34', featureGates: { ContainerRestartRules: true } };
    expect(errorsOf({ restartPolicy: 'Never', restartPolicyRules: [RESTART] }, server)).toEqual([]);
  });

  test('rejects an unknown policy', () => {
    expect(errorsOf({ restartPolicy: 'Sometimes' })).toEqual([
      'web.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "Never", "OnFailure"',
    ]);
  });

  test('requires a policy with rules, and exit codes in each rule', () => {
    const exitCodes = { operator: 'Is', values: Array.from({ length: 256 }, () => 1) };
    expect(errorsOf({ restartPolicyRules: [{ action: 'Stop' }, { action: 'Restart', exitCodes }] })).toEqual([
      'web.restartPolicy: Required value: must specify restartPolicy when restart rules are used',
      'web.restartPolicyRules[0].action: Unsupported value: "Stop": supported values: "Restart"',
      'web.restartPolicyRules[0].exitCodes: Required value: must be specified',
      'web.restartPolicyRules[1].exitCodes.operator: Unsupported value: "Is": supported values: "In", "NotIn"',
      'web.restartPolicyRules[1].exitCodes.values: Too many: 256: must have at most 255 items',
    ]);
  });

  test('accepts twenty rules with 255 exit codes each', () => {
    const most = rule('Restart', ...Array.from({ length: 255 }, (_, code) => code + 1));
    const rules = Array.from({ length: 20 }, () => most);
    expect(errorsOf({ restartPolicy: 'Never', restartPolicyRules: rules })).toEqual([]);
    expect(errorsOf({ restartPolicy: 'Never', restartPolicyRules: [...rules, most] })).toEqual([
      'web.restartPolicyRules: Too many: 21: must have at most 20 items',
    ]);
  });

  test('accepts RestartAllContainers since 1.36', () => {
    const container = { restartPolicy: 'Never', restartPolicyRules: [rule('RestartAllContainers', 42)] };
    expect(errorsOf(container, at('1.36'))).toEqual([]);
    expect(errorsOf(container, at('1.35'))).toEqual([
      'web.restartPolicyRules[0].action: Unsupported value: "RestartAllContainers": supported values: "Restart"',
    ]);
  });
});

describe('validateInitContainerRestartPolicy', () => {
  const errorsOf = (container: Unchecked<Container>, server = NEWEST) =>
    errorTexts(validateInitContainerRestartPolicy(container, FieldPath.of('init'), server));

  test('accepts only Always before 1.35', () => {
    expect(errorsOf({ restartPolicy: 'Always' }, at('1.34'))).toEqual([]);
    expect(errorsOf({ restartPolicy: 'OnFailure' }, at('1.34'))).toEqual([
      'init.restartPolicy: Unsupported value: "OnFailure": supported values: "Always"',
    ]);
    expect(errorsOf({ restartPolicy: 'OnFailure' }, at('1.35'))).toEqual([]);
  });

  test('requires a policy with rules', () => {
    expect(errorsOf({})).toEqual([]);
    expect(errorsOf({ restartPolicyRules: [RESTART] })).toEqual([
      'init.restartPolicy: Required value: must specify restartPolicy when restart rules are used',
    ]);
  });

  test('rejects rules of a sidecar before 1.36', () => {
    const sidecar = { restartPolicy: 'Always', restartPolicyRules: [RESTART] };
    expect(errorsOf(sidecar, at('1.35'))).toEqual([
      'init.restartPolicyRules: Forbidden: restartPolicyRules are not allowed for init containers with restart policy Always',
    ]);
    expect(errorsOf(sidecar, at('1.36'))).toEqual([]);
  });

  test('accepts rules of a plain init container in 1.35', () => {
    expect(errorsOf({ restartPolicy: 'Never', restartPolicyRules: [RESTART] }, at('1.35'))).toEqual([]);
  });
});
