import pluralize from 'pluralize';
import type { AssertionResult } from '../../assertions/assertionResult';
import type { ContainerReason, FailedProbe, PlainReason, Reason } from '../../assertions/facts/reason';
import { formatBackendObstacle } from '../backendObstacle';
import { formatDuration, formatRoughly } from '../durations';
import { formatList } from '../list';
import { formatFrom, type Words } from '../message';
import { formatPhase } from '../phase';
import { formatProbeOutput } from '../probeOutput';
import { formatSignalCause } from '../signalTrouble';
import { formatExit, formatExits } from './exits';
import { formatReceived } from './received';

/** Returns the reason for what was received: `the pod was removed`. */
export function formatReason(reason: Reason): string {
  return formatFrom(WORDS, reason);
}

/** Returns the reason of a result, or else what was received. */
export function formatReasonOrReceived({ reason, received }: Pick<AssertionResult, 'reason' | 'received'>): string {
  return reason === undefined ? formatReceived(received) : formatReason(reason);
}

const PLAIN: Readonly<Record<PlainReason, string>> = {
  removed: 'the pod was removed',
  deleted: 'a pod that is being deleted gets no new connections, even if it is Ready',
  notReadyFirst: 'the pod must be Ready first',
  notInEndpointsFirst: 'the pod must be in the Service endpoints first',
  notPublished: 'it has no status yet',
  notStopped: 'the kubelet has not stopped a container yet',
  onlyWhenStopped: 'a preStop hook runs only if the kubelet stops its container',
  hookOutlivedGracePeriod: 'the grace period ended first',
  foreignSigkill: 'the SIGKILL did not come from the kubelet',
};

const WORDS: Words<Reason> = {
  ...PLAIN,
  message: ({ message }) => message,
  containers: ({ containers }) => formatList(containers.map((each) => formatFrom(CONTAINERS, each))),
  phase: ({ phase, reason, exits }) =>
    [`the phase of the pod is ${phase}`, reason ?? formatExits(exits)].filter(Boolean).join(': '),
  terminalPhase: ({ phase, ends }) =>
    `no container ${ends === 'starts' ? 'starts' : 'restarts'} in a pod with phase ${phase}`,
  notRestarted: ({ exit: { container, exitCode }, policy }) =>
    `${container} does not restart after exit code ${exitCode} under restartPolicy ${policy}`,
  notRunning: ({ container }) =>
    container === undefined ? 'no container was running' : `${container} was not running`,
  unreachable: ({ obstacle }) => formatBackendObstacle(obstacle),
  unschedulable: ({ message }) => `the pod cannot be scheduled: ${message}`,
  imageUnavailable: ({ container, message }) => `the image of ${container} is unavailable: ${message}`,
  notCreated: ({ container, message }) => `${container} cannot be created: ${message}`,
  diskFull: ({ container, message }) =>
    `${container} cannot be created because the disk of the container engine is full: ${message}`,
  programMissing: ({ container, message }) => `the program of ${container} cannot start: ${message}`,
  oomKilled: ({ container }) => `${container} was OOMKilled`,
  completes: ({ container }) => `${container} exited with 0 without a stop signal`,
  keepsExiting: ({ container, exitCode }) => `${container} keeps exiting with ${exitCode}`,
  postStartFails: ({ container }) => `the postStart hook of ${container} failed, so the kubelet killed ${container}`,
  probeKill: ({ container, probe, attempt }) =>
    `the kubelet killed ${container} before it was up because ${formatFailedProbe({ probe, attempt })}`,
  wrongExitCode: ({ exitCode }) => `the exit code must be ${exitCode}`,
  gracefulExitCodes: ({ exitCodes }) => `a graceful exit has code ${exitCodes.join(' or ')}`,
  sigkilled: ({ leftMs, signal = 'its stop signal', trouble, hookMs }) => {
    const still = `it was still running ${formatRoughly(leftMs)} after ${signal}`;
    if (hookMs !== undefined)
      return `${still}, because its preStop hook used ${formatRoughly(hookMs)} of the grace period`;
    return trouble ? `${still}: ${formatSignalCause(trouble)}` : still;
  },
  harmlessHooks: ({ containers }) =>
    formatList(
      containers.map((name) => `${name} exited with 0 during its preStop hook, so FailedPreStopHook is harmless`),
    ),
  restartsWithoutBackOff: ({ count }) =>
    count === 0 ? 'no container restarted' : `${pluralize('restart', count, true)} had no back-off`,
  only: ({ names }) => (names.length === 0 ? 'the pod has no events' : `the pod has only ${names.join(', ')}`),
  otherEvents: ({ count }) =>
    count === 1
      ? '1 event has this reason, but its other fields differ'
      : `${count} events have this reason, but their other fields differ`,
  eventTooSoon: ({ name }) => `the last ${name} was earlier`,
  hopeless: ({ reason, forMs }) =>
    `${formatReason(reason)}. All attempts of the last ${formatDuration(forMs)} failed like this, and more time does not change that`,
  usedTime: ({ phase, ...result }) => `${formatReasonOrReceived(result)}. ${formatPhase(phase).replace(/\.$/, '')}`,
};

const CONTAINERS: Words<ContainerReason> = {
  unseen: 'no container has a status yet',
  condition: ({ message = 'the Ready condition of the pod is not True' }) => message,
  running: ({ container }) => `${container} is running`,
  exited: ({ exit, after }) => `${formatExit(exit)}${formatAfter(after)}`,
  waiting: ({ container, reason = 'not created', message, exit, after }) => {
    const waits = `${container} is waiting (${reason})`;
    if (exit) return `${waits}: ${formatExit({ container: 'it', ...exit })}${formatAfter(after)}`;
    return message ? `${waits}: ${message}` : waits;
  },
  postStart: ({ container }) => `the postStart hook of ${container} has not finished`,
  init: ({ container }) => `init container ${container} is still running, and the pod waits for it`,
  noResult: ({ container, probe, before }) => {
    const subject = `the ${probe} probe of ${container} has no result yet`;
    return before ? `${subject}. The previous instance was killed because ${formatFailedProbe(before)}` : subject;
  },
  probe: ({ container, attempt }) => {
    const { probe, result, output, run, threshold } = attempt;
    const subject = `the ${probe} probe of ${container}`;
    if (result === 'Failure') return `${subject} fails (${formatProbeOutput(attempt)})`;
    if (result === 'Errored') return `${subject} could not run (${output})`;
    return `${subject} has succeeded ${run} of ${threshold} times`;
  },
};

function formatAfter(probe: FailedProbe | undefined): string {
  return probe ? ` after ${formatFailedProbe(probe)}` : '';
}

/** Returns `its startup probe failed (connection refused)`. */
function formatFailedProbe({ probe, attempt }: FailedProbe): string {
  return `its ${probe} probe failed${attempt ? ` (${formatProbeOutput(attempt)})` : ''}`;
}
