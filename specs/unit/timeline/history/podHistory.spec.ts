import { expect, test } from '@jest/globals';
import { historyOf } from '../../../../src/timeline/history/podHistory';
import { exited, markedForDeletion, ready, removed, started, timelineOf } from '../events';

test('adds only new events to the history', () => {
  const timeline = timelineOf(started(1), exited(2, 1));
  const history = historyOf(timeline);
  expect([history.end, history.exits.length, history.restarts.length]).toEqual([2, 1, 0]);
  timeline.append(started(3, 1));
  expect(history.end).toBe(2);
  expect(historyOf(timeline)).toBe(history);
  expect([history.end, history.restarts.length]).toEqual([3, 1]);
});

test('returns the position of each event, also of a repeated one', () => {
  const [first, second] = [started(1), exited(2, 1)];
  const history = historyOf(timelineOf(first, second, second));
  expect([first, second, exited(3, 1), undefined].map((event) => history.placeOf(event))).toEqual([0, 2, -1, -1]);
  expect([history.at(1), history.at(3), history.last]).toEqual([second, undefined, second]);
});

test('returns the events from a position', () => {
  const [first, second, never] = [exited(1, 1), exited(2, 2), exited(3, 3)];
  const history = historyOf(timelineOf(first, started(1), second));
  expect(history.from(1, history.exits)).toEqual([second]);
  expect([first, second, never].map((event) => history.isFrom(1, event))).toEqual([false, true, false]);
  expect(history.inOrder([second, first])).toEqual([first, second]);
});

test('lists the events of a container, with and without those of the pod', () => {
  const [web, proxy, pod] = [started(1), started(2, 0, 'proxy'), ready(3)];
  const history = historyOf(timelineOf(web, proxy, pod));
  expect(history.containers).toEqual(['web', 'proxy']);
  expect([history.about('web'), history.about('db')]).toEqual([[web], []]);
  expect([history.concerning('proxy'), history.concerning(undefined)]).toEqual([[proxy, pod], [pod]]);
});

test('lists statuses, deletions and the removal', () => {
  const history = historyOf(timelineOf(ready(1), markedForDeletion(2), removed(3)));
  expect([history.published, history.deletions].map((list) => list.map(({ at }) => at))).toEqual([[1000], [2000]]);
  expect(history.removed?.at).toBe(3000);
});
