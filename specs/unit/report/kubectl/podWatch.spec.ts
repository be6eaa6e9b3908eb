import { expect, test } from '@jest/globals';
import { getPodWatch } from '../../../../src/report/kubectl/podWatch';
import { podOf } from '../../matchers/replay';
import {
  container,
  markedForDeletion,
  published,
  ready,
  removed,
  running,
  s,
  started,
  timelineOf,
} from '../../timeline/events';

const pod = podOf({});
const terminated = { exitCode: 143, reason: 'Error', finishedAt: s(21) };
const restarted = { restartCount: 1, lastState: { terminated } };

test('prints a row whenever the published status changes it', () => {
  const creating = container({ state: { waiting: { reason: 'ContainerCreating' } } });
  const backOff = container({ ...restarted, state: { waiting: { reason: 'CrashLoopBackOff' } } });
  const timeline = timelineOf(
    published(1, { containerStatuses: [creating] }),
    published(1, { containerStatuses: [creating] }),
    started(1),
    ready(5),
    published(26.3, { phase: 'Running', containerStatuses: [running({ ready: true, ...restarted })] }),
    published(162, { phase: 'Running', containerStatuses: [backOff] }),
  );
  expect(getPodWatch(timeline, pod)).toEqual([
    'NAME   READY   STATUS              RESTARTS   AGE',
    'shop   0/1     ContainerCreating   0          1s',
    'shop   1/1     Running             0          5s',
    'shop   1/1     Running             1 (5s ago)   26s',
    'shop   0/1     CrashLoopBackOff    1 (2m21s ago)   2m42s',
  ]);
});

test('prints Terminating for a deleted pod until its phase is terminal', () => {
  const timeline = timelineOf(ready(5), markedForDeletion(60), published(61, { phase: 'Succeeded' }), removed(61));
  expect(getPodWatch(timeline, pod)).toEqual([
    'NAME   READY   STATUS    RESTARTS   AGE',
    'shop   1/1     Running   0          5s',
    'shop   1/1     Terminating   0          60s',
    'shop   0/1     Succeeded     0          61s',
  ]);
});

test('prints no row after the removal of the pod', () => {
  const timeline = timelineOf(ready(5), markedForDeletion(60), removed(60), published(62, { phase: 'Failed' }));
  expect(getPodWatch(timeline, pod).slice(1)).toEqual([
    'shop   1/1     Running   0          5s',
    'shop   1/1     Terminating   0          60s',
  ]);
});

test('prints no row before the first status', () => {
  expect(getPodWatch(timelineOf(started(1)), pod)).toEqual([]);
});
