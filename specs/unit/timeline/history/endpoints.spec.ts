import { expect, test } from '@jest/globals';
import { endpointOf } from '../../../../src/timeline/history/endpoints';
import { historyOf } from '../../../../src/timeline/history/podHistory';
import type { PodStatus } from '../../../../src/timeline/podStatus';
import { WritableTimeline } from '../../../../src/timeline/writableTimeline';
import { markedForDeletion, published, ready as readyEvent, removed, s, timelineOf, withIP } from '../events';

const ready: PodStatus = {
  phase: 'Running',
  podIP: '10.0.0.7',
  conditions: [{ type: 'Ready', status: 'True' }],
  initContainerStatuses: [],
  containerStatuses: [],
};
const unready: PodStatus = { ...ready, conditions: [{ type: 'Ready', status: 'False' }] };

test('endpointOf is ready while the pod is Ready', () => {
  expect(endpointOf(ready, { isDeleted: false })).toEqual({ ready: true, serving: true, terminating: false });
  expect(endpointOf(unready, { isDeleted: false })).toEqual({ ready: false, serving: false, terminating: false });
});

test('endpointOf stops being ready once the pod is deleted, but keeps serving', () => {
  expect(endpointOf(ready, { isDeleted: true })).toEqual({ ready: false, serving: true, terminating: true });
});

test('endpointOf ignores readiness if the Service publishes unready addresses', () => {
  const options = { isDeleted: false, publishNotReadyAddresses: true };
  expect(endpointOf(unready, options)).toEqual({ ready: true, serving: false, terminating: false });
});

test('endpointOf returns undefined before the pod has an IP, and in a terminal phase', () => {
  const { podIP: _, ...withoutIP } = ready;
  expect(endpointOf(withoutIP, { isDeleted: false })).toBeUndefined();
  expect(endpointOf({ ...ready, phase: 'Succeeded' }, { isDeleted: false })).toBeUndefined();
});

test('endpointChanges lists changes with their events', () => {
  const addressed = (at: number, value: boolean) => withIP(readyEvent(at, value));
  const changes = historyOf(
    timelineOf(
      published(0, { phase: 'Pending' }),
      addressed(1, false),
      addressed(2, true),
      addressed(3, true),
      markedForDeletion(4),
      addressed(5, false),
      removed(6),
    ),
  ).endpointChanges;
  expect(changes.map(({ event, endpoint }) => [event.kind, event.at, endpoint])).toEqual([
    ['StatusPublished', 1_000, { ready: false, serving: false, terminating: false }],
    ['StatusPublished', 2_000, { ready: true, serving: true, terminating: false }],
    ['DeletionMarked', 4_000, { ready: false, serving: true, terminating: true }],
    ['StatusPublished', 5_000, { ready: false, serving: false, terminating: true }],
    ['PodRemoved', 6_000, undefined],
  ]);
  expect(changes.every(({ before }, index) => before === changes[index - 1]?.endpoint)).toBe(true);
});

test('endpointChanges stay ready until the removal if unready addresses are published', () => {
  const timeline = new WritableTimeline({ backend: { publishNotReadyAddresses: true } });
  for (const event of [withIP(readyEvent(1, false)), markedForDeletion(4), removed(6)]) timeline.append(event);
  const changes = historyOf(timeline.upTo(s(5))).endpointChanges;
  expect(changes.map(({ endpoint }) => endpoint)).toEqual([
    { ready: true, serving: false, terminating: false },
    { ready: true, serving: false, terminating: true },
  ]);
});
