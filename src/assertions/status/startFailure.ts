import type { StartFailure } from '../../timeline/causes';
import { historyOf } from '../../timeline/history/podHistory';
import type { ContainerStatus } from '../../timeline/podStatus';
import type { Timeline } from '../../timeline/timeline';
import type { Fix } from '../facts/fix';
import type { Reason } from '../facts/reason';

const PULL_REASONS = ['ErrImagePull', 'ImagePullBackOff'];
const FINAL_REASONS = ['ErrImageNeverPull', 'InvalidImageName'];
/** The reasons of the engine's own failures. The message of `CrashLoopBackOff` describes the wait alone. */
const ENGINE_REASONS = ['ImageInspectError', 'CreateContainerError', 'RunContainerError'];

/** Why a container cannot be started, and what would be right. */
export interface StartTrouble {
  readonly reason: Reason;
  readonly fix?: Fix | undefined;
  /** Whether trying again cannot help. */
  readonly isFinal: boolean;
}

interface Unstarted extends ContainerStatus {
  /** The reason why its last start failed, if it has not started since. */
  readonly failure: StartFailure | undefined;
}

/** The first container of which the image or the configuration cannot be had, or the program is not there. */
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

/** What a node is too small for now it is too small for later: nothing else runs on it. */
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

/** What is not there when a pod is created does not come later. */
function configTrouble({ name, state: { waiting }, failure }: Unstarted): StartTrouble | undefined {
  const { reason = '', message = reason } = waiting ?? {};
  if (reason !== 'CreateContainerConfigError') return undefined;
  return { reason: { kind: 'notCreated', container: name, message }, fix: configFix(failure), isFinal: true };
}

/** It is tried again and again; but waiting frees no disk. */
function diskTrouble({ name, state: { waiting }, failure }: Unstarted): StartTrouble | undefined {
  const { reason = '', message = reason } = waiting ?? {};
  if (failure?.kind !== 'diskFull' || !ENGINE_REASONS.includes(reason)) return undefined;
  return { reason: { kind: 'diskFull', container: name, message }, fix: { kind: 'freeDisk' }, isFinal: true };
}

/** No container has a status that would tell of it. */
function mountTrouble(timeline: Timeline): StartTrouble | undefined {
  const { kubeletEvents, sandboxStarts } = historyOf(timeline);
  const failed = kubeletEvents.findLast(({ kind }) => kind === 'FailedMount');
  if (!failed || sandboxStarts.length > 0) return undefined;
  const { message, failure } = failed;
  return { reason: { kind: 'message', message }, fix: configFix(failure), isFinal: true };
}

/** What to do about a user that must not be root, or a ConfigMap or Secret that is not there or lacks a key. */
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
