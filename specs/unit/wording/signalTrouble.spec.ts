import { describe, expect, test } from '@jest/globals';
import type { ContainerProcess } from '../../../src/timeline/event';
import { endsLate, signalTrouble, whyStillThere } from '../../../src/timeline/history/signalTrouble';
import { formatSignalTrouble } from '../../../src/wording/signalTrouble';

type Signals = Partial<Pick<ContainerProcess, 'catches' | 'ignores' | 'blocks'>>;

const TERM = { catches: ['SIGINT', 'SIGTERM'] };

/** Processes, each the child of the one before. */
function seen(chain: readonly (string | readonly [args: string, signals: Signals])[], more: object = {}) {
  const processes = chain.map((one, index): ContainerProcess => {
    const [args, signals] = typeof one === 'string' ? [one, {}] : one;
    return { pid: 100 + index, ppid: 99 + index, args, catches: [], ignores: [], blocks: [], ...signals };
  });
  return { processes, stopSignal: 'SIGTERM', isPID1: true, ...more };
}

const said = (of: ReturnType<typeof seen>) => {
  const trouble = signalTrouble(of);
  return trouble && formatSignalTrouble(trouble);
};

describe('formatSignalTrouble names', () => {
  test.each([
    [
      'a shell in front of the program',
      seen(['sh -c node server.js; true', 'node server.js']),
      'PID 1 is sh, which passes no SIGTERM on to node server.js: write exec node server.js',
    ],
    [
      "a script as the image's entrypoint, in front of another",
      seen(['/bin/bash /entrypoint.sh', '/bin/sh /app/run.sh', '/app/server --port 80']),
      'PID 1 is bash, which passes no SIGTERM on to /app/server --port 80: write exec /app/server --port 80',
    ],
    [
      "busybox's shell",
      seen(['/bin/busybox ash -c ./server & wait', './server']),
      'PID 1 is ash, which passes no SIGTERM on to ./server: write exec ./server',
    ],
    [
      'a shell that does all by itself',
      seen(['-sh']),
      "PID 1 is sh, which has no handler for SIGTERM, and PID 1 does not end without one: write trap 'exit 0' TERM",
    ],
    [
      'a shell that ignores the signal, as what it starts then does',
      seen([['sh -c trap "" TERM; ./server', { ignores: ['SIGTERM'] }], './server']),
      'PID 1 is sh -c trap "" TERM; ./server, which ignores SIGTERM: have it handle that instead',
    ],
    [
      'a shell that is not PID 1',
      seen(['sh -c ./server; true', './server'], { isPID1: false }),
      'the main process is sh, which ends by SIGTERM and tells nothing to ./server: write exec ./server',
    ],
    [
      'npm in front of the program',
      seen([
        ['npm start', TERM],
        ['node server.js', TERM],
      ]),
      'PID 1 is npm, and node server.js gets SIGTERM only if npm passes it on: run node server.js itself',
    ],
    [
      'npm with a shell between',
      seen([
        ['node /usr/lib/node_modules/npm/bin/npm-cli.js run serve', TERM],
        'sh -c node server.js',
        'node server.js',
      ]),
      'PID 1 is npm, and passes SIGTERM on to sh, which does not pass it on to node server.js: run node server.js itself',
    ],
    [
      'yarn that has no handler',
      seen(['node /opt/yarn/bin/yarn.js start', 'node server.js']),
      'PID 1 is yarn, and node server.js gets no SIGTERM: run node server.js itself',
    ],
    [
      'an init in front of a shell',
      seen([['tini -- sh -c ./server; true', TERM], 'sh -c ./server; true', './server']),
      'PID 1 is tini, and passes SIGTERM on to sh, which does not pass it on to ./server: write exec ./server',
    ],
    [
      'Node.js without a handler',
      seen([['node server.js', { catches: ['SIGUSR1'] }]]),
      "PID 1 is node server.js, which has no handler for SIGTERM, and PID 1 does not end without one (a process.once that has run is none any more): close and exit in process.on('SIGTERM', …)",
    ],
    [
      'any other program without a handler',
      seen(['python3 app.py'], { stopSignal: 'SIGINT' }),
      'PID 1 is python3 app.py, which has no handler for SIGINT, and PID 1 does not end without one: handle it, or put an init such as tini in front',
    ],
    [
      'a command line too long to show',
      seen([`java ${'-Dkey=value '.repeat(20)}`]),
      'PID 1 is java -Dkey=value -Dkey=value -Dkey=value -Dkey=value -Dkey=…, which has no handler for SIGTERM, and PID 1 does not end without one: handle it, or put an init such as tini in front',
    ],
  ])('%s', (_, processes, sentence) => {
    expect(said(processes)).toBe(sentence);
  });
});

describe('formatSignalTrouble names after the grace period', () => {
  const why = (of: ReturnType<typeof seen>) => {
    const trouble = whyStillThere(of);
    return trouble && formatSignalTrouble(trouble);
  };

  test('what was in trouble from the beginning', () => {
    expect(why(seen(['sh -c ./server; true', './server']))).toBe(
      'PID 1 is sh, which passes no SIGTERM on to ./server: write exec ./server',
    );
  });

  test('a shell whose trap waits for a command', () => {
    expect(why(seen([['sh -c trap "exit 0" TERM; sleep 600', TERM], 'sleep 600']))).toBe(
      'PID 1 is sh, whose trap for SIGTERM waits until sleep 600 has ended: start sleep 600 with & and wait for it, or write exec sleep 600',
    );
  });

  test('a container that was about to exit', () => {
    expect(formatSignalTrouble(endsLate(0))).toBe(
      'it was about to end by itself, and exited with 0: have it end sooner, or raise terminationGracePeriodSeconds',
    );
  });

  test('a program that takes longer', () => {
    expect(why(seen([['node server.js', TERM]]))).toBe(
      'PID 1, node server.js, handles SIGTERM and had not come to its end: have it end sooner, or raise terminationGracePeriodSeconds',
    );
  });
});
