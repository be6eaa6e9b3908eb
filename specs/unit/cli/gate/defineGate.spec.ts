import { expect, test } from '@jest/globals';
import { CHECK_IDS } from '../../../../src/gate/model/checks';
import { cli } from '../cli';

test('gate --help lists every check and exit code on a separate line', () => {
  const { code, stdout } = cli(['gate', '--help']);
  const first = (lines: readonly string[]) => lines.map((line) => line.trim().split(' ')[0]);
  const [, checks = '', exitCodes = ''] = /Checks:\n(.*?)\n\n.*Exit codes:\n(.*?)\n\n/s.exec(stdout) ?? [];
  expect(first(checks.split('\n'))).toEqual(CHECK_IDS);
  expect(first(exitCodes.split('\n'))).toEqual(['0', '1', '2', '3', '130']);
  expect(code).toBe(0);
});
