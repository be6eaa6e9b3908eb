import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { CommandRunner } from '../../../../src/agent/pod/commandRunner';
import { CREATED } from '../../../../src/clock/instant';
import { type Command, DEFAULT_CONFIG } from '../../../../src/kubelet';
import type { ExecResult } from '../../../../src/probes/ports';
import { named, podOf } from '../../kubelet/pods';

const exec = { command: ['check'] };
const pod = podOf({ containers: [named('web', { readinessProbe: { exec } })] });
const [container] = pod.spec.containers;
const target = { run: 7, id: 'web-0', container, podIP: '10.0.0.5' };
const RUN_PROBE = { kind: 'RunProbe', type: 'readiness', probe: container?.readinessProbe, ...target } as Command;
const RUN_HOOK = { kind: 'RunHook', hook: 'preStop', handler: { exec }, ...target } as Command;

/** Creates a runner whose commands have the given result, and records its calls. */
function runner(result: ExecResult) {
  const calls: unknown[] = [];
  const ports = {
    pod,
    settings: DEFAULT_CONFIG,
    inbox: {
      now: () => CREATED,
      observe: (seen: unknown) => calls.push(seen),
      note: (event: unknown) => calls.push(event),
      break: (error: unknown) => calls.push(error),
    },
    driver: { isStill: false },
    runtime: {
      execInContainer: async () => result,
      connectInside: async () => undefined,
      listeners: async () => ['127.0.0.1:80'],
      perform: async (command: Command) => calls.push(command.kind),
      faults: { isFrozen: () => false },
    },
    starvation: { watchCommand: () => () => undefined, watchEngine: () => calls.push('watchEngine') },
    fair: {},
  };
  const commands = new CommandRunner(ports as unknown as ConstructorParameters<typeof CommandRunner>[0]);
  const run = async (command: Command) => {
    commands.onCommand(command);
    for (let turns = 0; turns < 5; turns += 1) await turn();
    return calls;
  };
  return { run };
}

describe('CommandRunner', () => {
  test('reports the result of a probe to the kubelet', async () => {
    const { run } = runner({ kind: 'Exited', exitCode: 0, output: 'ok' });
    const outcome = { result: 'Success', output: 'ok' };
    expect(await run(RUN_PROBE)).toEqual([{ kind: 'ProbeAnswered', run: 7, outcome }]);
  });

  test('samples listeners after a probe was refused', async () => {
    const { run } = runner({ kind: 'Exited', exitCode: 1, output: 'curl: connection refused' });
    expect(await run(RUN_PROBE)).toMatchObject([
      { kind: 'ProbeAnswered', outcome: { result: 'Failure' } },
      { kind: 'ListenersSeen', container: 'web', addresses: ['127.0.0.1:80'] },
    ]);
  });

  test('reports a failed hook to the kubelet', async () => {
    const { run } = runner({ kind: 'Exited', exitCode: 3, output: 'no' });
    expect(await run(RUN_HOOK)).toMatchObject([{ kind: 'HookAnswered', run: 7, outcome: { failed: true } }]);
  });

  test('passes other commands to the runtime, and watches the engine while they run', async () => {
    const { run } = runner({ kind: 'TimedOut', output: '' });
    expect(await run({ kind: 'StartContainer', id: 'web-0', container: 'web' } as Command)).toEqual([
      'StartContainer',
      'watchEngine',
    ]);
  });
});
