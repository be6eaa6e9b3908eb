import pluralize from 'pluralize';
import type { AssertionResult } from '../../assertions/assertionResult';
import type { ContainerReason, FailedProbe, PlainReason, Reason } from '../../assertions/facts/reason';
import { formatBackendObstacle } from '../backendObstacle';
import { formatDuration, formatRoughly } from '../durations';
import { formatExit, formatExits } from '../exits';
import { formatPhase } from '../phase';
import { formatProbeOutput } from '../probeOutput';
import { formatSignalCause } from '../signalTrouble';
import { formatReceived } from './received';
import { putIntoWords, type Words } from './words';

/** Returns the reason for what was received, in words: `the pod has been removed`. */
export function formatReason(reason: Reason): string {
  return putIntoWords(WORDS, reason);
}

/** Returns the reason of a result, or else what was received. */
export function formatReasonOrReceived({ reason, received }: Pick<AssertionResult, 'reason' | 'received'>): string {
  return reason === undefined ? formatReceived(received) : formatReason(reason);
}

const PLAIN: Readonly<Record<PlainReason, string>> = {
  removed: 'the pod has been removed',
  deleted: 'a pod that is being deleted takes no new connections, however ready it is',
  notReadyFirst: 'it has to be Ready first, to become unready',
  notInEndpointsFirst: 'it has to be in the endpoints first, to leave them',
  notPublished: 'nothing is published of it yet',
  notStopped: 'the kubelet has not stopped it yet',
  onlyWhenStopped: 'it runs only where the kubelet stops a container',
  hookOutlivedGracePeriod: 'the grace period was over before it ended',
  foreignSigkill: 'SIGKILL came from elsewhere',
};

const WORDS: Words<Reason> = {
  ...PLAIN,
  message: ({ message }) => message,
  containers: ({ containers }) => containers.map((each) => putIntoWords(CONTAINERS, each)).join('; '),
  phase: ({ phase, reason, exits }) =>
    [`the pod's phase is ${phase}`, reason ?? formatExits(exits)].filter(Boolean).join(': '),
  terminalPhase: ({ phase, ends }) =>
    `nothing is ${ends === 'starts' ? 'started' : 'restarted'} in a pod whose phase is ${phase}`,
  notRestarted: ({ exit: { container, exitCode }, policy }) =>
    `${container} is not restarted after exit code ${exitCode} under restartPolicy ${policy}`,
  notRunning: ({ container }) =>
    container === undefined ? 'no container ran any more' : `${container} did not run any more`,
  unreachable: ({ obstacle }) => formatBackendObstacle(obstacle),
  unschedulable: ({ message }) => `the pod cannot be scheduled: ${message}`,
  imageUnavailable: ({ container, message }) => `the image of ${container} cannot be had: ${message}`,
  notCreated: ({ container, message }) => `${container} cannot be created: ${message}`,
  diskFull: ({ container, message }) =>
    `${container} cannot be created, the disk of the container engine is full: ${message}`,
  programMissing: ({ container, message }) => `the program of ${container} cannot be started: ${message}`,
  oomKilled: ({ container }) => `${container} is killed for want of memory`,
  completes: ({ container }) => `${container} exits by itself, with exit code 0`,
  keepsExiting: ({ container, exitCode }) => `${container} ends again and again, with exit code ${exitCode}`,
  postStartFails: ({ container }) => `the postStart hook of ${container} fails, which kills it`,
  probeKill: ({ container, probe, attempt }) =>
    `${container} is killed by its own ${probe} probe before it is up${attempt ? `: ${formatProbeOutput(attempt)}` : ''}`,
  wrongExitCode: ({ exitCode }) => `its exit code must be ${exitCode}`,
  gracefulExitCodes: ({ exitCodes }) => `a graceful exit has the code ${exitCodes.join(' or ')}`,
  sigkilled: ({ leftMs, signal = 'its stop signal', trouble, hookMs }) => {
    const still = `it still ran ${formatRoughly(leftMs)} after ${signal}`;
    if (hookMs !== undefined) return `${still}; its preStop hook had taken ${formatRoughly(hookMs)} of the grace`;
    return trouble ? `${still}: ${formatSignalCause(trouble)}` : still;
  },
  harmlessHooks: ({ containers }) =>
    containers.map((name) => `${name} itself exited with 0 meanwhile, so its FailedPreStopHook is harmless`).join('; '),
  restartsWithoutBackOff: ({ count }) =>
    count === 0 ? 'nothing was restarted' : `${pluralize('restart', count, true)} came without it`,
  only: ({ names }) => (names.length === 0 ? 'none at all' : `only ${names.join(', ')}`),
  otherEvents: ({ count }) => `${count} of that reason, none like it`,
  eventTooSoon: ({ name }) => `the last ${name} came before`,
  hopeless: ({ reason, forMs }) =>
    `${formatReason(reason)}. Each attempt of the last ${formatDuration(forMs)} failed like that, and more time does not change it`,
  usedTime: ({ phase, ...result }) => `${formatReasonOrReceived(result)}. ${formatPhase(phase).replace(/\.$/, '')}`,
};

const CONTAINERS: Words<ContainerReason> = {
  unseen: 'none of its containers has been looked at yet',
  condition: ({ message = 'its Ready condition is not True' }) => message,
  running: ({ container }) => `${container} runs`,
  exited: ({ exit, after }) => `${formatExit(exit)}${formatAfter(after)}`,
  waiting: ({ container, reason = 'not created', message, exit, after }) => {
    const waits = `${container} is waiting (${reason})`;
    if (exit) return `${waits}: ${formatExit({ container: 'it', ...exit })}${formatAfter(after)}`;
    return message ? `${waits}: ${message}` : waits;
  },
  postStart: ({ container }) => `${container} runs, but its postStart hook has not finished`,
  init: ({ container }) => `init container ${container} still runs, and the pod waits for it`,
  noResult: ({ container, probe, before }) => {
    const subject = `${container} runs, but its ${probe} probe has not answered yet`;
    return before ? `${subject}. The instance before was killed after ${formatFailedProbe(before)}` : subject;
  },
  probe: ({ container, attempt }) => {
    const { probe, result, output, run, threshold } = attempt;
    const subject = `${container} runs, but its ${probe} probe`;
    if (result === 'Failure') return `${subject} fails: ${formatProbeOutput(attempt)}`;
    if (result === 'Errored') return `${subject} cannot be carried out: ${output}`;
    return `${subject} has succeeded ${run} of ${threshold} times`;
  },
};

function formatAfter(probe: FailedProbe | undefined): string {
  return probe ? ` after ${formatFailedProbe(probe)}` : '';
}

/** Returns `its startup probe failed: connection refused`. */
function formatFailedProbe({ probe, attempt }: FailedProbe): string {
  return `its ${probe} probe failed${attempt ? `: ${formatProbeOutput(attempt)}` : ''}`;
}
