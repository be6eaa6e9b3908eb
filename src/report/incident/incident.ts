import type { Container, Pod, Probe } from '../../manifest/model';
import { containersOf, isSidecar } from '../../manifest/model';
import { isReady } from '../../timeline/condition';
import { type Event, type EventKind, type EventOf, isA, type ProbeType } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import type { Restart } from '../../timeline/history/restarts';
import type { ContainerStatus, PodStatus } from '../../timeline/podStatus';
import type { Timeline } from '../../timeline/timeline';

/** Subject of a result: an event of a pod, its container, and the events before it. */
export class Incident {
  readonly pod: Pod;
  readonly timeline: Timeline;
  /** The deciding event. Undefined for a wait that reached its limit. */
  readonly event: Event | undefined;
  /** The container in the manifest. */
  readonly container: Container | undefined;
  /** Events of that container and of the whole pod, up to the deciding event. */
  readonly past: readonly Event[];

  /** `about` is the container, if the event does not name it. */
  constructor(pod: Pod, timeline: Timeline, event: Event | undefined, about?: string) {
    this.pod = pod;
    this.timeline = timeline;
    this.event = event;
    const name = nameIn(event) ?? about ?? findTroubled(pod, statusIn(event) ?? timeline.status) ?? lastEnded(timeline);
    this.container = containersOf(pod.spec).find((container) => container.name === name);
    const history = historyOf(timeline);
    const until = event ? history.placeOf(event) + 1 : history.end;
    const concerned = this.container?.name;
    this.past = history.concerning(concerned).filter((one) => history.placeOf(one) < until);
  }

  /** Returns the last event of that kind of the container. */
  last<K extends EventKind>(kind: K, isMeant: (event: EventOf<K>) => boolean = () => true): EventOf<K> | undefined {
    return this.past.findLast((event): event is EventOf<K> => isA(kind, event) && isMeant(event));
  }

  /** Events of the last instance of the container. A restart belongs to the instance that it ended. */
  get lastLife(): readonly Event[] {
    const past = this.past.at(-1) === this.restart?.started ? this.past.slice(0, -1) : this.past;
    const born = past.findLastIndex((event) => isA('Started', event) && event.container !== undefined);
    return past.slice(Math.max(0, born));
  }

  /** The deciding event, if it is a restart. */
  get restart(): Restart | undefined {
    return historyOf(this.timeline).restarts.find(({ started }) => started === this.event);
  }

  /** Number of restarts of the container up to the deciding event. */
  get restarts(): number {
    return historyOf(this.timeline).restarts.filter(({ container, started }) => {
      return container === this.container?.name && this.past.includes(started);
    }).length;
  }

  /** True if the last status before that event was Ready. */
  wasReadyAt(event: Event): boolean {
    const history = historyOf(this.timeline);
    const place = history.placeOf(event);
    return isReady(history.published.findLast((one) => history.placeOf(one) < place)?.status);
  }

  /** True if a status between that event and the exit of the container was not Ready. */
  becameUnreadyAfter(event: Event): boolean {
    const history = historyOf(this.timeline);
    const from = history.placeOf(event);
    const ended = history.from(from + 1, history.exits).find(({ container }) => container === this.container?.name);
    const until = ended ? history.placeOf(ended) : history.end;
    return history.from(from, history.published).some((one) => {
      return history.placeOf(one) < until && !isReady(one.status);
    });
  }

  probe(type: ProbeType): Probe | undefined {
    return this.container?.[`${type}Probe`];
  }
}

function nameIn(event: Event | undefined): string | undefined {
  return event && 'container' in event ? event.container : undefined;
}

function statusIn(event: Event | undefined): PodStatus | undefined {
  return event?.kind === 'StatusPublished' ? event.status : undefined;
}

/**
 * Returns the first container that keeps a pod from being Ready: the current init container, else one that is not ready,
 * sidecars last.
 */
function findTroubled({ spec }: Pod, status: PodStatus | undefined): string | undefined {
  if (!status) return undefined;
  const { initContainerStatuses, containerStatuses } = status;
  const isKept = (name: string) => spec.initContainers.some((one) => one.name === name && isSidecar(one));
  const initial = initContainerStatuses.find((one) => !isDone(one, isKept(one.name)));
  const inOrder = spec.containers.flatMap(({ name }) => containerStatuses.find((one) => one.name === name) ?? []);
  return (initial ?? [...inOrder, ...initContainerStatuses].find(({ ready }) => !ready))?.name;
}

/** True if a sidecar has started, or any other init container has exited with 0. */
function isDone({ ready, started, state }: ContainerStatus, isKept: boolean): boolean {
  return ready || (isKept && started === true) || state.terminated?.exitCode === 0;
}

function lastEnded(timeline: Timeline): string | undefined {
  return historyOf(timeline).exits.at(-1)?.container ?? historyOf(timeline).starts.at(-1)?.container;
}
