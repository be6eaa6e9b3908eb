import { describe, expect, test } from '@jest/globals';
import type { ContainerProcess } from '../../../../src/timeline/event';
import { endsLate, explainStillRunning, signalTrouble } from '../../../../src/timeline/history/signalTrouble';

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

describe('signalTrouble returns undefined', () => {
  test.each([
    ['a program that handles the signal', seen([['nginx: master process', TERM]])],
    ['a program that blocks the signal and waits for it', seen([['mysqld', { blocks: ['SIGTERM'] }]])],
    ['a shell with a trap', seen([['sh -c trap "exit 0" TERM; sleep 600 & wait', TERM], 'sleep 600'])],
    ['an init process with the program as its child', seen([['/sbin/tini -- node server.js', TERM], 'node server.js'])],
    [
      'an init process that signals the whole group',
      seen([['dumb-init sh run.sh', TERM], 'sh run.sh', 'node server.js']),
    ],
    ['a program that is not PID 1', seen(['sleep 600'], { isPID1: false })],
    [
      'a program that handles the signal of its image',
      seen([['nginx', { catches: ['SIGQUIT'] }]], { stopSignal: 'SIGQUIT' }),
    ],
    ['no process at all', seen([])],
  ])('for %s', (_, processes) => {
    expect(signalTrouble(processes)).toBeUndefined();
  });
});

// specs/unit/wording/signalTrouble.spec.ts covers each kind with its sentence.
describe('signalTrouble', () => {
  test('returns a shell that does not forward the signal, and the program behind it', () => {
    expect(signalTrouble(seen(['sh -c node server.js; true', 'node server.js']))).toEqual({
      kind: 'shell',
      cause: 'shell-does-not-forward',
      main: 'sh',
      program: 'node server.js',
      signal: 'SIGTERM',
      isPID1: true,
    });
  });

  test('returns a shell behind an init process or a package manager', () => {
    const behind = ['sh -c ./server; true', './server'];
    expect(signalTrouble(seen([['tini -- sh', TERM], ...behind]))).toMatchObject({
      kind: 'shellBehind',
      isPackageManager: false,
      shell: 'sh',
    });
    expect(signalTrouble(seen([['npm start', TERM], ...behind]))).toMatchObject({ isPackageManager: true });
  });

  test('returns a program that ignores the signal or has no handler', () => {
    expect(signalTrouble(seen([['./server', { ignores: ['SIGTERM'] }]]))).toMatchObject({
      kind: 'ignored',
      cause: 'ignores-stop-signal',
    });
    expect(signalTrouble(seen(['node server.js']))).toMatchObject({ kind: 'noHandler', runtime: 'node' });
  });
});

describe('explainStillRunning', () => {
  test('returns signalTrouble, or else a waiting trap or a slow program', () => {
    expect(explainStillRunning(seen(['sh -c ./server; true', './server']))?.kind).toBe('shell');
    expect(explainStillRunning(seen([['sh -c trap "exit 0" TERM; sleep 600', TERM], 'sleep 600']))?.kind).toBe('trap');
    expect(explainStillRunning(seen([['node server.js', TERM]]))).toMatchObject({
      kind: 'slow',
      cause: 'shutdown-longer-than-grace',
    });
    expect(endsLate(0)).toEqual({ kind: 'late', cause: 'shutdown-longer-than-grace', exitCode: 0 });
  });
});
