import { describe, expect, test } from '@jest/globals';
import { CREATED } from '../../../src/clock/instant';
import { type Command, createPod, type Observation, untilQuiet, wakeAt } from '../../../src/kubelet';
import { named, podOf } from './pods';

/** Runs a new pod at the instant of its first sync, with a runtime that responds immediately. */
function run(respond: (command: Command) => Observation | undefined = () => undefined) {
  const { state: created } = createPod(podOf({ containers: [named('web')] }));
  const at = wakeAt(created, CREATED);
  const observations: Observation[] = [];
  const commands: string[] = [];
  let state = created;
  const isQuiet = untilQuiet(state, at, {
    take: () => observations.shift(),
    follow: (result) => {
      state = result.state;
      for (const command of result.commands) {
        commands.push(command.kind);
        const seen = respond(command);
        if (seen) observations.push(seen);
      }
    },
  });
  return { isQuiet, commands, state, at };
}

describe('untilQuiet', () => {
  test('wakes the kubelet when it is due, and ends when no instant is due', () => {
    const { isQuiet, commands, state, at } = run();
    expect(isQuiet).toBe(true);
    expect(commands).toEqual(['CreateSandbox']);
    expect(wakeAt(state, at)).toBeGreaterThan(at);
  });

  test('takes the observations after its commands at the same instant', () => {
    const { commands } = run(({ kind }) => {
      if (kind === 'CreateSandbox') return { kind: 'SandboxStarted', id: 'sandbox', podIP: '10.0.0.5' };
      return kind === 'InspectImage' ? { kind: 'ImageInspected', container: 'web', present: true } : undefined;
    });
    expect(commands).toEqual(['CreateSandbox', 'InspectImage', 'CreateContainer']);
  });

  test('stops if observations never end', () => {
    const { state } = createPod(podOf({ containers: [named('web')] }));
    let steps = 0;
    const follow = () => {
      steps += 1;
    };
    expect(untilQuiet(state, CREATED, { take: () => ({ kind: 'ContainerRemoved', id: 'gone' }), follow })).toBe(false);
    expect(steps).toBeGreaterThan(1_000);
  });
});
