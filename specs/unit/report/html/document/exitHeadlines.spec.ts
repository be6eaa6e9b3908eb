import { describe, expect, test } from '@jest/globals';
import { exitHeadlines } from '../../../../../src/report/html/document/exitHeadlines';
import type { EventOf } from '../../../../../src/timeline/event';
import {
  backOff,
  ended,
  exited,
  type Life,
  markedForDeletion,
  removed,
  s,
  signalled,
  started,
  timelineOf,
} from '../../../timeline/events';

const headlines = (...life: Life) => exitHeadlines(timelineOf(...life));
const texts = (...life: Life) => headlines(...life).map(({ text }) => text);

describe('the end of the pod in exitHeadlines', () => {
  test('shows the phase and the reason if the pod was not deleted', () => {
    const deadline = { reason: 'DeadlineExceeded', message: 'Pod was active on the node longer than the deadline' };
    expect(texts(ended(60, 'Failed', deadline))).toEqual([
      'Pod phase is Failed (DeadlineExceeded: Pod was active on the node longer than the deadline)',
    ]);
    expect(headlines(ended(60, 'Succeeded'))).toEqual([{ tone: 'good', text: 'Pod phase is Succeeded', at: 60_000 }]);
  });

  test('shows only the deletion if the pod was deleted first', () => {
    expect(texts(markedForDeletion(50), ended(60, 'Succeeded'), removed(61))).toEqual([
      'Pod was deleted, and removed 11.0s later',
    ]);
  });
});

describe('SIGKILL in exitHeadlines', () => {
  const killed: Life = [signalled(10, 'SIGTERM', 30_000), signalled(40, 'SIGKILL', undefined)];

  test('shows the signal before it, and replaces the exit', () => {
    expect(headlines(started(1), ...killed, exited(40.1, 137, { afterSignalMs: 100 }))).toEqual([
      {
        tone: 'bad',
        text: 'web got SIGKILL 30.0s after SIGTERM because it was still running',
        fix: 'Handle SIGTERM and exit within the grace period, or raise terminationGracePeriodSeconds.',
        at: 40_000,
      },
    ]);
  });

  test('shows the observed reason as its fix', () => {
    const server = { pid: 1, ppid: 0, args: 'server', catches: [], ignores: [], blocks: [] };
    const seen: EventOf<'ProcessesSeen'> = {
      ...{ at: s(11), source: 'runtime', kind: 'ProcessesSeen', container: 'web', id: 'c1', attempt: 0 },
      ...{ stopSignal: 'SIGTERM', signalled: true, isPID1: true, processes: [server] },
    };
    const [headline] = headlines(
      started(1),
      signalled(10, 'SIGTERM', 30_000),
      seen,
      signalled(40, 'SIGKILL', undefined),
    );
    expect(headline?.fix).toMatch(/^server \(PID 1\) has no handler for SIGTERM.* Handle SIGTERM, or start/);
  });
});

describe('an exit in exitHeadlines', () => {
  test('shows its exit code, its reason and a fix', () => {
    expect(headlines(exited(9, 137, { reason: 'OOMKilled' }))).toEqual([
      {
        tone: 'bad',
        text: 'web terminated with exit code 137 (OOMKilled)',
        fix: 'Raise resources.limits.memory or reduce memory use.',
        at: 9_000,
      },
    ]);
    expect(headlines(exited(9, 1))).toMatchObject([{ fix: 'Find the error in the container logs before the exit.' }]);
  });

  test('shows its time after the stop signal', () => {
    expect(headlines(exited(9, 3, { afterSignalMs: 2_000 }))).toMatchObject([
      {
        text: 'web terminated with exit code 3, 2.0s after the stop signal',
        fix: 'Exit with code 0 after the stop signal.',
      },
    ]);
  });

  test('gets no headline if its code is 0 or the stop signal caused it', () => {
    expect(headlines(exited(9, 0), exited(9, 143, { afterSignalMs: 10, container: 'proxy' }))).toEqual([]);
  });

  test('gets no headline if a restart or a back-off follows', () => {
    const start = { source: 'runtime', kind: 'ContainerStarted', container: 'web', id: 'c1', attempt: 1 } as const;
    expect(headlines(started(1), exited(9, 1), { at: s(10), ...start }, started(10, 1))).toEqual([]);
    expect(headlines(exited(9, 1), backOff(10))).toEqual([]);
  });
});
