import { describe, expect, test } from '@jest/globals';
import {
  instanceById,
  isUsable,
  newestOf,
  updateInstance,
  withoutInstance,
} from '../../../../src/kubelet/state/runtimeState';
import { exited, instance, runtimeOf, SANDBOX } from '../pods';

const newest = instance('app', 'running', { id: 'app-1', restartCount: 1 });
const oldest = exited('app', 1, { id: 'app-0' });
const RUNTIME = runtimeOf(newest, oldest, instance('log', 'running'));

describe('RuntimeState', () => {
  test('finds the newest instance of a container', () => {
    expect(newestOf(RUNTIME, 'app')).toBe(newest);
    expect(newestOf(RUNTIME, 'setup')).toBeUndefined();
  });

  test('changes one instance, and keeps the order of all', () => {
    const { instances } = updateInstance(RUNTIME, 'app-1', { state: 'exited', exitCode: 137 });
    expect(instances.map(({ id, state }) => [id, state])).toEqual([
      ['app-1', 'exited'],
      ['app-0', 'exited'],
      ['log', 'running'],
    ]);
  });

  test('uses the previous instance as the newest one after a removal', () => {
    const after = withoutInstance(RUNTIME, 'app-1');
    expect(instanceById(after, 'app-1')).toBeUndefined();
    expect(newestOf(after, 'app')).toBe(oldest);
  });
});

/** Source: kuberuntime/util `PodSandboxChanged`. */
describe('isUsable', () => {
  test('requires a ready sandbox with an IP', () => {
    const states = [SANDBOX, { ...SANDBOX, ready: false }, { ...SANDBOX, podIP: '' }, undefined];
    expect(states.map(isUsable)).toEqual([true, false, false, false]);
  });
});
