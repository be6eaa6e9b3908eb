import type { StartFailure } from '../../timeline/causes';
import { historyOf } from '../../timeline/history/podHistory';
import type { ContainerStatus } from '../../timeline/podStatus';
import type { Timeline } from '../../timeline/timeline';
import type { Fix } from '../facts/fix';
import type { Reason } from '../facts/reason';

const PULL_REASONS = ['ErrImagePull', 'ImagePullBackOff'];
const FINAL_REASONS = ['ErrImageNeverPull', 'InvalidImageName'];
/** Reasons of failures of the engine. The message of `CrashLoopBackOff` describes only the wait. */
const ENGINE_REASONS = ['ImageInspectError', 'CreateContainerError', 'RunContainerError'];

/** Reason why a container cannot start, and the fix. */
export interface StartTrouble {
  readonly reason: Reason;
  readonly fix?: Fix | undefined;
  /** True if another attempt cannot help. */
  readonly isFinal: boolean;
}

interface Unstarted extends ContainerStatus {
  /** Reason why its last start failed, if it has not started since. */
  readonly failure: StartFailure | undefined;
}

/** Returns why the first container cannot start: its image, configuration or program is missing, or the pod cannot be scheduled. */
export function startTrouble(timeline: Timeline): StartTrouble | undefined {
  const { initContainerStatuses = [], containerStatuses = [] } = timeline.status ?? {};
  const { startFailures } = historyOf(timeline);
  for (const status of [...initContainerStatuses, ...containerStatuses]) {
    const container = { ...status, failure: startFailures.get(status.name) };
    const trouble =
      imageTrouble(container) ?? configTrouble(container) ?? diskTrouble(container) ?? programTrouble(container);
    if (trouble) return trouble;
  }
  return schedulingTrouble(timeline) ?? mountTrouble(timeline);
}

/** Returns a scheduling failure. It is final, because no other pod runs on the node and could free resources. */
function schedulingTrouble(timeline: Timeline): StartTrouble | undefined {
  const { kubeletEvents } = historyOf(timeline);
  const message = kubeletEvents.findLast(({ kind }) => kind === 'FailedScheduling')?.message;
  if (message === undefined || kubeletEvents.some(({ kind }) => kind === 'Scheduled')) return undefined;
  return { reason: { kind: 'unschedulable', message }, fix: { kind: 'lowerRequests' }, isFinal: true };
}

function imageTrouble({ name, state: { waiting }, failure }: Unstarted): StartTrouble | undefined {
  const { reason = '', message = reason } = waiting ?? {};
  const isFinal = FINAL_REASONS.includes(reason);
  if (!isFinal && !PULL_REASONS.includes(reason)) return undefined;
  return {
    reason: { kind: 'imageUnavailable', container: name, message },
    fix: { kind: 'nameImage', container: name },
    isFinal: isFinal || failure?.kind === 'imageMissing',
  };
}

/** Returns a missing ConfigMap or Secret. It is final, because none appears during the run. */
function configTrouble({ name, state: { waiting }, failure }: Unstarted): StartTrouble | undefined {
  const { reason = '', message = reason } = waiting ?? {};
  if (reason !== 'CreateContainerConfigError') return undefined;
  return { reason: { kind: 'notCreated', container: name, message }, fix: configFix(failure), isFinal: true };
}

/** Returns a full disk. It is final, because waiting frees no disk space. */
function diskTrouble({ name, state: { waiting }, failure }: Unstarted): StartTrouble | undefined {
  const { reason = '', message = reason } = waiting ?? {};
  if (failure?.kind !== 'diskFull' || !ENGINE_REASONS.includes(reason)) return undefined;
  return { reason: { kind: 'diskFull', container: name, message }, fix: { kind: 'freeDisk' }, isFinal: true };
}

/** Returns a failed mount, which no container status shows. */
function mountTrouble(timeline: Timeline): StartTrouble | undefined {
  const { kubeletEvents, sandboxStarts } = historyOf(timeline);
  const failed = kubeletEvents.findLast(({ kind }) => kind === 'FailedMount');
  if (!failed || sandboxStarts.length > 0) return undefined;
  const { message, failure } = failed;
  return { reason: { kind: 'message', message }, fix: configFix(failure), isFinal: true };
}

/** Returns the fix for a user that must not be root, or for a missing ConfigMap, Secret or key. */
function configFix(failure: StartFailure | undefined): Fix | undefined {
  if (failure?.kind === 'runAsNonRoot') return { kind: 'runAsUser' };
  if (failure?.kind !== 'configMissing') return undefined;
  return { kind: 'giveConfig', object: failure.object };
}

function programTrouble({ name, state, lastState, failure }: Unstarted): StartTrouble | undefined {
  const { reason, message = '' } = state.terminated ?? lastState.terminated ?? {};
  if (reason !== 'StartError' || failure?.kind !== 'programMissing') return undefined;
  return {
    reason: { kind: 'programMissing', container: name, message },
    fix: { kind: 'giveCommand', container: name },
    isFinal: true,
  };
}
