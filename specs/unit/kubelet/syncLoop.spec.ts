import { describe, expect, test } from '@jest/globals';
import { CREATED, NEVER } from '../../../src/clock/instant';
import { NODE, type PodState } from '../../../src/kubelet';
import type { Command, Observation } from '../../../src/kubelet/state/protocol';
import { createPod, isIdle, isStill, isWaiting, step, wakeAt } from '../../../src/kubelet/syncLoop';
import type { Event } from '../../../src/timeline/event';
import { s } from '../../fidelity/kubelet/scenarios';
import { named, podOf } from './pods';

type Spec = Parameters<typeof podOf>[0];
type Config = Parameters<typeof createPod>[1];
type Seen = readonly [seconds: number, ...seen: readonly Observation[]];

const WOKEN: Observation = { kind: 'Woken' };
const probe = { exec: { command: ['check'] } };
const one: Spec = { containers: [named('app')] };
const two: Spec = { containers: [named('app'), named('log')] };

function play(before: PodState, ...script: readonly Seen[]) {
  let state = before;
  const commands: Command[] = [];
  const events: Event[] = [];
  for (const [seconds, ...seen] of script) {
    for (const observation of seen) {
      const result = step(state, observation, s(seconds));
      state = result.state;
      commands.push(...result.commands);
      events.push(...result.events);
    }
  }
  return { state, commands, events, kinds: events.map(({ kind }) => kind), does: commands.map(words) };
}

/** Formats a command: `StartContainer app`. The ID of an instance is the name of its container. */
function words(command: Command): string {
  const target = 'id' in command ? command.id : 'container' in command ? nameOf(command.container) : '';
  const signal = command.kind === 'SignalContainer' ? ` ${command.signal}` : '';
  return `${command.kind} ${target}${signal}`.trim();
}

function nameOf(container: string | { readonly name: string }): string {
  return typeof container === 'string' ? container : container.name;
}

const starts = (name: string): readonly Observation[] => [
  { kind: 'ImageInspected', container: name, present: true },
  { kind: 'ContainerCreated', container: name, id: name },
  { kind: 'ContainerStarted', id: name },
];
const exits = (id: string, exitCode: number): Observation => ({ kind: 'ContainerExited', id, exitCode });

/** Returns a pod whose containers run since 0s, as the API shows it. */
function running(spec: Spec, config: Config = {}): PodState {
  const { state } = createPod(podOf(spec), config);
  const names = state.pod.spec.containers.map(({ name }) => name);
  const sandbox: Observation = { kind: 'SandboxStarted', id: 's', podIP: '10.0.0.1' };
  return play(state, [0, WOKEN, sandbox, ...names.flatMap(starts), WOKEN]).state;
}

describe('createPod', () => {
  test('binds the pod to the node, and publishes Pending', () => {
    const { state, events, commands } = createPod(podOf(one));
    expect(events).toMatchObject([
      { kind: 'Scheduled', from: 'default-scheduler', message: 'Successfully assigned shop/web to jest-kubelet' },
      { kind: 'StatusPublished', status: { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'True' }] } },
    ]);
    expect(commands).toEqual([]);
    expect(wakeAt(state, CREATED)).toBe(CREATED);
  });

  test('records no Scheduled event if the pod names its node', () => {
    const { events } = createPod(podOf({ ...one, nodeName: 'jest-kubelet' }));
    expect(events.map(({ kind }) => kind)).toEqual(['StatusPublished']);
  });

  test('never schedules a pod that is too large for the node', () => {
    const app = named('app', { resources: { requests: { memory: '2Gi' } } });
    const { state, events } = createPod(podOf({ containers: [app] }), { allocatable: { memory: '1Gi' } });
    expect(events).toMatchObject([{ kind: 'FailedScheduling', type: 'Warning' }, { kind: 'StatusPublished' }]);
    expect(wakeAt(state, CREATED)).toBe(NEVER);
    expect(play(state, [60, WOKEN]).does).toEqual([]);
  });
});

