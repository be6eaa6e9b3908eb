import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { withEngineHost } from '../../../src/runtime/docker/processes/engineHost';
import type { Run } from '../../../src/runtime/docker/run';
import { EnginePod } from '../../engine/enginePod';
import { describeOnEngine } from '../../engine/onEngine';
import { beginSpecRun } from '../../engine/specRun';
import { realLimit } from '../../pace';
import { EngineMachine } from './engineMachine';

type SignalName = 'SIGSTOP' | 'SIGCONT' | 'SIGKILL';

/** Enough time for a signal to arrive on an idle machine. */
const ARRIVES_MS = 200;

// The agent reads a pid first and signals it later, when the kernel may have given it to a process of the machine.
// Here, the list of pids of a container contains such a pid.
describeOnEngine('a signal for a process that has exited', () => {
  let run: Run;
  let end: () => Promise<void>;
  let pods: readonly EnginePod[];
  let ids: readonly string[];
  let machine: EngineMachine;
  let bystander: number;

  beforeAll(async () => {
    ({ run, end } = await beginSpecRun());
    pods = ['1', '2'].map((key) => new EnginePod(run, key));
    ids = await Promise.all(pods.map((pod) => pod.start({ command: ['sleep', '600'] })));
    machine = await EngineMachine.reach();
    // SIGSTOP is lost while the process of the engine becomes that of the container.
    for (const id of ids) while (!(await argsOf(await pidOf(id))).startsWith('sleep'));
    bystander = Number(await machine.sh('trap "" HUP; setsid sleep 600 >/dev/null 2>&1 & echo $!'));
  });
  afterEach(() => machine.sh(`kill -CONT ${bystander}`));
  afterAll(async () => {
    await machine.sh(`kill -KILL ${bystander}`);
    await machine[Symbol.asyncDispose]();
    await end();
  });

  const pidOf = async (id = '') => (await run.engine.docker.getContainer(id).inspect()).State.Pid;
  const argsOf = (pid: number) => machine.sh(`cat /proc/${pid}/cmdline`);
  const stateOf = async (pid: number) => /^State:\t(\w)/m.exec(await machine.sh(`cat /proc/${pid}/status`))?.[1];
  /** Returns the states of the process of the first container and of another process. */
  const statesOf = async (other: number) => Promise.all([await pidOf(ids[0]), other].map(stateOf));

  /** Signals the process of the first container and another one, from this machine or from a helper container. */
  async function signal(name: SignalName, other: number, isFromContainer: boolean): Promise<void> {
    const signalHere = { ...run.signalHere, send: async () => false };
    const from = isFromContainer ? ({ ...run, signalHere } as unknown as Run) : run;
    await withEngineHost(from, ids[0] ?? '', async (host) => host.signal([await pidOf(ids[0]), other], name));
    await sleep(realLimit(ARRIVES_MS));
  }

  for (const isFromContainer of [false, true]) {
    const where = isFromContainer ? 'sent from a container of ours' : 'sent from this machine';

    test(`does not reach a process of the machine (SIGSTOP ${where})`, async () => {
      await signal('SIGSTOP', bystander, isFromContainer);
      expect(await statesOf(bystander)).toEqual(['T', 'S']);
      await signal('SIGCONT', bystander, isFromContainer);
      expect(await statesOf(bystander)).toEqual(['S', 'S']);
    });

    test(`does not reach a process of another container (SIGSTOP ${where})`, async () => {
      const other = await pidOf(ids[1]);
      await signal('SIGSTOP', other, isFromContainer);
      expect(await statesOf(other)).toEqual(['T', 'S']);
      await signal('SIGCONT', other, isFromContainer);
    });

    test(`does not reach the sandbox of the pod (SIGSTOP ${where})`, async () => {
      const { id } = await (pods[0] as EnginePod).next('SandboxStarted');
      const sandbox = await pidOf(id);
      await signal('SIGSTOP', sandbox, isFromContainer);
      expect(await statesOf(sandbox)).toEqual(['T', 'S']);
      await signal('SIGCONT', sandbox, isFromContainer);
    });
  }

  test('does not reach a process of the machine (SIGKILL)', async () => {
    await signal('SIGKILL', bystander, false);
    expect(await stateOf(bystander)).toBe('S');
  });
});
