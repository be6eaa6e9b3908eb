import { expect, test } from '@jest/globals';
import { lastAct } from '../../../../src/timeline/history/lastAct';
import { acted, timelineOf } from '../events';

test('things count from the last thing the test did to the pod on', () => {
  expect(lastAct(timelineOf(acted(0, 'run')))).toBe(1);
  expect(lastAct(timelineOf(acted(0, 'run'), acted(5, 'exec', 'rm /tmp/healthy')))).toBe(2);
});

test('a client that asks the pod does nothing to it', () => {
  expect(lastAct(timelineOf(acted(0, 'run'), acted(5, 'requests', '/')))).toBe(1);
});