describe('step', () => {
  test('starts a pod one command after another', () => {
    const { state } = createPod(podOf(one));
    const { does } = play(state, [0, WOKEN, { kind: 'SandboxStarted', id: 's', podIP: '10.0.0.1' }, ...starts('app')]);
    expect(does).toEqual(['CreateSandbox', 'InspectImage app', 'CreateContainer app', 'StartContainer app']);
  });

  test('restarts a container in the sync after its exit, not immediately', () => {
    const exit = play(running(one), [5, exits('app', 1)]);
    expect(exit.does).toEqual([]);
    expect(wakeAt(exit.state, s(5))).toBe(s(5));
    expect(play(exit.state, [5, WOKEN]).does).toEqual(['InspectImage app']);
  });

  test('ticks the probe workers before it syncs', () => {
    const spec: Spec = { containers: [named('app', { livenessProbe: probe }), named('log')] };
    const { does } = play(running(spec), [10, exits('log', 1), WOKEN]);
    expect(does).toEqual(['RunProbe app', 'InspectImage log']);
  });

  test('runs no other command during a postStart hook', () => {
    const spec: Spec = { containers: [named('app', { lifecycle: { postStart: probe } }), named('log')] };
    const { state } = createPod(podOf(spec));
    const sandbox: Observation = { kind: 'SandboxStarted', id: 's', podIP: '10.0.0.1' };
    const hooked = play(state, [0, WOKEN, sandbox, ...starts('app'), WOKEN]);
    expect(hooked.does.at(-1)).toBe('RunHook app');
    const deleted = play(hooked.state, [40, { kind: 'DeleteRequested' }, WOKEN]);
    expect(deleted.does).toEqual([]);
    expect(deleted.state.status.containerStatuses).toMatchObject([
      { state: { waiting: { reason: 'ContainerCreating' } } },
      { state: { waiting: { reason: 'ContainerCreating' } } },
    ]);
    const answered: Observation = { kind: 'HookAnswered', run: 1, outcome: { failed: false } };
    expect(play(hooked.state, [40, answered]).does).toEqual(['InspectImage log']);
  });

  test('ignores unknown observations', () => {
    const before = running(one);
    const { state, commands, events } = play(before, [5, exits('other', 1), { kind: 'ContainerStarted', id: 'other' }]);
    expect({ state, commands, events }).toEqual({ state: before, commands: [], events: [] });
  });

  test('treats a failed command as an observation of its failure', () => {
    const { state } = createPod(podOf(one));
    const failed: Observation = {
      kind: 'RuntimeFailed',
      command: { kind: 'CreateSandbox', attempt: 0 },
      message: 'no network',
    };
    const { events } = play(state, [0, WOKEN, failed]);
    expect(events.at(-1)).toMatchObject({ kind: 'FailedCreatePodSandBox', type: 'Warning' });
  });
});

describe('termination of a pod', () => {
  test('sends SIGTERM, and SIGKILL after the grace period', () => {
    const deleted = play(running(one), [5, { kind: 'DeleteRequested' }, WOKEN]);
    expect(deleted.does).toEqual(['SignalContainer app stop']);
    expect(wakeAt(deleted.state, s(5))).toBe(s(35));
    expect(play(deleted.state, [34.999, WOKEN]).does).toEqual([]);
    expect(play(deleted.state, [35, WOKEN]).does).toEqual(['SignalContainer app SIGKILL']);
  });

  test.each([
    [4, 4, 10],
    [10, 10, 12],
  ])('sleeps in preStop for %i s and sends SIGTERM at %i s and SIGKILL at %i s', (seconds, term, kill) => {
    const app = named('app', { lifecycle: { preStop: { sleep: { seconds } } } });
    const before = running({ containers: [app], terminationGracePeriodSeconds: 10 });
    const deleted = play(before, [0, { kind: 'DeleteRequested' }, WOKEN]);
    expect(deleted.does).toEqual([]);
    expect(wakeAt(deleted.state, s(1))).toBe(s(term));
    const signalled = play(deleted.state, [term, WOKEN]);
    expect(signalled.does).toEqual(['SignalContainer app stop']);
    expect(wakeAt(signalled.state, s(term))).toBe(s(kill));
    expect(play(signalled.state, [kill, WOKEN]).does).toEqual(['SignalContainer app SIGKILL']);
  });

  test('starts at activeDeadlineSeconds after the start time of the pod', () => {
    const before = running({ ...one, activeDeadlineSeconds: 30 });
    expect(wakeAt(before, s(5))).toBe(s(30));
    const over = play(before, [30, WOKEN, WOKEN]);
    expect(over.kinds).toContain('DeadlineExceeded');
    expect(over.does).toEqual(['SignalContainer app stop']);
    const stopped: Observation = { kind: 'SandboxStopped', id: 's' };
    const { state } = play(over.state, [31, exits('app', 143), stopped, WOKEN, WOKEN]);
    expect(state.status).toMatchObject({ phase: 'Failed', reason: 'DeadlineExceeded' });
    expect(wakeAt(state, s(31))).toBe(NEVER);
  });
});

