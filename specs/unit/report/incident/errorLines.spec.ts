import { describe, expect, test } from '@jest/globals';
import type { Instant } from '../../../../src/clock/instant';
import { errorLines } from '../../../../src/report/incident/errorLines';

const lines = (...texts: readonly string[]) =>
  texts.map((text, at) => ({ at: at as Instant, container: 'web', attempt: 0, stream: 'stderr' as const, text }));

const found = (...texts: readonly string[]) => errorLines(lines(...texts)).map(({ text }) => text);

describe('errorLines', () => {
  test('returns the line of an error without its stack frames', () => {
    expect(found('listening', 'TypeError: cannot parse feed', '    at parse (/app/feed.js:3:9)', 'bye')).toEqual([
      'TypeError: cannot parse feed',
    ]);
    expect(found('Traceback (most recent call last):', '  File "/app.py", line 3, in <module>', 'KeyError: 7')).toEqual(
      ['Traceback (most recent call last):', 'KeyError: 7'],
    );
  });

  test('returns the newest of lines that differ only in numbers', () => {
    expect(found('12:00:01 connection refused', '12:00:02 connection refused', 'ok')).toEqual([
      '12:00:02 connection refused',
    ]);
  });

  test('returns the three newest errors', () => {
    expect(found('error a', 'error b', 'error c', 'error d')).toEqual(['error b', 'error c', 'error d']);
  });

  test('omits an error that the shown lines repeat', () => {
    const all = lines('refused at 1', 'disk: no such device', 'refused at 2', 'refused at 3');
    expect(errorLines(all, all.slice(-1)).map(({ text }) => text)).toEqual(['disk: no such device']);
  });

  test('returns nothing for a log without errors', () => {
    expect(found('listening on 8080', 'GET / 200', 'mirrored 3 files')).toEqual([]);
  });
});
