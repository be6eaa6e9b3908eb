import { expect, test } from '@jest/globals';
import { terminatedGracefully } from '../../../../src/assertions/endings/terminatedGracefully';
import type { ContainerProcess, RuntimeEvent } from '../../../../src/timeline/event';
import { START } from '../../../../src/timeline/since';
import { exited, recorded, s, signalled, timelineOf } from '../../timeline/events';

function seen(seconds: number, ...processes: readonly ContainerProcess[]): RuntimeEvent {
  const what = { kind: 'ProcessesSeen', container: 'web', id: 'c1', attempt: 0, stopSignal: 'SIGTERM' } as const;
  return { at: s(seconds), source: 'runtime', ...what, signalled: true, isPID1: true, processes };
}

const process = (pid: number, args: string, catches: readonly string[] = []): ContainerProcess => {
  return { pid, ppid: pid - 1, args, catches, ignores: [], blocks: [] };
};

const killedIn = (...processes: readonly ContainerProcess[]) => endedWith(137, ...processes);
const endedWith = (exitCode: number, ...processes: readonly ContainerProcess[]) =>
  timelineOf(
    recorded(0, 'Killing', 'Stopping container web'),
    signalled(0, 'SIGTERM', 30_000),
    seen(0.5, ...processes),
    signalled(30, 'SIGKILL', undefined),
    exited(30.1, exitCode),
  );

test('uses the processes that still ran to explain why a container did not exit', () => {
  const timeline = killedIn(process(10, 'sh -c node server.js; true'), process(11, 'node server.js'));
  expect(terminatedGracefully(timeline, START)).toMatchObject({
    outcome: 'failed',
    received: { kind: 'container', container: 'web', state: 'sigkilled' },
    reason: {
      kind: 'sigkilled',
      leftMs: 30_000,
      signal: 'SIGTERM',
      trouble: { kind: 'shell', main: 'sh', program: 'node server.js' },
    },
    fix: { kind: 'signal', trouble: { kind: 'shell' } },
  });
});

test('reports a program as slow if it handles the stop signal but exceeds the period', () => {
  expect(terminatedGracefully(killedIn(process(10, 'node server.js', ['SIGTERM'])), START)).toMatchObject({
    reason: { trouble: { kind: 'slow', program: 'node server.js' } },
    fix: { trouble: { kind: 'slow' } },
  });
});

test('reports a late exit instead of a missing handler if the container exited with 0', () => {
  expect(terminatedGracefully(endedWith(0, process(10, 'node server.js')), START)).toMatchObject({
    outcome: 'failed',
    reason: { trouble: { kind: 'late', exitCode: 0 } },
    fix: { trouble: { kind: 'late' } },
  });
});
