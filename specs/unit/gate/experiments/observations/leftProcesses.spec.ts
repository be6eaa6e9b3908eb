import { describe, expect, test } from '@jest/globals';
import type { Actor } from '../../../../../src/gate/model/actor';
import type { ContainerProcess } from '../../../../../src/timeline/event';
import { gate, HEALTHY, pod, sentenceOf } from '../../gateOf';

const process = (pid: number, args: string, more: Partial<ContainerProcess> = {}): ContainerProcess => {
  return { pid, ppid: pid === 1 ? 0 : 1, args, catches: [], ignores: [], blocks: [], session: 1, ...more };
};
const MAIN = process(1, 'web');

/** Returns the result of the check for the processes at the first and the last sample. */
async function reapsProcesses(container: object, ...looks: readonly (readonly ContainerProcess[])[]) {
  const disguise = (actor: Actor): Actor => {
    let look = 0;
    const processes = async () => {
      look += 1;
      return [MAIN, ...(looks[Math.min(look, looks.length) - 1] ?? [])];
    };
    const container = (name: string) => Object.assign(actor.container(name), { processes });
    return new Proxy(actor, {
      get: (target, key) => (key === 'container' ? container : bound(target, Reflect.get(target, key))),
    });
  };
  const rehearsed = { spec: pod(container), app: { web: HEALTHY }, disguise };
  const { results } = await gate({ ...rehearsed, checks: ['stays-ready', 'reaps-processes'] });
  const answers = results.find(({ check }) => check === 'reaps-processes')?.answers ?? [];
  return answers.map((one) => `${one.outcome} ${one.severity ?? ''}: ${sentenceOf(one)}`);
}

function bound(target: object, value: unknown): unknown {
  return typeof value === 'function' ? value.bind(target) : value;
}

const zombie = (pid: number) => process(pid, '[convert]', { isZombie: true });
const exec = { exec: { command: ['check'] }, periodSeconds: 2 };
/** Returns a process that was started by an exited command. */
const left = (pid: number, args = 'sleep 300') => process(pid, args, { session: pid - 1 });
const [PASSED] = ['passed : no process is left behind'];

describe('check reaps-processes', () => {
  test('warns about zombies that stay and increase', async () => {
    const [found] = await reapsProcesses({}, [zombie(7)], [7, 9, 11].map(zombie));
    expect(found).toMatch(
      /^failed warning: web does not reap exited processes: 1 zombie at first, 3 after \d+\.\ds \(last: \[convert\]\)$/,
    );
  });

  test('passes if zombies are reaped, or only one stays', async () => {
    expect(await reapsProcesses({}, [zombie(7)], [9, 11, 13].map(zombie))).toContain(PASSED);
    expect(await reapsProcesses({}, [zombie(7)], [zombie(7)])).toContain(PASSED);
  });

  test('warns about processes that an exec probe leaves behind', async () => {
    const [found] = await reapsProcesses(
      { livenessProbe: exec },
      [left(20)],
      [20, 30, 40].map((pid) => left(pid)),
    );
    expect(found).toMatch(
      /^failed warning: an exec probe of web leaves processes behind: 2 more of "sleep 300" after \d+/,
    );
  });

  test('passes children of the main process and commands that still run', async () => {
    const workers = [20, 30, 40].map((pid) => process(pid, 'worker'));
    expect(await reapsProcesses({ livenessProbe: exec }, [], workers)).toContain(PASSED);
    const daemons = [20, 30].flatMap((pid) => [
      process(pid, 'job', { session: pid }),
      process(pid + 1, 'sleep', { session: pid }),
    ]);
    expect(await reapsProcesses({ livenessProbe: exec }, [], daemons)).toContain(PASSED);
  });

  test('passes new sessions in a container without exec probes', async () => {
    expect(
      await reapsProcesses(
        {},
        [],
        [20, 30, 40].map((pid) => left(pid)),
      ),
    ).toContain(PASSED);
  });

  test('never applies if the processes cannot be read', async () => {
    const { results } = await gate({ spec: pod(), app: { web: HEALTHY }, checks: ['reaps-processes'] });
    expect(results[0]).toMatchObject({ outcome: 'notApplicable' });
  });
});
