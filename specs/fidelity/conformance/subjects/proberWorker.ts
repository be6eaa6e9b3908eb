import { after, CREATED, type Instant } from '../../../../src/clock/instant';
import { createPod, type PodState } from '../../../../src/kubelet';
import { newEffects } from '../../../../src/kubelet/effects/effects';
import { doProbe, onProbeAnswered } from '../../../../src/kubelet/prober/doProbe';
import { removePod } from '../../../../src/kubelet/prober/proberManager';
import { newWorker } from '../../../../src/kubelet/prober/worker';
import { onProbed } from '../../../../src/kubelet/probeUpdates';
import type { ProberState } from '../../../../src/kubelet/state/proberState';
import type { ProbeWorker } from '../../../../src/kubelet/state/probeWorker';
import { resultOf, withResult } from '../../../../src/kubelet/state/results';
import type { Container, Probe } from '../../../../src/manifest/model';
import type { ProbeType } from '../../../../src/timeline/event';
import type { ContainerStatus, PodStatus } from '../../../../src/timeline/podStatus';
import { phaseOf } from './conditions';
import { containerOf, probeHandlerOf } from './handlers';
import { restartPolicyOf, stateOf } from './pods';
import { durationMs, oneOf, type Subject, type Words, wordsOf } from './words';

const NOW = after(CREATED, 3_600_000);
const NAME = 'container';
const TYPES = ['liveness', 'readiness', 'startup'] as const;
const OUTCOMES = { success: 'Success', failure: 'Failure' } as const;
const PUBLISHED = { success: 'Success', failure: 'Failure', unknown: 'Unknown' } as const;
const RUNS: Partial<Probe> = { exec: { command: ['true'] } };

export const proberWorker: Readonly<Record<string, Subject>> = {
  /** One turn, or as many as there are steps. The clock stands still: only what a case changes changes. */
  'prober.worker.tick': async (given, when) => {
    const type = oneOf('probeType', given.probeType, TYPES);
    let state = podOf(given, type);
    if (when.steps === undefined) return tick(state, type, when.probeOutcome ?? when.probe).shown;
    const steps = (when.steps as readonly Words[]).map((step) => {
      if (step.set !== undefined) state = { ...state, status: changeStatus(state, step.set) };
      for (let times = Number(step.stop ?? 0); times > 0; times -= 1) {
        state = { ...state, prober: removePod(state.prober) };
      }
      const onHoldBefore = workerOf(state)?.onHold;
      const ticked = tick(state, type, step.probe ?? step.probeOutcome);
      state = ticked.state;
      return { ...ticked.shown, onHoldBefore };
    });
    return { steps };
  },
};

/** Lets the worker take a turn, whatever its ticker says; `outcome` is what the probe says, should it ask. */
function tick(
  before: PodState,
  type: ProbeType,
  outcome: unknown,
): { readonly state: PodState; readonly shown: Words } {
  const out = newEffects(before, NOW);
  const worker = workerOf(before);
  const ticked = worker && doProbe(before.prober, worker, before, out);
  let state = ticked ? onProbed(before, ticked, out) : before;
  for (const command of out.commands) {
    if (command.kind !== 'RunProbe') continue;
    const result = OUTCOMES[oneOf('probe', outcome, ['success', 'failure'])];
    const answer = { run: command.run, outcome: { result, output: '' } };
    state = onProbed(state, onProbeAnswered(state.prober, answer, state, out), out);
  }
  const left = workerOf(state);
  const [status] = state.status.containerStatuses;
  const result = resultOf(state.prober.results, status?.containerID, type);
  const shown = {
    continue: ticked?.goesOn ?? false,
    workerRegistered: left !== undefined,
    onHold: left?.onHold,
    resultRun: left?.resultRun,
    resultSet: result !== undefined,
    ...(result === undefined ? {} : { result: result.toLowerCase() }),
  };
  return { state: { ...state, nextRun: out.nextRun }, shown };
}

function workerOf({ prober }: PodState): ProbeWorker | undefined {
  return prober.workers[0];
}

function podOf(given: Words, type: ProbeType): PodState {
  const probe = {
    ...RUNS,
    ...probeHandlerOf(given.probeDefaults ?? {}),
    ...probeHandlerOf(given.probe ?? {}),
  } as Probe;
  const container: Container = containerOf({ name: NAME, [`${type}Probe`]: probe });
  const spec = { restartPolicy: restartPolicyOf(given.restartPolicy), containers: [container], initContainers: [] };
  const deleting = given.deletionTimestamp !== undefined && given.deletionTimestamp !== null;
  const { state } = createPod({ metadata: { name: 'pod', namespace: 'ns', uid: 'uid' }, spec });
  const status = statusOf(given.podStatus, state.status);
  const worker = newWorker(container, type, probe, NOW, deleting);
  return { ...state, status, prober: withCachedResult(given.initialResult, worker, status) };
}

/** Returns a state with a cached result, so that the worker knows its container. */
function withCachedResult(initialResult: unknown, worker: ProbeWorker, status: PodStatus): ProberState {
  const id = status.containerStatuses[0]?.containerID;
  if (initialResult === undefined || id === undefined) return { workers: [worker], results: {} };
  const result = PUBLISHED[oneOf('initialResult', initialResult, ['success', 'failure', 'unknown'])];
  return { workers: [{ ...worker, containerID: id }], results: withResult({}, id, worker.type, result) };
}

/** Returns the published status. `null` means that no status is published yet. */
function statusOf(value: unknown, created: PodStatus): PodStatus {
  if (value === null || value === undefined) return created;
  const { phase, container } = wordsOf('podStatus', value, ['phase', 'container']);
  const other: ContainerStatus = { name: 'another', image: '', restartCount: 0, ready: true, state: {}, lastState: {} };
  const own = container === 'absent' ? other : containerStatusOf(container);
  return { ...created, phase: phaseOf(phase), containerStatuses: [own] };
}

function containerStatusOf(value: unknown): ContainerStatus {
  const { state, started, startedAgo, exitCode } = wordsOf('podStatus.container', value, [
    'state',
    'started',
    'startedAgo',
    'exitCode',
  ]);
  const is = stateOf('podStatus.container', state, { exitCode });
  return {
    name: NAME,
    image: '',
    containerID: 'id',
    restartCount: 0,
    ready: false,
    started: started === true,
    state: is.running ? { running: { startedAt: ago(startedAgo ?? '0s') } } : is,
    lastState: {},
  };
}

/** Changes what is published of the container before the worker looks. */
function changeStatus({ status }: PodState, value: unknown): PodStatus {
  const { startedAgo, started, containerID } = wordsOf('set', value, ['startedAgo', 'started', 'containerID']);
  if (containerID !== undefined) oneOf('set.containerID', containerID, ['new']);
  const containerStatuses = status.containerStatuses.map((each) => ({
    ...each,
    ...(started === undefined ? {} : { started: started === true }),
    ...(startedAgo === undefined ? {} : { state: { running: { startedAt: ago(startedAgo) } } }),
    ...(containerID === undefined ? {} : { containerID: `${each.containerID}+` }),
  }));
  return { ...status, containerStatuses };
}

function ago(value: unknown): Instant {
  return after(NOW, -durationMs('startedAgo', value));
}
