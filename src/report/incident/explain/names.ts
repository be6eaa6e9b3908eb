import { isA } from '../../../timeline/event';
import type { Incident } from '../incident';
import { unresolvedNameIn } from '../unresolvedName';
import type { Explanation } from './rule';

/** The app uses a name that does not resolve: a Service of the cluster that the run does not have. */
export function unresolvedName(incident: Incident): Explanation | undefined {
  const name = nameIn(incident);
  if (name === undefined || incident.past.some(({ kind }) => kind === 'DeletionMarked')) return undefined;
  const text = `The name ${name} does not resolve in the pod. ${provide(name)}`;
  return { cause: 'name-not-resolved', text };
}

/** The other containers wait for the init container, whatever it waits for. */
export function initNotFinished(incident: Incident): Explanation | undefined {
  const { container, pod, lastLife, event } = incident;
  const isInit = pod.spec.initContainers.some(
    ({ name, restartPolicy }) => name === container?.name && restartPolicy !== 'Always',
  );
  const hasStarted = lastLife.some(({ kind }) => kind === 'Started');
  if (!container || !isInit || event || !hasStarted || lastLife.some(({ kind }) => kind === 'ContainerExited')) {
    return undefined;
  }
  const name = nameIn(incident);
  const waits =
    name === undefined ? '' : ` It uses the name ${name}, which does not resolve in the pod. ${provide(name)}`;
  const text = `The init container ${container.name} does not finish, and the pod waits for it without a limit.${waits}`;
  return { cause: 'init-not-finished', text };
}

function provide(name: string): string {
  return `Pass --service ${name}=HOST:PORT to the gate, or services: { '${name}': 'HOST:PORT' } to runPod.`;
}

/** In a response to a probe, or in what the container wrote in its last two lives. */
function nameIn({ container, lastLife, timeline }: Incident): string | undefined {
  if (!container) return undefined;
  const responses = lastLife.flatMap((event) => (isA('ProbeFinished', event) ? (event.response ?? event.output) : []));
  const attempts = timeline.output.of(container.name);
  const newest = attempts.at(-1)?.attempt ?? 0;
  const written = attempts.filter(({ attempt }) => attempt >= newest - 1).map(({ text }) => text);
  return unresolvedNameIn([...written, ...responses], container);
}
