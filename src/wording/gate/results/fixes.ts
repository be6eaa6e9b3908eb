import { formatSignalFix } from '../../signalTrouble';
import type { ContainerFact } from '../facts';
import { formatHanging, type Hanging } from '../hanging';
import { OBSERVATION_FIXES } from '../observationFixes';
import type { CheckMessage } from './checkMessage';
import type { DropCause } from './dropCauses';
import type { Miss } from './misses';

type Fixes = {
  readonly [Kind in CheckMessage['kind']]?: (
    message: Extract<CheckMessage, { readonly kind: Kind }>,
  ) => string | undefined;
};

/** Fixes of failures whose facts alone show the fix. */
const FIXES: Fixes = {
  observed: ({ observation }) => OBSERVATION_FIXES[observation.kind],
  flapping: ({ observation }) => OBSERVATION_FIXES[observation.kind],
  hangNotDetected: ({ miss }) => missFix(miss),
  staysInEndpoints: ({ miss }) => missFix(miss),
  completedEarly: ({ container }) => `Run ${container} as a Job with restartPolicy OnFailure or Never.`,
  restartedInOutage: outageFix,
  exitsInOutage: ({ hanging, container }) => `Make ${container} wait for ${formatHanging(hanging)} instead of exiting.`,
  dropped: ({ causes }) => causes.flatMap((cause) => dropFix(cause) ?? []).join(' ') || undefined,
};

/** Returns what to do about a failure; undefined if only its evidence shows that. */
export function formatCheckFix(message: CheckMessage): string | undefined {
  const fix = FIXES[message.kind] as ((message: CheckMessage) => string | undefined) | undefined;
  return fix?.(message);
}

/** Fixes of failures for which neither the facts nor the evidence show a better one. */
const FALLBACKS: Fixes = {
  notReady: () => 'Correct the request of the probe, or the response of the app to it.',
  unsteady: () => 'Correct the app or its probes, so that the pod stays Ready without a fault.',
  neverInEndpoints: ({ obstacle }) =>
    obstacle.kind === 'selectsNothing'
      ? `Correct the selector of Service ${JSON.stringify(obstacle.service)}, or the labels of the pod.`
      : `Name a port of the container ${JSON.stringify(obstacle.port)}, or use a number as targetPort.`,
  hookFails: ({ hook }) => `Correct the command or the request of the ${hook} hook.`,
  notReadyAgain: ({ effect: { container } }) =>
    `Make ${container} start again after a failure: remove locks, sockets and files of the previous instance.`,
  notRestartedAfterCrash: ({ container }) => `Check the restartPolicy of ${container}.`,
  slowStartFails: ({ container }) =>
    `Give the app in ${container}, and the probes of other containers, as much time as its startup probe allows.`,
  notTerminated: () => 'Exit after the stop signal, or raise terminationGracePeriodSeconds.',
  notCompleted: () => 'Make the containers exit with code 0.',
};

/** Returns a general fix of a failure, if there is one. */
export function formatFallbackFix(message: CheckMessage): string | undefined {
  const fix = FALLBACKS[message.kind] as ((message: CheckMessage) => string | undefined) | undefined;
  return fix?.(message);
}

const REQUESTS = {
  httpGet: 'Use httpGet, which needs a response from the process.',
  grpc: 'Use grpc, which needs a response from the process.',
  other:
    'Use exec with a client of the protocol that waits for a response. If the container serves HTTP or gRPC, use httpGet or grpc.',
} as const;

function missFix(miss: Miss): string | undefined {
  switch (miss.kind) {
    case 'tcpStillConnects':
      return REQUESTS[miss.request];
    case 'commandStillSucceeds':
      return 'Use a command that needs a response from the main process, or use httpGet or grpc.';
    case 'probeStillSucceeds':
      return 'Send the request of the probe to a port that this container serves.';
    case 'reported':
      return undefined;
  }
}

function outageFix({ container, hanging }: ContainerFact & { readonly hanging: Hanging }): string {
  return `Check only ${container} itself in its liveness probe. Check ${formatHanging(hanging)} in its readiness probe if ${container} cannot serve without it.`;
}

function dropFix(cause: DropCause): string | undefined {
  switch (cause.kind) {
    case 'signal':
      return `${formatSignalFix(cause.trouble)}.`;
    case 'stayedReady':
      return 'Make the readiness probe fail after the stop signal.';
    case 'errors':
    case 'exited':
      return undefined;
  }
}
