import { expect, test } from '@jest/globals';
import { restartHeadlines } from '../../../../../src/report/html/document/restartHeadlines';
import type { KillCause } from '../../../../../src/timeline/causes';
import type { Event } from '../../../../../src/timeline/event';
import { backOff, exited, failed, killed, type Life, recorded, s, started, timelineOf } from '../../../timeline/events';

const headlines = (...life: Life) => restartHeadlines(timelineOf(...life));
const OUTPUT = 'HTTP probe failed with statuscode: 503';

/** Returns the start of a later process of `web`, with the event of the kubelet. */
const startsAgain = (seconds: number, attempt = 1): readonly Event[] => [
  { at: s(seconds), source: 'runtime', kind: 'ContainerStarted', container: 'web', id: `c${attempt}`, attempt },
  started(seconds, attempt),
];
const freeze = { at: s(15), source: 'test', kind: 'TestActed', action: 'freeze', container: 'web' } as const;
const killedByLiveness: Life = [
  failed(20, 'liveness', 3, OUTPUT),
  killed(20, 'liveness'),
  exited(21, 143, { afterSignalMs: 1_000 }),
];

test('returns one headline for each container and cause, at the first restart', () => {
  const life = [
    started(1),
    ...killedByLiveness,
    started(21, 1),
    exited(30, 0),
    started(30, 2),
    exited(35, 0),
    backOff(36),
    started(45, 3),
  ];
  expect(headlines(...life)).toEqual([
    {
      tone: 'bad',
      text: `web restarted once: its liveness probe failed 3 times in a row (${OUTPUT}), and it exited with code 143 after the stop signal`,
      fix: 'Make the check succeed while the app works, or raise failureThreshold or timeoutSeconds of the livenessProbe.',
      at: 21_000,
    },
    {
      tone: 'bad',
      text: 'web restarted 2 times: it exited with code 0. It waited in back-off once, for up to 10s',
      fix: 'Keep the process running, or run it as a Job with restartPolicy OnFailure or Never.',
      at: 30_000,
    },
  ]);
});

test('gives no fix for the effect of a fault', () => {
  expect(headlines(started(1), freeze, ...killedByLiveness, started(21, 1))).toMatchObject([{ fix: undefined }]);
});

test('names the memory limit as the cause of an OOMKilled container', () => {
  expect(headlines(started(1), exited(9, 137, { reason: 'OOMKilled' }), startsAgain(10))).toMatchObject([
    {
      text: 'web restarted once: it was OOMKilled, exit code 137',
      fix: 'Raise resources.limits.memory or reduce memory use.',
    },
  ]);
});

test('names a failed postStart hook and a changed definition', () => {
  const restart = (cause: KillCause) => {
    const killing = recorded(5, 'Killing', 'Container web stops', { cause });
    return headlines(started(1), killing, exited(6, 143, { afterSignalMs: 10 }), startsAgain(6));
  };
  expect(restart('postStart')).toMatchObject([
    {
      text: 'web restarted once: its postStart hook failed',
      fix: 'Make the postStart hook succeed. The events show its error.',
    },
  ]);
  expect(restart('definition')).toMatchObject([{ text: 'web restarted once: its definition changed', fix: undefined }]);
});
