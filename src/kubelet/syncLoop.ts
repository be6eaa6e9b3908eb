import { CREATED, earliest, type Instant, NEVER } from '../clock/instant';
import type { Pod } from '../manifest/model';
import { isTerminal } from '../timeline/condition';
import type { Event } from '../timeline/event';
import { behaviorOf } from './behavior/behaviorOf';
import { DEFAULT_CONFIG, type KubeletConfig } from './behavior/config';
import { type Effects, emit, newEffects } from './effects/effects';
import { failedAs } from './kuberuntime/runtimeFailed';
import { onObservation } from './onObservation';
import { advancePass, managePodLoop } from './podWorkers/podWorkers';
import { activeDeadlineAt } from './podWorkers/publishStatus';
import { relist, requestSync } from './podWorkers/updatePod';
import { wakeWorkerAt } from './prober/proberManager';
import { tickWorkers } from './probeUpdates';
import { findUnschedulable } from './scheduler/fit';
import { computePodQOS } from './scheduler/qos';
import { NO_BACK_OFF } from './state/backOffState';
import type { Doing, Kill } from './state/pass';
import type { PodState } from './state/podState';
import { NOTHING_PROBED } from './state/proberState';
import type { Command, Observation } from './state/protocol';
import { nextQueueLookAt, rasterOf } from './state/raster';
import { NOTHING_RUNS } from './state/runtimeState';
import { createdStatus } from './status/statusManager';

/** Result of one observation: the new state, its commands and its events. */
export interface StepResult {
  readonly state: PodState;
  readonly commands: readonly Command[];
  readonly events: readonly Event[];
}

/**
 * Returns a pod that has just been created and bound to the node of a kubelet that has long been running. A pod that
 * exceeds the node is not bound: no kubelet ever sees it.
 */
export function createPod(pod: Pod, config: Partial<KubeletConfig> = {}): StepResult {
  const settings = { ...DEFAULT_CONFIG, ...config };
  const behavior = behaviorOf(settings.kubernetesVersion, settings.featureGates);
  const unschedulable = findUnschedulable(pod, settings);
  const status = createdStatus(CREATED, computePodQOS(pod, behavior), unschedulable);
  const state: PodState = {
    pod: { ...pod, foreignConditions: {} },
    config: settings,
    isOver: false,
    behavior,
    kubeletStartedAt: Number.NEGATIVE_INFINITY as Instant,
    runtime: NOTHING_RUNS,
    raster: rasterOf(settings.profile, settings.seed),
    prober: NOTHING_PROBED,
    status,
    backOff: NO_BACK_OFF,
    sync: {
      work: unschedulable === undefined ? 'Sync' : 'Finished',
      dueAt: unschedulable === undefined ? (settings.profile.firstSyncMs as Instant) : NEVER,
      lookAt: CREATED,
      relisted: NOTHING_RUNS,
      relistAt: NEVER,
      unseen: [],
      takenAt: NEVER,
      isWantedAgain: false,
    },
    lateHooks: [],
    nextRun: 1,
    random: settings.seed,
    removed: false,
  };
  const out = newEffects(state, CREATED);
  const { name, namespace } = pod.metadata;
  const scheduling = { source: 'kubelet', at: CREATED, from: 'default-scheduler' } as const;
  if (unschedulable === undefined && pod.spec.nodeName === undefined) {
    const message = `Successfully assigned ${namespace}/${name} to ${NODE_NAME}`;
    emit(out, { ...scheduling, kind: 'Scheduled', type: 'Normal', message });
  } else if (unschedulable !== undefined)
    emit(out, { ...scheduling, kind: 'FailedScheduling', type: 'Warning', message: unschedulable });
  emit(out, { source: 'status', kind: 'StatusPublished', at: CREATED, status });
  return resultOf(state, out);
}

/** The node of every pod. */
const NODE_NAME = 'jest-kubelet';

/**
 * Takes one observation into account; no order of them makes it throw. At one instant, observations come first, then
 * (`Woken`) the workers' ticks, then the sync.
 */
export function step(state: PodState, seen: Observation, at: Instant): StepResult {
  const out = newEffects(state, at);
  const news = seen.kind === 'RuntimeFailed' ? failedAs(seen.command, seen.message) : seen;
  if (!news) return resultOf(state, out);
  const next = news.kind === 'Woken' ? wake(state, out) : advancePass(onObservation(state, news, out), news, out);
  return resultOf(next, out);
}

