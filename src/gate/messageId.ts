import type { Reason } from '../assertions/facts/reason';
import type { ResultFact } from '../wording/gate/facts';
import type { CheckMessage } from '../wording/gate/results/checkMessage';
import type { Disturbance } from '../wording/gate/results/disturbances';
import type { Miss } from '../wording/gate/results/misses';
import type { TargetResult } from './model/targetResult';

/** Reasons that are too general to name a message. */
const GENERAL: readonly Reason['kind'][] = ['containers', 'message', 'phase'];

/** Returns the stable id of a result's message: `terminates-in-grace/sigkilled`, or `lint/liveness-tcp`. */
export function messageIdOf({ check, message, found }: Pick<TargetResult, 'check' | 'message' | 'found'>): string {
  return `${check}/${found?.code ?? toKebabCase(kindOf(message))}`;
}

/** Returns the most specific kind of a message. */
function kindOf(message: CheckMessage): string {
  switch (message.kind) {
    case 'cut':
      return message.cut.kind;
    case 'notApplicable':
      return message.reason.kind;
    case 'obstructed':
      return message.obstacle.kind;
    case 'notObserved':
      return message.gap.kind;
    case 'observed':
    case 'flapping':
      return message.observation.kind;
    case 'notReady':
    case 'unsteady':
      return causeKind(message.disturbance) ?? message.kind;
    case 'staysInEndpoints':
    case 'hangNotDetected':
      return causeKind(message.miss) ?? message.kind;
    case 'notTerminated':
    case 'notCompleted':
    case 'notReadyAgain':
    case 'notRestartedAfterCrash':
    case 'slowStartFails':
      return reasonKind(message.result.reason) ?? message.kind;
    default:
      return message.kind;
  }
}

function causeKind(cause: Disturbance | Miss): string | undefined {
  return cause.kind === 'reported' ? reasonKind(cause.result.reason) : cause.kind;
}

function reasonKind(reason: ResultFact['result']['reason']): string | undefined {
  if (reason?.kind === 'usedTime' || reason?.kind === 'hopeless') return reasonKind(reason.reason);
  return reason === undefined || GENERAL.includes(reason.kind) ? undefined : reason.kind;
}

function toKebabCase(kind: string): string {
  return kind
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
}
