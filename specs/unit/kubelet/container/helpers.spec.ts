import { describe, expect, test } from '@jest/globals';
import { behaviorOf } from '../../../../src/kubelet';
import {
  containerShouldRestart,
  containersOfNewSandbox,
  effectivePolicy,
  restartsAllContainers,
  shouldContainerBeRestarted,
} from '../../../../src/kubelet/container/helpers';
import type { Instance } from '../../../../src/kubelet/state/runtimeState';
import type { Container, RestartPolicy } from '../../../../src/manifest/model';
import { DELETION, exited, instance, named, podOf, runtimeOf, sidecar } from '../pods';

type Written = Parameters<typeof named>[1];

const NEWEST = behaviorOf('1.36');
const POLICIES: readonly RestartPolicy[] = ['Always', 'OnFailure', 'Never'];

function containerWith(more: Written): Container {
  return podOf({ containers: [named('app', more)] }).spec.containers[0] as Container;
}

/** Source: container/helpers.go `ShouldContainerBeRestarted`. */
describe('shouldContainerBeRestarted', () => {
  const restarts = (instances: readonly Instance[], restartPolicy: RestartPolicy = 'Never', more = {}) => {
    const pod = podOf({ restartPolicy, containers: [named('app')] }, more);
    return shouldContainerBeRestarted(pod.spec.containers[0] as Container, pod, runtimeOf(...instances), NEWEST);
  };

  test('returns true without an instance, and false for a running container', () => {
    expect(restarts([])).toBe(true);
    expect(restarts([instance('app', 'running')], 'Always')).toBe(false);
  });

  test('returns true under every policy if the start failed before the process ran', () => {
    expect(restarts([instance('app', 'created')])).toBe(true);
    expect(restarts([instance('app', 'unknown')])).toBe(true);
  });

  test('uses the exit of the newest instance only', () => {
    expect(restarts([exited('app', 0), exited('app', 1)], 'OnFailure')).toBe(false);
    expect(restarts([exited('app', 1), exited('app', 0)], 'OnFailure')).toBe(true);
  });

  test('returns false in a pod that is being deleted', () => {
    expect(restarts([], 'Always', { deletion: DELETION })).toBe(false);
  });
});

/** Source: api/v1/pod/util.go `ContainerShouldRestart`. */
describe('containerShouldRestart', () => {
  test('uses the policy of the pod', () => {
    const restartsAfter = (exitCode: number) =>
      POLICIES.map((policy) => containerShouldRestart(containerWith({}), policy, exitCode, NEWEST));
    expect(restartsAfter(0)).toEqual([true, false, false]);
    expect(restartsAfter(1)).toEqual([true, true, false]);
  });

  test('prefers the first rule that matches the exit code to the policy', () => {
    const rules = [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }] as const;
    const container = containerWith({ restartPolicy: 'Never', restartPolicyRules: [...rules] } as Written);
    expect(containerShouldRestart(container, 'Always', 42, NEWEST)).toBe(true);
    expect(containerShouldRestart(container, 'Always', 1, NEWEST)).toBe(false);
  });

  test('matches with NotIn every exit code that the rule does not list', () => {
    const rules = [{ action: 'Restart', exitCodes: { operator: 'NotIn', values: [42] } }] as const;
    const container = containerWith({ restartPolicy: 'Never', restartPolicyRules: [...rules] } as Written);
    expect(containerShouldRestart(container, 'Always', 1, NEWEST)).toBe(true);
    expect(containerShouldRestart(container, 'Always', 42, NEWEST)).toBe(false);
  });
});

describe('effectivePolicy', () => {
  test('uses the policy of a container only if the version has restart rules', () => {
    const container = containerWith({ restartPolicy: 'Never' } as Written);
    expect(effectivePolicy(container, 'Always', { ...NEWEST, restartRules: true })).toBe('Never');
    expect(effectivePolicy(container, 'Always', { ...NEWEST, restartRules: false })).toBe('Always');
  });

  test('uses the policy of a sidecar in every version', () => {
    const { spec } = podOf({ initContainers: [sidecar('proxy')], containers: [named('app')] });
    const proxy = spec.initContainers[0] as Container;
    expect(effectivePolicy(proxy, 'Never', { ...NEWEST, restartRules: false })).toBe('Always');
  });
});

/** Source: kuberuntime_manager.go `computePodActions`. */
describe('containersOfNewSandbox', () => {
  const namesIn = (restartPolicy: RestartPolicy, ...instances: readonly Instance[]) => {
    const pod = podOf({ restartPolicy, containers: [named('app'), named('log')] });
    return containersOfNewSandbox(pod, runtimeOf(...instances)).map(({ name }) => name);
  };

  test('returns all containers under Always, and only failed ones under OnFailure', () => {
    expect(namesIn('Always', exited('app', 0))).toEqual(['app', 'log']);
    expect(namesIn('OnFailure', exited('app', 0), exited('log', 1))).toEqual(['log']);
  });

  test('returns nothing under Never once a container was created', () => {
    expect(namesIn('Never', exited('app', 1))).toEqual([]);
    expect(namesIn('Never')).toEqual(['app', 'log']);
  });
});

describe('restartsAllContainers', () => {
  test('returns true only if the matching rule has the action RestartAllContainers', () => {
    const rules = [{ action: 'RestartAllContainers', exitCodes: { operator: 'In', values: [88] } }];
    const container = containerWith({ restartPolicy: 'Never', restartPolicyRules: rules } as Written);
    const behavior = { ...NEWEST, restartRules: true, restartsAllContainers: true };
    expect(restartsAllContainers(container, 88, behavior)).toBe(true);
    expect(restartsAllContainers(container, 1, behavior)).toBe(false);
    expect(restartsAllContainers(container, 88, { ...behavior, restartsAllContainers: false })).toBe(false);
  });
});