/** Returns the state with the draws of the step, beside the rest of its effects. */
function resultOf(state: PodState, { commands, events, lateHooks: late, nextRun, random }: Effects): StepResult {
  const lateHooks = late.length === 0 ? state.lateHooks : [...state.lateHooks, ...late];
  return { state: { ...state, lateHooks, nextRun, random }, commands, events };
}

function wake(before: PodState, out: Effects): PodState {
  const { at } = out;
  const seen = before.sync.relistAt <= at ? { ...before, sync: relist(before.sync, before, out) } : before;
  const ticked = advancePass(tickWorkers(seen, out), undefined, out);
  const state = isPastDeadline(ticked, at) ? { ...ticked, sync: requestSync(ticked.sync, ticked, out) } : ticked;
  return !state.sync.pass && state.sync.dueAt <= at ? managePodLoop(state, out) : state;
}

/**
 * Returns the next instant at which the kubelet does something without an observation; never before `now`, NEVER when
 * the pod is over.
 */
export function wakeAt(state: PodState, now: Instant): Instant {
  const { sync, prober } = state;
  let at: Instant = earliest(sync.pass ? doingWakesAt(sync.pass.doing, now) : sync.dueAt, sync.relistAt);
  for (const worker of prober.workers) at = earliest(at, wakeWorkerAt(worker, now));
  if (sync.work === 'Sync' && !sync.pass) {
    // A sync for the deadline needs a newer look at the runtime, as any other.
    const deadline = Math.max(nextQueueLookAt(state, activeDeadlineAt(state)), sync.lookAt) as Instant;
    if (!isTerminal(state.status.phase)) at = earliest(at, deadline);
  }
  return Math.max(at, now) as Instant;
}

function isPastDeadline(state: PodState, at: Instant): boolean {
  return state.sync.work === 'Sync' && at >= nextQueueLookAt(state, activeDeadlineAt(state));
}

function doingWakesAt(doing: Doing | undefined, now: Instant): Instant {
  if (doing?.kind === 'KillContainers') return earliest(...doing.kills.map(killWakesAt));
  if (doing?.kind !== 'StartContainer') return doing ? NEVER : now;
  if (doing.stage === 'postStart') return doing.hook?.sleepsUntil ?? NEVER;
  return doing.kill ? killWakesAt(doing.kill) : NEVER;
}

function killWakesAt(kill: Kill): Instant {
  if (kill.stage === 'done') return NEVER;
  return kill.stage === 'preStop' ? earliest(kill.until, kill.hook?.sleepsUntil ?? NEVER) : kill.until;
}

/** Parts of a pod that only time changes. */
export interface StillPod {
  /** True for an instance of a container whose processes are all stopped: it does nothing by itself. */
  readonly isFrozen: (id: string) => boolean;
  /** True for a run of a probe that nothing will respond to. */
  readonly isUnanswered: (run: number) => boolean;
}

const MOVING: StillPod = { isFrozen: () => false, isUnanswered: () => false };

/** Returns whether time may be skipped: no container acts and nothing is in flight. */
export function isIdle(state: PodState, still = MOVING): boolean {
  return isWaiting(state, still) && isStill(state, still);
}

/** True if every container is frozen or has exited. */
export function isStill({ runtime }: PodState, { isFrozen }: StillPod): boolean {
  return runtime.instances.every(({ id, state }) => state === 'exited' || (state === 'running' && isFrozen(id)));
}

/** True if nothing is in flight: the kubelet only waits for time to pass. */
export function isWaiting({ sync, prober }: PodState, still: StillPod): boolean {
  const isPassWaiting = !sync.pass || (sync.pass.doing !== undefined && outwaits(sync.pass.doing, still));
  return isPassWaiting && prober.workers.every(({ inFlight }) => !inFlight || still.isUnanswered(inFlight.run));
}

/**
 * Returns whether a stop lasts until its limit. A frozen container does not exit on its stop signal, so its grace
 * period passes; a sleep hook is only a timer.
 */
function outwaits(doing: Doing, { isFrozen }: StillPod): boolean {
  if (doing.kind !== 'KillContainers') return false;
  return doing.kills.every(({ id, stage, until, hook }) => {
    if (stage === 'preStop') return hook?.sleepsUntil !== undefined && isFrozen(id);
    return stage === 'done' || (stage === 'stopping' && until !== NEVER && isFrozen(id));
  });
}
