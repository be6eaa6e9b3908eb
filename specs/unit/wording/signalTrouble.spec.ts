import { describe, expect, test } from '@jest/globals';
import type { ContainerProcess } from '../../../src/timeline/event';
import { endsLate, explainStillRunning, signalTrouble } from '../../../src/timeline/history/signalTrouble';
import { formatSignalTrouble } from '../../../src/wording/signalTrouble';

type Signals = Partial<Pick<ContainerProcess, 'catches' | 'ignores' | 'blocks'>>;

const TERM = { catches: ['SIGINT', 'SIGTERM'] };

/** Returns processes, each of which is the child of the one before. */
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

describe('formatSignalTrouble', () => {
  test.each([
    [
      'a shell before the program',
      seen(['sh -c node server.js; true', 'node server.js']),
      'sh (PID 1) does not forward SIGTERM to node server.js. Start node with exec: exec node server.js',
    ],
    [
      'an entrypoint script before another script',
      seen(['/bin/bash /entrypoint.sh', '/bin/sh /app/run.sh', '/app/server --port 80']),
      'bash (PID 1) does not forward SIGTERM to /app/server --port 80. Start /app/server with exec: exec /app/server --port 80',
    ],
    [
      "busybox's shell",
      seen(['/bin/busybox ash -c ./server & wait', './server']),
      'ash (PID 1) does not forward SIGTERM to ./server. Start ./server with exec: exec ./server',
    ],
    [
      'a shell without child processes',
      seen(['-sh']),
      "sh (PID 1) has no handler for SIGTERM, and PID 1 does not exit without one. Add trap 'exit 0' TERM",
    ],
    [
      'a shell that ignores the signal, like its child',
      seen([['sh -c trap "" TERM; ./server', { ignores: ['SIGTERM'] }], './server']),
      'sh -c trap "" TERM; ./server (PID 1) ignores SIGTERM. Handle SIGTERM instead',
    ],
    [
      'a shell that is not PID 1',
      seen(['sh -c ./server; true', './server'], { isPID1: false }),
      'sh (the main process) exits on SIGTERM and does not forward it to ./server. Start ./server with exec: exec ./server',
    ],
    [
      'npm before the program',
      seen([
        ['npm start', TERM],
        ['node server.js', TERM],
      ]),
      'node server.js gets SIGTERM only if npm (PID 1) forwards it. Run node server.js directly',
    ],
    [
      'npm with a shell between',
      seen([
        ['node /usr/lib/node_modules/npm/bin/npm-cli.js run serve', TERM],
        'sh -c node server.js',
        'node server.js',
      ]),
      'npm (PID 1) forwards SIGTERM to sh, which does not forward it to node server.js. Run node server.js directly',
    ],
    [
      'yarn without a handler',
      seen(['node /opt/yarn/bin/yarn.js start', 'node server.js']),
      'yarn (PID 1) does not forward SIGTERM to node server.js. Run node server.js directly',
    ],
    [
      'an init process before a shell',
      seen([['tini -- sh -c ./server; true', TERM], 'sh -c ./server; true', './server']),
      'tini (PID 1) forwards SIGTERM to sh, which does not forward it to ./server. Start ./server with exec: exec ./server',
    ],
    [
      'Node.js without a handler',
      seen([['node server.js', { catches: ['SIGUSR1'] }]]),
      "node server.js (PID 1) has no handler for SIGTERM, and PID 1 does not exit without one (a process.once handler runs only once). Close and exit in process.on('SIGTERM', …)",
    ],
    [
      'any other program without a handler',
      seen(['python3 app.py'], { stopSignal: 'SIGINT' }),
      'python3 app.py (PID 1) has no handler for SIGINT, and PID 1 does not exit without one. Handle SIGINT, or start the program with an init such as tini',
    ],
    [
      'a command line too long to show',
      seen([`java ${'-Dkey=value '.repeat(20)}`]),
      'java -Dkey=value -Dkey=value -Dkey=value -Dkey=value -Dkey=… (PID 1) has no handler for SIGTERM, and PID 1 does not exit without one. Handle SIGTERM, or start the program with an init such as tini',
    ],
  ])('formats %s', (_, processes, sentence) => {
    expect(said(processes)).toBe(sentence);
  });
});

describe('formatSignalTrouble after the grace period', () => {
  const why = (of: ReturnType<typeof seen>) => {
    const trouble = explainStillRunning(of);
    return trouble && formatSignalTrouble(trouble);
  };

  test('formats the trouble from before the stop signal', () => {
    expect(why(seen(['sh -c ./server; true', './server']))).toBe(
      'sh (PID 1) does not forward SIGTERM to ./server. Start ./server with exec: exec ./server',
    );
  });

  test('formats a shell whose trap waits for a command', () => {
    expect(why(seen([['sh -c trap "exit 0" TERM; sleep 600', TERM], 'sleep 600']))).toBe(
      'sh (PID 1) runs its trap for SIGTERM only after sleep 600 exits. Start sleep 600 with & and wait for it, or use exec: exec sleep 600',
    );
  });

  test('formats a container that was about to exit', () => {
    expect(formatSignalTrouble(endsLate(0))).toBe(
      'it exited with 0 just before SIGKILL. Shut down faster, or raise terminationGracePeriodSeconds',
    );
  });

  test('formats a slow program', () => {
    expect(why(seen([['node server.js', TERM]]))).toBe(
      'node server.js (PID 1) handles SIGTERM but was still running. Shut down faster, or raise terminationGracePeriodSeconds',
    );
  });
});
