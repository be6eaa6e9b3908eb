import { expect, test } from '@jest/globals';
import { messageIdOf } from '../../../src/gate/messageId';
import type { CheckMessage } from '../../../src/wording/gate/results/checkMessage';

const container = 'web';
const reason = { kind: 'sigkilled', leftMs: 3_000, signal: 'SIGTERM' } as const;
const received = { kind: 'notReady' } as const;
const phase = { kind: 'message', message: 'x' } as const;
const idOf = (message: CheckMessage) => messageIdOf({ check: 'stays-ready', message });

test('messageIdOf joins the check and the kind of the message', () => {
  expect(idOf({ kind: 'ready', tookMs: 1 })).toBe('stays-ready/ready');
  expect(idOf({ kind: 'noOOMKill' })).toBe('stays-ready/no-oom-kill');
});

test('messageIdOf names the reason of a result, unless it is a general one', () => {
  const notTerminated = (given: typeof reason | typeof phase) =>
    messageIdOf({
      check: 'terminates-in-grace',
      message: { kind: 'notTerminated', result: { received, reason: given } },
    });
  expect(notTerminated(reason)).toBe('terminates-in-grace/sigkilled');
  expect(notTerminated(phase)).toBe('terminates-in-grace/not-terminated');
  const hopeless = { kind: 'hopeless', reason: { kind: 'oomKilled', container }, forMs: 1 } as const;
  const effect = { kind: 'hung', container } as const;
  expect(idOf({ kind: 'notReadyAgain', effect, result: { received, reason: hopeless } })).toBe(
    'stays-ready/oom-killed',
  );
  expect(idOf({ kind: 'notReadyAgain', effect, result: { received } })).toBe('stays-ready/not-ready-again');
});

test('messageIdOf names the cause inside a message', () => {
  const observation = { kind: 'zombies', container, before: 1, after: 3, afterMs: 1, program: 'sh' } as const;
  const ids = [
    idOf({ kind: 'observed', observation }),
    idOf({ kind: 'flapping', observation }),
    idOf({ kind: 'unsteady', disturbance: { kind: 'exited', container, exitCode: 1 } }),
    idOf({ kind: 'notReady', disturbance: { kind: 'reported', result: { received } } }),
    idOf({ kind: 'staysInEndpoints', container, miss: { kind: 'commandStillSucceeds', probe: 'readiness' } }),
    idOf({ kind: 'hangNotDetected', container, miss: { kind: 'reported', result: { received } } }),
    idOf({ kind: 'cut', experiment: { kind: 'underTraffic' }, cut: { kind: 'outOfTime' } }),
    idOf({ kind: 'notApplicable', reason: { kind: 'nothingToCheck', check: 'drains' } }),
    idOf({ kind: 'obstructed', obstacle: { kind: 'noCPURequest', container } }),
    idOf({ kind: 'notObserved', gap: { kind: 'unmeasuredMemory' } }),
  ];
  expect(ids.map((id) => id.replace('stays-ready/', ''))).toEqual([
    'zombies',
    'zombies',
    'exited',
    'not-ready',
    'command-still-succeeds',
    'hang-not-detected',
    'out-of-time',
    'nothing-to-check',
    'no-cpu-request',
    'unmeasured-memory',
  ]);
});

test('messageIdOf uses the code of a lint finding', () => {
  const found = { code: 'liveness-tcp' };
  expect(messageIdOf({ check: 'lint', message: { kind: 'finding', why: 'x' }, found })).toBe('lint/liveness-tcp');
});
