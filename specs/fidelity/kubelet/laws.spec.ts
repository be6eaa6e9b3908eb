import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CREATED, type Instant } from '../../../src/clock/instant';
import {
  createPod,
  DEFAULT_CONFIG,
  isIdle,
  type Observation,
  type StepResult,
  step,
  wakeAt,
} from '../../../src/kubelet';
import { ScriptedRuntime } from '../../../src/runtime/scripted/scriptedRuntime';
import type { Event } from '../../../src/timeline/event';
import { type Act, type Life, life, observation } from './randomPods';

const LIFE_MS = 300_000 as Instant;
/** More steps than any pod takes at one instant. */
const MOST_AT_ONCE = 1_000;
/** The number of pods for each law. All laws together use thousands. */
const RUNS = 300;

interface Moment {
  readonly at: Instant;
  readonly seen: Observation;
  readonly before: StepResult['state'];
  readonly step: StepResult;
}

/** Simulates a pod, and returns every step. */
function play({ pod, app, acts }: Life): readonly Moment[] {
  const runtime = new ScriptedRuntime(app, pod, DEFAULT_CONFIG.kubernetesVersion, DEFAULT_CONFIG.profile);
  const moments: Moment[] = [];
  let { state } = createPod(pod);
  let now = CREATED;
  const take = (seen: Observation) => {
    const taken = step(state, seen, now);
    moments.push({ at: now, seen, before: state, step: taken });
    state = taken.state;
    for (const command of taken.commands) runtime.perform(command, now);
  };
  const todo = [...acts];
  for (;;) {
    const next = Math.min(todo[0]?.atMs ?? LIFE_MS, runtime.nextAt, wakeAt(state, now)) as Instant;
    if (next >= LIFE_MS) return moments;
    must(moments.at(-MOST_AT_ONCE)?.at !== next, `no end to what happens at ${next}`);
    now = next;
    const due = todo[0]?.atMs === now ? todo.shift() : undefined;
    if (due?.act === 'stopSandbox') runtime.killSandbox(now);
    else if (due) take(observationOf(due, pod));
    else take(runtime.take(now) ?? { kind: 'Woken' });
  }
}

function observationOf({ act }: Act, { spec }: Life['pod']): Observation {
  const renamed = spec.containers.map((container) => ({ ...container, image: 'app:2' }));
  const observations: Readonly<Record<Exclude<Act['act'], 'stopSandbox'>, Observation>> = {
    delete: { kind: 'DeleteRequested' },
    forceDelete: { kind: 'DeleteRequested', gracePeriodSeconds: 0 },
    setImage: { kind: 'SpecPatched', spec: { ...spec, containers: renamed } },
    restartKubelet: { kind: 'KubeletRestarted' },
    setCondition: { kind: 'ConditionSet', type: 'example.com/gate', status: 'True' },
  };
  return observations[act as keyof typeof observations];
}

function eventsOf(moments: readonly Moment[]): readonly Event[] {
  return moments.flatMap((moment) => moment.step.events);
}

/** Throws if a condition is false. A million calls of `expect` take longer than all simulations. */
function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

/** Holds for thousands of random pods, and whatever is done to them. */
function law(title: string, check: (moments: readonly Moment[], of: Life) => void): void {
  test(title, () => {
    fc.assert(
      fc.property(life, (each) => check(play(each), each)),
      { numRuns: RUNS },
    );
  });
}

law('never lets time run back, and never wakes in the past', (moments) => {
  let latest = CREATED;
  for (const { at, step: taken } of moments) {
    must(at >= latest, 'time runs back');
    latest = at;
    must(
      taken.events.every((event) => event.at === at),
      'an event of another time',
    );
    must(wakeAt(taken.state, at) >= at, 'wakes in the past');
  }
});

law('never has two live instances of one container', (moments) => {
  for (const { step: taken } of moments) {
    const live = taken.state.runtime.instances.filter(({ state }) => state === 'running').map(({ name }) => name);
    must(new Set(live).size === live.length, `two of ${live}`);
  }
});

law('commands no start once it has seen the deletion', (moments) => {
  for (const { before, step: taken } of moments) {
    if (before.sync.work === 'Sync') continue;
    const starts = taken.commands.filter(({ kind }) => kind === 'CreateContainer' || kind === 'StartContainer');
    must(starts.length === 0, 'starts a container of a pod that ends');
  }
});

law('is never Ready before it is started', (moments) => {
  for (const event of eventsOf(moments)) {
    if (event.kind !== 'StatusPublished') continue;
    for (const { name, ready, started, state } of event.status.containerStatuses) {
      // The API may show an exited container as Ready because of a late probe result.
      must(!ready || started === true || !state.running, `${name} is ready and not started`);
    }
  }
});

