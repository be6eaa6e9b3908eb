import type { LimitStart, Phase } from '../timing/phase';
import { formatLimit } from './limit';

/** Returns the phase that used the time of a wait, with its limit. */
export function formatPhase(phase: Phase): string {
  return `${formatUsedTime(phase)} Its limit is ${formatLimit(phase.limit)}.`;
}

/** Returns `The image pull of web used the time.` */
export function formatUsedTime(phase: Phase): string {
  return `${subjectOf(phase)} used the time.`;
}

/** Returns `The image pull of web`. */
function subjectOf({ kind, container }: Phase): string {
  switch (kind) {
    case 'engine':
      return container === undefined
        ? 'The container engine'
        : `The container engine, which did not start ${container},`;
    case 'pull':
      return `The image pull of ${container}`;
    case 'failedPull':
      return `The failed image pull of ${container}`;
    case 'init':
      return `Init container ${container}`;
    case 'sidecar':
      return `Sidecar ${container}`;
    case 'postStart':
      return `The postStart hook of ${container}`;
    case 'restart':
      return `The back-off of ${container}`;
    case 'running':
      return 'The containers';
  }
}

/** Returns the origin of a wait's limit, unless it is the creation of the pod. */
export function formatLimitStart({ since }: Phase, start: LimitStart): string | undefined {
  return since === 0 ? undefined : `The limit counts from +${(since / 1_000).toFixed(1)}s, ${eventOf(start)}.`;
}

function eventOf(start: LimitStart): string {
  switch (start.kind) {
    case 'created':
      return 'the creation of the pod';
    case 'started':
      return 'when the containers started';
    case 'ready':
      return 'when the pod became Ready';
    case 'unready':
      return 'when the pod stopped being Ready';
    case 'called':
      return 'when the wait began';
    case 'acted':
      return `the last action of the test (${[start.action, start.target].filter(Boolean).join(' ')})`;
  }
}
