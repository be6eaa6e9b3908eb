import pluralize from 'pluralize';
import { isServer } from '../../../manifest/facts/isServer';
import { type EventOf, isA } from '../../../timeline/event';
import { formatSeconds } from '../../../wording/durations';
import type { Incident } from '../incident';
import type { ExplainRule } from './rule';

/** What restarts and the pauses between them mean. */
export const ofRestarts: readonly ExplainRule[] = [serverExited, completedAgainAndAgain, backedOff];

/** A Job is no way out for what others ask. */
function serverExited({ container, lastLife }: Incident) {
  const end = lastLife.findLast((event) => isA('ContainerExited', event));
  if (end?.exitCode !== 0 || end.afterSignalMs !== undefined || !container || !isServer(container)) return undefined;
  const text = `${end.container} has probes or ports, so it has to run until its stop signal. The kubelet restarts it after an exit with 0 too, and waits longer each time: look for what ends it, such as an idle timeout or a main function that returns.`;
  return { cause: 'exits-by-itself' as const, text, faq: 'restarts-and-back-off.md#exit-0-crash-loop' };
}

function completedAgainAndAgain(incident: Incident) {
  const { container, pod, restarts, lastLife } = incident;
  const end = lastLife.findLast((event) => isA('ContainerExited', event));
  const policy = container?.restartPolicy ?? pod.spec.restartPolicy;
  if (end?.exitCode !== 0 || policy !== 'Always' || (restarts === 0 && !incident.last('BackOff'))) return undefined;
  const text = `Under restartPolicy Always an exit with 0 is restarted and backed off like any other: ${end.container} has to keep running, or its pod to be a Job's.`;
  return { cause: 'job-under-always' as const, text, faq: 'restarts-and-back-off.md#exit-0-crash-loop' };
}

function backedOff(incident: Incident) {
  const { container, lastLife } = incident;
  const end = lastLife.findLast((event) => isA('ContainerExited', event));
  // A pull is held back as well, and has nothing to do with restarts.
  if (!end || !lastLife.some(({ kind }) => kind === 'BackOff')) return undefined;
  const name = container?.name;
  const text = `${endedByItself(incident)}The first restart came at once; from then on ${name} is held back 10s, 20s, 40s … 300s after each exit, until an instance runs for 10m.`;
  return { ...(hasCrashed(end) && { cause: 'crashes' as const }), text, faq: 'restarts-and-back-off.md#first-crash' };
}

/** True for an exit with an error that nobody asked for. */
export function hasCrashed({ exitCode, afterSignalMs, reason }: EventOf<'ContainerExited'>): boolean {
  return exitCode !== 0 && afterSignalMs === undefined && reason !== 'OOMKilled';
}

/** `web ended by itself 5 times, the last 0.2s after its start. ` */
function endedByItself({ container, past, lastLife }: Incident): string {
  const born = lastLife.find((event) => isA('Started', event));
  const end = lastLife.findLast((event) => isA('ContainerExited', event));
  const ends = past.filter((event) => isA('ContainerExited', event) && event.afterSignalMs === undefined);
  if (!born || !end || end.exitCode === 0 || end.afterSignalMs !== undefined) return '';
  const times = pluralize('time', ends.length, true);
  return `${container?.name} ended by itself ${times}, the last ${formatSeconds(end.at - born.at)} after its start. `;
}