describe('wakeAt', () => {
  test('returns the resync after a minute, or up to half a minute later on a node', () => {
    expect(wakeAt(running(one), s(5))).toBe(s(60));
    const node = wakeAt(running(one, { profile: { ...NODE, firstSyncMs: 0, relistMs: 0 } }), s(5));
    expect(node).toBeGreaterThan(s(60));
    expect(node).toBeLessThanOrEqual(s(90));
  });

  test('returns the next tick of a probe worker, and now if a sync is due', () => {
    const spec: Spec = { containers: [named('app', { livenessProbe: { ...probe, periodSeconds: 7 } })] };
    expect(wakeAt(running(spec), s(5))).toBe(s(7));
    expect(wakeAt(createPod(podOf(spec)).state, s(5))).toBe(s(5));
  });

  test.each([
    ['1.35', 12],
    ['1.34', 12.5],
  ])('returns the retry after back-off in %s at %f s', (kubernetesVersion, seconds) => {
    const before = running(one, { kubernetesVersion });
    const first = play(before, [1, exits('app', 1), WOKEN]);
    const again = [
      { kind: 'ImageInspected', container: 'app', present: true },
      { kind: 'ContainerCreated', container: 'app', id: 'second' },
      { kind: 'ContainerStarted', id: 'second' },
    ] as const;
    // The exit at 2s is seen at 2.5s. Since 1.35, the wait is 10s from the exit, and before from the sync.
    const { state, kinds } = play(first.state, [1, ...again, WOKEN], [2, exits('second', 1)], [2.5, WOKEN]);
    expect(kinds).toContain('BackOff');
    expect(wakeAt(state, s(2.5))).toBe(s(seconds));
  });
});

describe('isIdle', () => {
  const still = { isFrozen: () => false, isUnanswered: () => false };

  test('returns false while a container runs, and true once all have exited', () => {
    const never = running({ ...two, restartPolicy: 'Never' });
    expect([isIdle(never), isWaiting(never, still), isStill(never, still)]).toEqual([false, true, false]);
    const { state } = play(never, [5, exits('app', 0), exits('log', 0)]);
    expect(isIdle(state)).toBe(true);
  });

  test('returns true only while every container is frozen', () => {
    const before = running(two);
    expect(isIdle(before, { ...still, isFrozen: () => true })).toBe(true);
    expect(isIdle(before, { ...still, isFrozen: (id) => id === 'app' })).toBe(false);
  });

  test('returns false during an attempt of a probe, unless no process can respond to it', () => {
    const probed = running({ containers: [named('app', { livenessProbe: probe })] });
    const { state } = play(probed, [10, WOKEN]);
    const frozen = { ...still, isFrozen: () => true };
    expect(isIdle(state, frozen)).toBe(false);
    expect(isIdle(state, { ...frozen, isUnanswered: () => true })).toBe(true);
  });

  test('returns true during the grace period of a frozen container', () => {
    const { state } = play(running(one), [5, { kind: 'DeleteRequested' }, WOKEN]);
    expect(isIdle(state)).toBe(false);
    expect(isIdle(state, { ...still, isFrozen: () => true })).toBe(true);
  });

  test('returns false while a container starts', () => {
    const { state } = play(createPod(podOf(one)).state, [0, WOKEN]);
    expect(isIdle(state)).toBe(false);
  });
});
