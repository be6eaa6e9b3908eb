import { historyOf } from '../../timeline/history/podHistory';
import type { ContainerStatus } from '../../timeline/podStatus';
import type { Timeline } from '../../timeline/timeline';

/** Words by which container engines and registries say that an image is not there, rather than not to be reached. */
const IMAGE_MISSING = /\bnot found\b|does not exist|manifest unknown|no such image|access denied/i;
const PULL_REASONS = ['ErrImagePull', 'ImagePullBackOff'];
const FINAL_REASONS = ['ErrImageNeverPull', 'InvalidImageName'];
/** Words by which they say that a container's program is not in its image. */
const PROGRAM_MISSING = /executable file not found|no such file or directory|permission denied/i;

/** Source: kuberuntime/security_context.go `verifyRunAsNonRoot`. */
const NON_ROOT = /runAsNonRoot|non-root policy/;
/** Words by which the kubelet says that a ConfigMap, a Secret or a key is not there. */
const CONFIG_MISSING = /not found|couldn't find key|non-existent (config|secret) key/;

const DISK_FULL = /no space left on device|disk quota exceeded/i;

/** Why a container cannot be started, and what would be right. */
export interface StartTrouble {
  readonly why: string;
  readonly advice?: string | undefined;
  /** Whether trying again cannot help. */
  readonly isFinal: boolean;
}

/** The first container of which the image or the configuration cannot be had, or the program is not there. */
export function startTrouble(timeline: Timeline): StartTrouble | undefined {
  const { initContainerStatuses = [], containerStatuses = [] } = timeline.status ?? {};
  for (const container of [...initContainerStatuses, ...containerStatuses]) {
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
  const advice = 'Lower what its containers request, or run it where the engine has more.';
  return { why: `the pod cannot be scheduled: ${message}`, advice, isFinal: true };
}

function imageTrouble({ name, state: { waiting } }: ContainerStatus): StartTrouble | undefined {
  const { reason = '', message = reason } = waiting ?? {};
  const isFinal = FINAL_REASONS.includes(reason);
  if (!isFinal && !PULL_REASONS.includes(reason)) return undefined;
  return {
    why: `the image of ${name} cannot be had: ${message}`,
    advice: `Name an image for ${name} that is here, as in runPod(…, { images: { ${name}: 'name:tag' } }) or gate --image ${name}=name:tag, or one that a registry has.`,
    isFinal: isFinal || IMAGE_MISSING.test(message),
  };
}

/** What is not there when a pod is created does not come later. */
function configTrouble({ name, state: { waiting } }: ContainerStatus): StartTrouble | undefined {
  const { reason = '', message = reason } = waiting ?? {};
  if (reason !== 'CreateContainerConfigError') return undefined;
  return { why: `${name} cannot be created: ${message}`, advice: adviceOnConfig(message), isFinal: true };
}

/** It is tried again and again; but waiting frees no disk. */
function diskTrouble({ name, state: { waiting } }: ContainerStatus): StartTrouble | undefined {
  const { message = '' } = waiting ?? {};
  if (!DISK_FULL.test(message)) return undefined;
  return {
    why: `${name} cannot be created, the disk of the container engine is full: ${message}`,
    advice: 'Free some of it: docker system df shows what fills it, docker system prune removes what nothing uses.',
    isFinal: true,
  };
}

/** No container has a status that would tell of it. */
function mountTrouble(timeline: Timeline): StartTrouble | undefined {
  const { kubeletEvents, sandboxStarts } = historyOf(timeline);
  const message = kubeletEvents.findLast(({ kind }) => kind === 'FailedMount')?.message;
  if (message === undefined || sandboxStarts.length > 0) return undefined;
  return { why: message, advice: adviceOnConfig(message), isFinal: true };
}

/** What to do about a user that must not be root, or a ConfigMap or Secret that is not there or lacks a key. */
function adviceOnConfig(message: string): string | undefined {
  if (NON_ROOT.test(message))
    return 'Set securityContext.runAsUser to a number above 0, or USER in the Dockerfile of the image.';
  if (!CONFIG_MISSING.test(message)) return undefined;
  const option = /\bsecret\b/i.test(message) ? 'secrets' : 'configMaps';
  return `Put it into the manifest, or give it as in runPod(…, { ${option}: { name: { key: 'value' } } }).`;
}

function programTrouble({ name, state, lastState }: ContainerStatus): StartTrouble | undefined {
  const { reason, message = '' } = state.terminated ?? lastState.terminated ?? {};
  if (reason !== 'StartError' || !PROGRAM_MISSING.test(message)) return undefined;
  return {
    why: `the program of ${name} cannot be started: ${message}`,
    advice: `Give ${name} a command that its image has; without one the image's own ENTRYPOINT runs.`,
    isFinal: true,
  };
}
