import { describe, expect, test } from '@jest/globals';
import { summarizePod } from '../../../../../src/report/html/document/summary';
import type { KillCause } from '../../../../../src/timeline/causes';
import type { Event, EventOf } from '../../../../../src/timeline/event';
import {
  asked,
  backOff,
  ended,
  exited,
  failed,
  killed,
  type Life,
  markedForDeletion,
  ready,
  recorded,
  removed,
  s,
  signalled,
  started,
  timelineOf,
} from '../../../timeline/events';

const headlines = (...life: Life) => summarizePod(timelineOf(...life), undefined).map(({ text }) => text);
/** Returns the headlines except for those about readiness. */
const others = (...life: Life) => headlines(ready(2), ...life).filter((text) => !/Ready/.test(text));
/** Returns the start of a later process of `web`, with the event of the kubelet. */
const startsAgain = (seconds: number, attempt = 1): readonly Event[] => [
  { at: s(seconds), source: 'runtime', kind: 'ContainerStarted', container: 'web', id: `c${attempt}`, attempt },
  started(seconds, attempt),
];
const NO_ANSWER = 'HTTP probe failed with statuscode: 503';

const acts = (seconds: number, action: EventOf<'TestActed'>['action'], more: object = {}): EventOf<'TestActed'> => {
  return { at: s(seconds), source: 'test', kind: 'TestActed', action, ...more };
};

describe('summarizePod', () => {
  test('contains when the pod first became Ready, or that it never did', () => {
    expect(summarizePod(timelineOf(ready(2, false), ready(4.2), ready(9)), undefined)).toEqual([
      { tone: 'good', text: 'the pod became Ready after 4.2s', at: 4_200 },
    ]);
    expect(summarizePod(timelineOf(ready(2, false)), undefined)).toEqual([
      { tone: 'bad', text: 'the pod never became Ready' },
    ]);
  });

  test('keeps the order of events, and puts an aborted run first', () => {
    const life = timelineOf(ready(2), acts(5, 'freeze', { container: 'web' }), markedForDeletion(9), removed(10));
    expect(summarizePod(life, 'the engine \u001b[1mfailed').map(({ text }) => text)).toEqual([
      'the run broke: the engine failed',
      'the pod became Ready after 2.0s',
      'the test: freeze web',
      'the pod was deleted, and gone 1.0s later',
    ]);
  });

  test('contains at most five faults of the test, and no other action', () => {
    const faults = [
      acts(3, 'kill', { container: 'web' }),
      acts(4, 'disconnect', { service: 'db' }),
      acts(5, 'limit', { container: 'web', detail: 'cpu 100m' }),
    ];
    const harmless = [acts(6, 'exec', { container: 'web' }), acts(6, 'requests'), acts(7, 'thaw')];
    expect(others(...faults, ...harmless)).toEqual([
      'the test: kill web',
      'the test: disconnect db',
      'the test: limit web (cpu 100m)',
    ]);
    expect(others(...Array.from({ length: 9 }, (_, n) => acts(3 + n, 'freeze', { container: 'web' })))).toHaveLength(5);
  });
});

describe('restarts in summarizePod', () => {
  test('form one headline per container and cause, at the first restart', () => {
    const life = [
      started(1),
      failed(20, 'liveness', 3, NO_ANSWER),
      killed(20, 'liveness'),
      exited(21, 143, { afterSignalMs: 1_000 }),
      started(21, 1),
      exited(30, 0),
      started(30, 2),
      exited(35, 0),
      backOff(36),
      started(45, 3),
    ];
    const told = summarizePod(timelineOf(ready(2), ...life), undefined).slice(1);
    expect(told.map(({ tone, text, at }) => [tone, at, text])).toEqual([
      [
        'bad',
        21_000,
        `web was restarted once: its liveness probe failed 3 times in a row (${NO_ANSWER}); told to stop, it ended with exit code 143`,
      ],
      ['bad', 30_000, 'web was restarted 2 times: it exited with exit code 0; back-off held it up once, for up to 10s'],
    ]);
  });

  test('mention a failed postStart hook, and a restart by the kubelet', () => {
    const killing = (cause: KillCause) => recorded(5, 'Killing', 'Container web stops', { cause });
    expect(others(started(1), killing('postStart'), exited(6, 137), startsAgain(6))).toEqual([
      'web was restarted once: its postStart hook failed',
    ]);
    const changed = killing('definition');
    expect(others(started(1), changed, exited(6, 143, { afterSignalMs: 10 }), startsAgain(6))).toEqual([
      'web was restarted once: by the kubelet (definition)',
    ]);
  });
});

describe('end of the pod in summarizePod', () => {
  test('contains the phase and the reason if the pod was not deleted', () => {
    const deadline = { reason: 'DeadlineExceeded', message: 'Pod was active on the node longer than the deadline' };
    expect(others(ended(60, 'Failed', deadline))).toEqual([
      'the pod ended: Failed (DeadlineExceeded: Pod was active on the node longer than the deadline)',
    ]);
    expect(summarizePod(timelineOf(ready(2), ended(60, 'Succeeded')), undefined).at(-1)).toMatchObject({
      tone: 'good',
      text: 'the pod ended: Succeeded',
    });
    expect(others(markedForDeletion(50), ended(60, 'Succeeded'), removed(61))).toEqual([
      'the pod was deleted, and gone 11.0s later',
    ]);
  });

  test('mentions SIGKILL with the signal before it, but not its exit code', () => {
    const life = [started(1), signalled(10, 'SIGTERM', 30_000), signalled(40, 'SIGKILL', undefined)];
    expect(others(...life, exited(40.1, 137, { afterSignalMs: 100 }))).toEqual([
      'web was killed with SIGKILL 30.0s after SIGTERM, which it had not heeded',
    ]);
  });

  test('mentions the last exit unless its code is 0 or the stop signal caused it', () => {
    expect(others(exited(9, 137, { reason: 'OOMKilled' }))).toEqual(['web ended with exit code 137 (OOMKilled)']);
    expect(others(exited(9, 3, { afterSignalMs: 2_000 }))).toEqual([
      'web ended with exit code 3, 2.0s after it was told to stop',
    ]);
    expect(others(exited(9, 0), exited(9, 143, { afterSignalMs: 10, container: 'proxy' }))).toEqual([]);
  });

  test('omits an exit that another headline mentions', () => {
    const told = others(started(1), exited(9, 1), startsAgain(10));
    expect(told).toEqual(['web was restarted once: it exited with exit code 1']);
    expect(others(exited(9, 1), backOff(10))).toEqual([]);
  });
});

describe('requests in summarizePod', () => {
  test('report the number of drops and the first cause if clients sent requests', () => {
    expect(others(asked(5), asked(6))).toEqual(['none of 2 requests was dropped']);
    expect(others(asked(5), asked(6, 'connection refused'), asked(7, 'timed out'))).toEqual([
      '2 of 3 requests were dropped: connection refused',
    ]);
    expect(others()).toEqual([]);
  });
});
