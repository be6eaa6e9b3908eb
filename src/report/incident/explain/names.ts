import { isA } from '../../../timeline/event';
import type { Incident } from '../incident';
import { unresolvedNameIn } from '../unresolvedName';
import type { FoundExplanation } from './rule';

/** Finds a name that does not resolve, such as a Service of the cluster that the run does not have. */
export function unresolvedName(incident: Incident): FoundExplanation | undefined {
  const name = nameIn(incident);
  if (name === undefined || incident.past.some(({ kind }) => kind === 'DeletionMarked')) return undefined;
  return { cause: 'name-not-resolved', message: { kind: 'name-not-resolved', name } };
}

/** Finds an init container that does not finish. The other containers wait for it without a limit. */
export function initNotFinished(incident: Incident): FoundExplanation | undefined {
  const { container, pod, lastLife, event } = incident;
  const isInit = pod.spec.initContainers.some(
    ({ name, restartPolicy }) => name === container?.name && restartPolicy !== 'Always',
  );
  const hasStarted = lastLife.some(({ kind }) => kind === 'Started');
  if (!container || !isInit || event || !hasStarted || lastLife.some(({ kind }) => kind === 'ContainerExited')) {
    return undefined;
  }
  const message = { kind: 'init-not-finished', container: container.name, name: nameIn(incident) } as const;
  return { cause: 'init-not-finished', message };
}

/** Returns the name from a response to a probe, or from the output of the last two instances. */
function nameIn({ container, lastLife, timeline }: Incident): string | undefined {
  if (!container) return undefined;
  const responses = lastLife.flatMap((event) => (isA('ProbeFinished', event) ? (event.response ?? event.output) : []));
  const attempts = timeline.output.of(container.name);
  const newest = attempts.at(-1)?.attempt ?? 0;
  const written = attempts.filter(({ attempt }) => attempt >= newest - 1).map(({ text }) => text);
  return unresolvedNameIn([...written, ...responses], container);
}
