import { expect, test } from '@jest/globals';
import { endpointOf } from '../../src/timeline/endpoint';
import type { PodStatus } from '../../src/timeline/podStatus';

const ready: PodStatus = {
  phase: 'Running',
  podIP: '10.0.0.7',
  conditions: [{ type: 'Ready', status: 'True' }],
  initContainerStatuses: [],
  containerStatuses: [],
};
const unready: PodStatus = { ...ready, conditions: [{ type: 'Ready', status: 'False' }] };

test('takes traffic while the pod is Ready', () => {
  expect(endpointOf(ready, { isDeleted: false })).toEqual({ ready: true, serving: true, terminating: false });
  expect(endpointOf(unready, { isDeleted: false })).toEqual({ ready: false, serving: false, terminating: false });
});

test('takes no new connections once the pod is deleted, though it still serves', () => {
  expect(endpointOf(ready, { isDeleted: true })).toEqual({ ready: false, serving: true, terminating: true });
});

test('disregards readiness where the Service publishes addresses that are not ready', () => {
  const options = { isDeleted: false, publishNotReadyAddresses: true };
  expect(endpointOf(unready, options)).toEqual({ ready: true, serving: false, terminating: false });
});

test('is not there before the pod has an IP, nor after it has ended', () => {
  const { podIP: _, ...withoutIP } = ready;
  expect(endpointOf(withoutIP, { isDeleted: false })).toBeUndefined();
  expect(endpointOf({ ...ready, phase: 'Succeeded' }, { isDeleted: false })).toBeUndefined();
});
