import { expect, test } from '@jest/globals';
import { humanDuration } from '../../../../src/report/kubectl/humanDuration';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test.each([
  [-2_000, '<invalid>'],
  [-1_999, '0s'],
  [999, '0s'],
  [119_999, '119s'],
  [2 * MINUTE, '2m'],
  [2 * MINUTE + 42_000, '2m42s'],
  [10 * MINUTE + 42_000, '10m'],
  [2 * HOUR + 59 * MINUTE, '179m'],
  [3 * HOUR, '3h'],
  [7 * HOUR + 59 * MINUTE, '7h59m'],
  [8 * HOUR + 59 * MINUTE, '8h'],
  [47 * HOUR, '47h'],
  [2 * DAY, '2d'],
  [7 * DAY + 23 * HOUR, '7d23h'],
  [8 * DAY + 23 * HOUR, '8d'],
  [729 * DAY, '729d'],
  [730 * DAY, '2y'],
  [(7 * 365 + 364) * DAY, '7y364d'],
  [(8 * 365 + 364) * DAY, '8y'],
])('prints %i ms as %s', (ms, text) => {
  expect(humanDuration(ms)).toBe(text);
});
