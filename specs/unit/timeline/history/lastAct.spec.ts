import { expect, test } from '@jest/globals';
import { lastAct } from '../../../../src/timeline/history/lastAct';
import { acted, timelineOf } from '../events';

test('returns the index after the last action of the test', () => {
  expect(lastAct(timelineOf(acted(0, 'run')))).toBe(1);
  expect(lastAct(timelineOf(acted(0, 'run'), acted(5, 'exec', 'rm /tmp/healthy')))).toBe(2);
});

test('ignores requests of a client', () => {
  expect(lastAct(timelineOf(acted(0, 'run'), acted(5, 'requests', '/')))).toBe(1);
});
