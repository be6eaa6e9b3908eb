import { expect, test } from '@jest/globals';
import { after, CREATED } from '../../../../../src/clock/instant';
import { dropCauses } from '../../../../../src/gate/experiments/steps/dropCause';
import type { HandlerFailure } from '../../../../../src/timeline/causes';
import type { ContainerProcess, Event } from '../../../../../src/timeline/event';
import { WritableTimeline } from '../../../../../src/timeline/writableTimeline';
import type { DropCause } from '../../../../../src/wording/gate/results/dropCauses';

const process = (pid: number, ppid: number, args: string, catches: readonly string[] = []): ContainerProcess => {
  return { pid, ppid, args, catches, ignores: [], blocks: [] };
};
const seen = (signalled: boolean, ...processes: readonly ContainerProcess[]): Event => ({
  at: after(CREATED, signalled ? 7_000 : 1_000),
  source: 'runtime',
  kind: 'ProcessesSeen',
  container: 'web',
  id: 'c1',
  attempt: 0,
  stopSignal: 'SIGTERM',
  signalled,
  isPID1: true,
  processes,
});
const deleted: Event = {
  at: after(CREATED, 5_000),
  source: 'status',
  kind: 'DeletionMarked',
  deletionTimestamp: after(CREATED, 10_000),
  deletionGracePeriodSeconds: 5,
};
const readiness = (at: number, failure?: HandlerFailure): Event => {
  return {
    at: after(CREATED, at),
    source: 'runtime',
    kind: 'ProbeFinished',
    container: 'web',
    probe: 'readiness',
    result: failure ? 'Failure' : 'Success',
    output: '',
    ...(failure && { failure }),
    tookMs: 1,
    run: 1,
    threshold: 1,
  };
};
const exited = (exitCode: number, afterSignalMs: number): Event => {
  return {
    at: after(CREATED, 8_000),
    source: 'runtime',
    kind: 'ContainerExited',
    container: 'web',
    id: 'c1',
    attempt: 0,
    exitCode,
    reason: 'Error',
    afterSignalMs,
  };
};

function why(...events: readonly Event[]): readonly DropCause[] {
  const timeline = new WritableTimeline();
  for (const event of events) timeline.append(event);
  return dropCauses(timeline, 'web');
}

test('returns the exit, the missing signal and the readiness that stayed true', () => {
  const before = seen(false, process(1, 0, 'npm start', ['SIGTERM']), process(2, 1, 'node server.js', ['SIGTERM']));
  expect(why(before, readiness(4_000), deleted, seen(true, process(1, 0, 'npm start')), exited(1, 40))).toMatchObject([
    { kind: 'exited', container: 'web', afterMs: 40, exitCode: 1, isUnhandled: false },
    { kind: 'signal', trouble: { cause: 'shell-does-not-forward' } },
    { kind: 'stayedReady' },
  ]);
});

test('ignores a refused port, because it is not a response of readiness', () => {
  const refused = readiness(6_000, { kind: 'refused' });
  expect(why(readiness(4_000), deleted, refused, exited(0, 1_260))).toEqual([
    { kind: 'exited', container: 'web', afterMs: 1_260, exitCode: 0, isUnhandled: false },
    { kind: 'stayedReady' },
  ]);
});

test('returns nothing if readiness fails after SIGTERM', () => {
  const refusing = readiness(6_000, { kind: 'status', status: 503 });
  expect(why(readiness(4_000), deleted, refusing, exited(137, 4_000))).toEqual([]);
});

test('reports a readiness command that was refused a connection', () => {
  const failing = readiness(6_000, { kind: 'exit', exitCode: 1, says: 'refused' });
  expect(why(readiness(4_000), deleted, failing, exited(137, 4_000))).toEqual([{ kind: 'stayedReady' }]);
  const failed = readiness(6_000, { kind: 'exit', exitCode: 1 });
  expect(why(readiness(4_000), deleted, failed, exited(137, 4_000))).toEqual([]);
});
