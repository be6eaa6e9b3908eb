import { expect, test } from '@jest/globals';
import type { KillCause } from '../../../../src/timeline/causes';
import { historyOf } from '../../../../src/timeline/history/podHistory';
import { backOff, exited, failed, killed, type Life, recorded, signalled, started, timelineOf } from '../events';

const causes = (...events: Life) => historyOf(timelineOf(...events)).restarts.map(({ because }) => because);

test('ignores the first start of a container', () => {
  expect(historyOf(timelineOf(started(1), started(1, 0, 'sidecar'))).restarts).toEqual([]);
});

test('derives a restart from the probe that killed the container, else from its exit', () => {
  expect(
    causes(started(1), failed(9, 'liveness', 3, ''), killed(9, 'liveness'), exited(9, 143), started(10, 1)),
  ).toEqual(['liveness']);
  expect(causes(started(1), failed(9, 'liveness', 1, ''), exited(9, 1), started(10, 1))).toEqual(['exit']);
});

test('keeps separate causes for each container', () => {
  const life = [
    started(1),
    started(1, 0, 'sidecar'),
    killed(5, 'startup', 'sidecar'),
    exited(6, 2),
    started(7, 1),
    started(8, 1, 'sidecar'),
  ];
  expect(causes(...life)).toEqual(['exit', 'startup']);
});

test('derives restarts from postStart, a new definition and a new sandbox', () => {
  const because = (cause: KillCause) =>
    causes(started(1), recorded(2, 'Killing', 'Container web stops', { cause }), exited(3, 143), started(4, 1));
  expect(because('postStart')).toEqual(['postStart']);
  expect(because('definition')).toEqual(['definition']);
  expect(because('restartRule')).toEqual(['restartRule']);
  expect(because('unknownState')).toEqual(['exit']);
  const { container: _, ...changed } = recorded(
    2,
    'SandboxChanged',
    'Pod sandbox changed, it will be killed and re-created.',
  );
  expect(causes(started(1), changed, recorded(2, 'Killing', 'Stopping container web'), started(5, 1))).toEqual([
    'sandbox',
  ]);
});

test('contains the exit of the instance before, and whether it waited in back-off', () => {
  const exit = exited(3, 1);
  const restarts = historyOf(
    timelineOf(started(1), exited(2, 1), started(2, 1), exit, backOff(3), signalled(3, 'SIGTERM', 1), started(13, 2)),
  ).restarts;
  expect(restarts[0]).toMatchObject({ attempt: 1, backedOff: false });
  expect(restarts[1]).toMatchObject({ attempt: 2, backedOff: true, exited: exit });
});
