import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { freeze } from '../../../src/runtime/docker/freeze';
import type { Run } from '../../../src/runtime/docker/run';

/** Processes that are there, so that they are this machine's to signal. */
const [MAIN, CHILD] = [process.pid, process.ppid];
/** Found in any path of a cgroup. */
const ID = '/';

let told: unknown[][];

beforeEach(() => {
  told = [];
  jest.spyOn(process, 'kill').mockImplementation((...signal) => {
    told.push(signal);
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** What the engine's ps says of the main process and of what it has brought forth, a look after another. */
function looks(...each: readonly (readonly (readonly [pid: number, state: string])[])[]): Run {
  let look = 0;
  const top = async () => {
    const found = each[Math.min(look, each.length - 1)] ?? [];
    look += 1;
    return {
      Titles: ['PID', 'PPID', 'STAT'],
      Processes: found.map(([pid, state]) => [String(pid), pid === MAIN ? '7' : String(MAIN), state]),
    };
  };
  const inspect = async () => ({ State: { Pid: MAIN } });
  return { engine: { kind: 'Docker', docker: { getContainer: () => ({ inspect, top }) } } } as unknown as Run;
}

test('whoever has not heeded a SIGSTOP is told again, as it is lost on a process about to run another program', async () => {
  await freeze(looks([[MAIN, 'Sl']], [[MAIN, 'Ss']], [[MAIN, 'Tsl']]), ID);
  expect(told).toEqual([
    [MAIN, 'SIGSTOP'],
    [MAIN, 'SIGSTOP'],
  ]);
});

test('whoever was forked before all had stopped is stopped as well', async () => {
  const forked = [[MAIN, 'T'] as const, [CHILD, 'R'] as const];
  const stopped = [[MAIN, 'T'] as const, [CHILD, 'T'] as const];
  await freeze(looks([[MAIN, 'R']], forked, stopped), ID);
  expect(told).toEqual([
    [MAIN, 'SIGSTOP'],
    [CHILD, 'SIGSTOP'],
  ]);
});

test('whoever nothing may interrupt is not waited for: it stops before it goes on', async () => {
  await freeze(looks([[MAIN, 'D']]), ID);
  expect(told).toEqual([
    [MAIN, 'SIGSTOP'],
    [MAIN, 'SIGSTOP'],
  ]);
});

test('what cannot be stopped is thawed', async () => {
  await expect(freeze(looks([[MAIN, 'R']]), ID)).rejects.toThrow('does not stand still, however often it is stopped');
  expect(told.at(-1)).toEqual([MAIN, 'SIGCONT']);
});
