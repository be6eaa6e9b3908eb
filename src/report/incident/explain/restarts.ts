import { isServer } from '../../../manifest/facts/isServer';
import { type EventOf, isA } from '../../../timeline/event';
import type { Incident } from '../incident';
import type { ExplainRule, FoundExplanation } from './rule';

/** Rules for restarts and their back-off. */
export const ofRestarts: readonly ExplainRule[] = [serverExited, completedAgainAndAgain, backedOff];

/** Finds a server that exited with 0. It has clients, so it cannot become a Job. */
function serverExited({ container, lastLife }: Incident): FoundExplanation | undefined {
  const end = lastLife.findLast((event) => isA('ContainerExited', event));
  if (end?.exitCode !== 0 || end.afterSignalMs !== undefined || !container || !isServer(container)) return undefined;
  return {
    cause: 'exits-by-itself',
    message: { kind: 'server-exit-0', container: end.container },
  };
}

function completedAgainAndAgain(incident: Incident): FoundExplanation | undefined {
  const { container, pod, restarts, lastLife } = incident;
  const end = lastLife.findLast((event) => isA('ContainerExited', event));
  const policy = container?.restartPolicy ?? pod.spec.restartPolicy;
  if (end?.exitCode !== 0 || policy !== 'Always' || (restarts === 0 && !incident.last('BackOff'))) return undefined;
  return {
    cause: 'job-under-always',
    message: { kind: 'exit-0-crash-loop', container: end.container },
  };
}

function backedOff(incident: Incident): FoundExplanation | undefined {
  const { lastLife } = incident;
  const end = lastLife.findLast((event) => isA('ContainerExited', event));
  // A failed pull has a back-off too, which has nothing to do with restarts.
  if (!end || !lastLife.some(({ kind }) => kind === 'BackOff')) return undefined;
  return {
    ...(hasCrashed(end) && { cause: 'crashes' }),
    message: { kind: 'first-crash', container: end.container, exits: exitsWithoutSignal(incident) },
  };
}

/** True for an exit with an error and without a stop signal. */
export function hasCrashed({ exitCode, afterSignalMs, reason }: EventOf<'ContainerExited'>): boolean {
  return exitCode !== 0 && afterSignalMs === undefined && reason !== 'OOMKilled';
}

/** Returns the number of exits without a stop signal, and the lifetime of the last instance. */
function exitsWithoutSignal({ past, lastLife }: Incident) {
  const born = lastLife.find((event) => isA('Started', event));
  const end = lastLife.findLast((event) => isA('ContainerExited', event));
  const exits = past.filter((event) => isA('ContainerExited', event) && event.afterSignalMs === undefined);
  if (!born || !end || end.exitCode === 0 || end.afterSignalMs !== undefined) return undefined;
  return { count: exits.length, lastMs: end.at - born.at };
}
