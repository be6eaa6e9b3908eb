import { describe, expect, test } from '@jest/globals';
import { checkFeatureGates, newestVersionWith } from '../../../../src/manifest/featureGates/checkFeatureGates';
import { isGateOn } from '../../../../src/manifest/featureGates/featureGates';
import { loadPod } from '../../../../src/manifest/loadPod';

describe('isGateOn', () => {
  test.each([
    ['1.34', 'ContainerRestartRules', false],
    ['1.35', 'ContainerRestartRules', true],
    ['1.35.3', 'MaxUnavailableStatefulSet', true],
    ['1.35.4', 'MaxUnavailableStatefulSet', false],
    ['1.36.3', 'MaxUnavailableStatefulSet', false],
    ['1.37', 'MaxUnavailableStatefulSet', true],
    ['1.37', 'ContainerStopSignals', false],
  ] as const)('returns in %s for %s: %s', (version, gate, on) => {
    expect(isGateOn(version, {}, gate)).toBe(on);
    expect(isGateOn(version, { [gate]: !on }, gate)).toBe(!on);
  });

  test('applies AllAlpha and AllBeta, and prefers the named gates', () => {
    expect(isGateOn('1.37', { AllAlpha: true }, 'ContainerStopSignals')).toBe(true);
    expect(isGateOn('1.37', { AllAlpha: true, ContainerStopSignals: false }, 'ContainerStopSignals')).toBe(false);
    expect(isGateOn('1.37', { AllBeta: false }, 'ContainerRestartRules')).toBe(false);
    expect(isGateOn('1.37', { AllAlpha: true }, 'MaxUnavailableStatefulSet')).toBe(true);
  });
});

describe('checkFeatureGates', () => {
  test.each<[string, Record<string, boolean>]>([
    ['1.37', { ContainerStopSignals: true }],
    ['1.36', { SidecarContainers: true }],
    ['1.28', { SidecarContainers: false }],
    ['1.37', { AllAlpha: true, AllBeta: false }],
    ['1.37', { CPUManagerPolicyOptions: true }],
  ])('accepts in %s %j', (version, gates) => {
    expect(() => checkFeatureGates(version, gates)).not.toThrow();
  });

  test.each<[string, unknown, string]>([
    [
      '1.37',
      { SidecarContainers: true },
      'SidecarContainers was removed in Kubernetes 1.37, and this is 1.37. Remove it',
    ],
    [
      '1.33',
      { ContainerRestartRules: true },
      'ContainerRestartRules needs Kubernetes 1.34 or later, and this is 1.33. Remove it',
    ],
    ['1.36', { SidecarContainers: false }, 'SidecarContainers is locked to true in Kubernetes 1.36. Remove it'],
    [
      '1.37',
      { ContainerStopSignal: true },
      'unknown feature gate "ContainerStopSignal". Did you mean "ContainerStopSignals"?',
    ],
    ['1.37', { Nonsense: true }, 'unknown feature gate "Nonsense". Remove it'],
    ['1.37', { toString: true }, 'unknown feature gate "toString". Remove it'],
    ['1.37', { EnvFiles: 'yes' }, "featureGates.EnvFiles must be true or false, received 'yes'"],
    ['1.37', ['EnvFiles'], "featureGates must be an object such as { EnvFiles: true }, received [ 'EnvFiles' ]"],
  ])('rejects in %s %j', (version, gates, message) => {
    expect(() => checkFeatureGates(version, gates)).toThrow(message);
  });

  test.each([
    'PodLifecycleSleepAction',
    'PodLifecycleSleepActionAllowZero',
    'SidecarContainers',
    'JobBackoffLimitPerIndex',
    'JobPodReplacementPolicy',
    'JobSuccessPolicy',
    'LogarithmicScaleDown',
  ])('rejects %s since 1.37', (gate) => {
    expect(() => checkFeatureGates('1.36.3', { [gate]: true })).not.toThrow();
    expect(() => checkFeatureGates('1.37', { [gate]: true })).toThrow(`${gate} was removed in Kubernetes 1.37`);
  });

  test('checks the gates when a manifest is loaded', () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: { containers: [{ name: 'web', image: 'a' }] },
    };
    expect(() => loadPod(pod, { featureGates: { SidecarContainers: true } })).toThrow('was removed in Kubernetes 1.37');
  });
});

test('newestVersionWith returns the newest version that starts with these gates', () => {
  expect(newestVersionWith({})).toBe('1.37');
  expect(newestVersionWith({ SidecarContainers: true })).toBe('1.36');
  expect(newestVersionWith({ SidecarContainers: false })).toBe('1.32');
  expect(newestVersionWith({ ExecProbeTimeout: false, ProbeTerminationGracePeriod: false })).toBe('1.27');
  expect(newestVersionWith({ Nonsense: true })).toBeUndefined();
});
