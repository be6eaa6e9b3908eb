import { describe, expect, test } from '@jest/globals';
import { behaviorOf } from '../../../../src/kubelet';
import { isItsTurn } from '../../../../src/kubelet/kuberuntime/terminationOrder';
import type { Kill, Killing } from '../../../../src/kubelet/state/pass';
import { named, podOf, sidecar } from '../pods';

const { spec } = podOf({
  initContainers: [named('setup'), sidecar('first'), sidecar('last')],
  containers: [named('app')],
});

/** Returns the containers that may stop while these are still running. */
function turns(open: readonly string[], { version = '1.36', wholePod = true } = {}) {
  const names = ['first', 'last', 'app'];
  const kills = names.map((name) => {
    return { container: { name }, stage: open.includes(name) ? 'preStop' : 'done' } as unknown as Kill;
  });
  const killing = { kind: 'KillContainers', wholePod, kills } as unknown as Killing;
  const behavior = behaviorOf(version);
  return kills.filter((kill) => isItsTurn(kill, killing, spec, behavior)).map(({ container }) => container.name);
}

/** Source: kuberuntime_termination_order.go. */
describe('isItsTurn', () => {
  test('stops the sidecars after the containers, in reverse order', () => {
    expect(turns(['first', 'last', 'app'])).toEqual(['app']);
    expect(turns(['first', 'last'])).toEqual(['last', 'app']);
    expect(turns(['first'])).toEqual(['first', 'last', 'app']);
  });

  test('stops all containers in parallel before 1.29', () => {
    expect(turns(['first', 'last', 'app'], { version: '1.28' })).toEqual(['first', 'last', 'app']);
  });

  test('applies no order if the pod itself keeps running', () => {
    expect(turns(['first', 'last', 'app'], { wholePod: false })).toEqual(['first', 'last', 'app']);
  });
});
