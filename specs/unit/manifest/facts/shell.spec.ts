import { describe, expect, test } from '@jest/globals';
import { shellCommand } from '../../../../src/manifest/facts/shell';
import { sleptSeconds } from '../../../../src/manifest/facts/sleptSeconds';

describe('shellCommand', () => {
  test.each([
    [['sh', '-c', 'run'], 'run'],
    [['/bin/bash', '-ec', 'run'], 'run'],
    [['bash', '-euo', 'pipefail', '-c', 'run', 'name'], 'run'],
    [['bash', '--login', '-c', 'run'], 'run'],
    [['sh', '-x', '-c', 'run'], 'run'],
  ])('returns the script of %j', (argv, script) => {
    expect(shellCommand(argv)?.script).toBe(script);
  });

  test.each([[['sh', 'start.sh']], [['tini', '--', 'sh', '-c', 'run']], [['bash']], [['node', '-c', 'run']], [[]]])(
    'returns undefined for %j',
    (argv: string[]) => {
      expect(shellCommand(argv)).toBeUndefined();
    },
  );
});

describe('sleptSeconds', () => {
  test.each([
    [['sleep', '15'], 15],
    [['/bin/sleep', '1m'], 60],
    [['sleep', '1m', '30s'], 90],
    [['sh', '-c', 'sleep 5'], 5],
    [['/bin/sh', '-c', 'sleep 5; nginx -s quit && sleep 2.5'], 7.5],
    [['bash', '-c', 'echo stopping\nsleep 20\n'], 20],
  ])('returns the duration of %j', (command, seconds) => {
    expect(sleptSeconds({ exec: { command } })).toBe(seconds);
  });

  test.each([
    [['nginx', '-s', 'quit']],
    [['sleep', '$GRACE']],
    [['sh', '-c', 'sleep 30 &']],
    [['sh', '-c', 'while busy; do sleep 1; done']],
    [['sh', '-c', 'test -f /draining || sleep 60']],
    [['sh', '-c', 'sleep $(cat /pause)']],
  ])('returns undefined for %j', (command) => {
    expect(sleptSeconds({ exec: { command } })).toBeUndefined();
  });

  test('returns the duration of a sleep action', () => {
    expect(sleptSeconds({ sleep: { seconds: 3 } })).toBe(3);
  });
});
