import { expect, test } from '@jest/globals';
import { historyOf } from '../../../../src/timeline/history/podHistory';
import { backOff, exited, recorded, started, timelineOf } from '../events';

test('counts repeated failed starts as one wait until the container starts', () => {
  const timeline = timelineOf(
    started(1),
    exited(2, 1),
    started(2, 1),
    exited(3, 1),
    backOff(3),
    backOff(8),
    started(13, 2),
    exited(14, 1),
    backOff(14),
  );
  expect(historyOf(timeline).crashLoopWaits.map(({ refused }) => refused.at)).toEqual([3000, 14_000]);
});

test('measures each container separately, and ignores a pull in back-off', () => {
  const pull = recorded(1, 'BackOff', 'Back-off pulling image "web:nope"', { delayed: 'pull' });
  const timeline = timelineOf(pull, backOff(3), backOff(4, 'db'), started(5, 1, 'db'), backOff(6, 'db'));
  expect(historyOf(timeline).crashLoopWaits.map(({ container, refused }) => [container, refused.at])).toEqual([
    ['web', 3000],
    ['db', 4000],
    ['db', 6000],
  ]);
});
