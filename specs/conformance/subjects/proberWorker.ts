import { after, CREATED, type Instant } from '../../../src/clock/instant';
import { createPod } from '../../../src/kubelet';
import { change, newTurn, type Turn } from '../../../src/kubelet/effects/turn';
import { doProbe, onProbeAnswered } from '../../../src/kubelet/prober/doProbe';
import { removePod } from '../../../src/kubelet/prober/proberManager';
import { newWorker } from '../../../src/kubelet/prober/worker';
import { onProbed } from '../../../src/kubelet/probeUpdates';
import type { ProberState } from '../../../src/kubelet/state/proberState';
import type { ProbeWorker } from '../../../src/kubelet/state/probeWorker';
import { resultOf, withResult } from '../../../src/kubelet/state/results';
import type { Container, Probe } from '../../../src/manifest/model';
import type { ProbeType } from '../../../src/timeline/event';
import type { ContainerStatus, PodStatus } from '../../../src/timeline/podStatus';
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
    const turn = turnOf(given, type);
    if (when.steps === undefined) return tick(turn, type, when.probeOutcome ?? when.probe);
    return {
      steps: (when.steps as readonly Words[]).map((step) => {
        if (step.set !== undefined) changeStatus(turn, step.set);
        for (let times = Number(step.stop ?? 0); times > 0; times -= 1) {
          change(turn, { prober: removePod(turn.state.prober) });
        }
        const onHoldBefore = workerOf(turn)?.onHold;
        return { ...tick(turn, type, step.probe ?? step.probeOutcome), onHoldBefore };
      }),
    };
  },
};

/** Lets the worker take a turn, whatever its ticker says; `outcome` is what the probe says, should it ask. */
function tick(turn: Turn, type: ProbeType, outcome: unknown): Words {
  turn.commands.length = 0;
  const worker = workerOf(turn);
  const ticked = worker && doProbe(turn.state.prober, worker, turn.state, turn);
  if (ticked) onProbed(turn, ticked);
  for (const command of turn.commands) {
    if (command.kind !== 'RunProbe') continue;
    const result = OUTCOMES[oneOf('probe', outcome, ['success', 'failure'])];
    const answer = { run: command.run, outcome: { result, output: '' } };
    onProbed(turn, onProbeAnswered(turn.state.prober, answer, turn.state, turn));
  }
  const left = workerOf(turn);
  const [status] = turn.state.status.containerStatuses;
  const result = resultOf(turn.state.prober.results, status?.containerID, type);
  return {
    continue: ticked?.goesOn ?? false,
    workerRegistered: left !== undefined,
    onHold: left?.onHold,
    resultRun: left?.resultRun,
    resultSet: result !== undefined,
    ...(result === undefined ? {} : { result: result.toLowerCase() }),
  };
}

function workerOf({ state }: Turn): ProbeWorker | undefined {
  return state.prober.workers[0];
}

function turnOf(given: Words, type: ProbeType): Turn {
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
  return newTurn({ ...state, status, prober: cached(given.initialResult, worker, status) }, NOW);
}

/** With a result cached already the worker knows its container. */
function cached(initialResult: unknown, worker: ProbeWorker, status: PodStatus): ProberState {
  const id = status.containerStatuses[0]?.containerID;
  if (initialResult === undefined || id === undefined) return { workers: [worker], results: {} };
  const result = PUBLISHED[oneOf('initialResult', initialResult, ['success', 'failure', 'unknown'])];
  return { workers: [{ ...worker, containerID: id }], results: withResult({}, id, worker.type, result) };
}

/** `null`: nothing is published yet. */
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
function changeStatus(turn: Turn, value: unknown): void {
  const { startedAgo, started, containerID } = wordsOf('set', value, ['startedAgo', 'started', 'containerID']);
  if (containerID !== undefined) oneOf('set.containerID', containerID, ['new']);
  const { status } = turn.state;
  const containerStatuses = status.containerStatuses.map((each) => ({
    ...each,
    ...(started === undefined ? {} : { started: started === true }),
    ...(startedAgo === undefined ? {} : { state: { running: { startedAt: ago(startedAgo) } } }),
    ...(containerID === undefined ? {} : { containerID: `${each.containerID}+` }),
  }));
  change(turn, { status: { ...status, containerStatuses } });
}

function ago(value: unknown): Instant {
  return after(NOW, -durationMs('startedAgo', value));
}