law('counts as restarts the instances created, less one', (moments) => {
  const created: Record<string, number> = {};
  for (const { seen, step: taken } of moments) {
    if (seen.kind !== 'ContainerCreated') continue;
    created[seen.container] = (created[seen.container] ?? 0) + 1;
    const newest = taken.state.runtime.instances.find(({ name }) => name === seen.container);
    must(newest?.restartCount === (created[seen.container] ?? 0) - 1, `${seen.container}: ${newest?.restartCount}`);
  }
});

law('may skip time only while nothing runs', (moments) => {
  for (const { step: taken } of moments) {
    const running = taken.state.runtime.instances.some(({ state }) => state === 'running');
    must(!isIdle(taken.state) || !running, 'idle while a container runs');
  }
});

law('starts nothing before its back-off is over', (moments) => {
  const refusedUntil: Record<string, number> = {};
  for (const { at, seen, step: taken } of moments) {
    // A changed image and a restarted kubelet reset the back-off.
    if (seen.kind === 'SpecPatched' || seen.kind === 'KubeletRestarted') return;
    for (const command of taken.commands) {
      if (command.kind === 'InspectImage') must(at >= (refusedUntil[command.container] ?? 0), 'starts too early');
      // After the removal for a restart of all containers, no back-off is left to check.
      if (command.kind === 'RemoveContainer') delete refusedUntil[command.id.replace(/-\d+$/, '')];
    }
    for (const event of taken.events) {
      if (event.kind !== 'BackOff' || event.container === undefined || event.type === 'Normal') continue;
      const { startErrors } = taken.state.backOff;
      const advertised = startErrors[event.container]?.message ?? '';
      const [, minutes = 0, seconds] = /^back-off (?:(\d+)m)?(\d+)s/.exec(advertised) ?? [];
      const exited = taken.state.runtime.instances.filter(
        ({ name, state }) => name === event.container && state === 'exited',
      );
      // A refusal after a kill looks at the instance before the one just killed, so the earliest exit bounds it.
      const finishedAt = exited.at(-1)?.finishedAt;
      if (seconds === undefined || finishedAt === undefined) continue;
      refusedUntil[event.container] = finishedAt + (Number(minutes) * 60 + Number(seconds)) * 1000;
    }
  }
});

law('runs no liveness or startup probe between its verdict and another container', (moments) => {
  const probed = new Map<string, string>();
  const judged = new Map<string, string | undefined>();
  for (const { seen, step: taken } of moments) {
    if (seen.kind === 'KubeletRestarted') judged.clear();
    for (const event of taken.events) {
      if (event.kind !== 'ProbeFinished' || event.run === 0 || event.run < event.threshold) continue;
      const holds = event.probe === 'startup' || (event.probe === 'liveness' && event.result === 'Failure');
      const worker = `${event.container}/${event.probe}`;
      if (holds) judged.set(worker, probed.get(worker));
    }
    for (const command of taken.commands) {
      if (command.kind !== 'RunProbe') continue;
      const worker = `${command.container.name}/${command.type}`;
      must(judged.get(worker) !== command.id, 'probes what it has judged');
      probed.set(worker, command.id);
    }
  }
});

law('runs the preStop hook of every container it stops, unless there is no time for it', (moments, { pod }) => {
  const hooked = new Set<string>();
  const containers = [...pod.spec.initContainers, ...pod.spec.containers];
  for (const { seen, step: taken } of moments) {
    // A kubelet that forgets the kill it was at begins a new one.
    if (seen.kind === 'KubeletRestarted') return;
    for (const event of taken.events) {
      // Restarting all containers leaves no time.
      if (event.kind === 'Killing' && event.message === 'killing') hooked.add(event.container ?? '');
      else if (event.kind === 'Killing') hooked.delete(event.container ?? '');
      if (event.kind === 'HookStarted' && event.hook === 'preStop') hooked.add(event.container);
      if (event.kind !== 'SignalSent' || event.signal === 'SIGKILL') continue;
      const hook = containers.find(({ name }) => name === event.container)?.lifecycle?.preStop;
      const hasTime = pod.spec.terminationGracePeriodSeconds !== 0;
      must(!hook || !hasTime || hooked.has(event.container), `${event.container} is stopped without its hook`);
    }
  }
});

law('tells the same when its record is replayed', (moments, { pod }) => {
  let { state } = createPod(pod);
  const again = moments.flatMap(({ seen, at }) => {
    const replayed = step(state, seen, at);
    state = replayed.state;
    return replayed.events;
  });
  expect(again).toEqual(eventsOf(moments));
});

test('accepts any order of observations, and always knows its next wake-up time', () => {
  const news = fc.array(fc.tuple(observation, fc.integer({ min: 0, max: 20_000 })), { maxLength: 60 });
  const check = ({ pod }: Life, list: readonly (readonly [Observation, number])[]) => {
    let { state } = createPod(pod);
    let now = CREATED;
    for (const [seen, passedMs] of list) {
      now = (now + passedMs) as Instant;
      state = step(state, seen, now).state;
      must(wakeAt(state, now) >= now, 'wakes in the past');
    }
  };
  fc.assert(fc.property(life, news, check), { numRuns: 10 * RUNS });
});
