import type { Container, Pod, Probe } from '../../manifest/model';
import { containersOf, isSidecar } from '../../manifest/model';
import { isReady } from '../../timeline/condition';
import { type Event, type EventKind, type EventOf, isA, type ProbeType } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import type { Restart } from '../../timeline/history/restarts';
import type { ContainerStatus, PodStatus } from '../../timeline/podStatus';
import type { Timeline } from '../../timeline/timeline';

/** What a verdict is about: a moment of a pod's life, the container it concerns, and all that led to it. */
export class Incident {
  readonly pod: Pod;
  readonly timeline: Timeline;
  /** The event that decided the verdict; a wait that ran out has none. */
  readonly event: Event | undefined;
  /** The container it concerns, as the manifest has it. */
  readonly container: Container | undefined;
  /** What happened to that container and to the pod as a whole, up to the deciding event. */
  readonly past: readonly Event[];

  /** `about` is the container that it concerns, where the event does not say. */
  constructor(pod: Pod, timeline: Timeline, event: Event | undefined, about?: string) {
    this.pod = pod;
    this.timeline = timeline;
    this.event = event;
    const name = nameIn(event) ?? about ?? troubled(pod, statusIn(event) ?? timeline.status) ?? lastEnded(timeline);
    this.container = containersOf(pod.spec).find((container) => container.name === name);
    const history = historyOf(timeline);
    const until = event ? history.placeOf(event) + 1 : history.end;
    const concerned = this.container?.name;
    this.past = history.concerning(concerned).filter((one) => history.placeOf(one) < until);
  }

  /** The last event of that kind of the container's. */
  last<K extends EventKind>(kind: K, isMeant: (event: EventOf<K>) => boolean = () => true): EventOf<K> | undefined {
    return this.past.findLast((event): event is EventOf<K> => isA(kind, event) && isMeant(event));
  }

  /** What happened in the last life of the container; a restart belongs to the life it ended. */
  get lastLife(): readonly Event[] {
    const past = this.past.at(-1) === this.restart?.started ? this.past.slice(0, -1) : this.past;
    const born = past.findLastIndex((event) => isA('Started', event) && event.container !== undefined);
    return past.slice(Math.max(0, born));
  }

  /** The restart that decided the verdict, if it was one. */
  get restart(): Restart | undefined {
    return historyOf(this.timeline).restarts.find(({ started }) => started === this.event);
  }

  /** How often the container has been restarted up to the deciding event. */
  get restarts(): number {
    return historyOf(this.timeline).restarts.filter(({ container, started }) => {
      return container === this.container?.name && this.past.includes(started);
    }).length;
  }

  /** Whether the pod was Ready just before that event, as published. */
  wasReadyAt(event: Event): boolean {
    const history = historyOf(this.timeline);
    const place = history.placeOf(event);
    return isReady(history.published.findLast((one) => history.placeOf(one) < place)?.status);
  }

  /** Whether the pod was published as not Ready between that event and the end of the container's life. */
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
 * The first container that keeps a pod from being Ready: the init container whose turn it is, else one that is not ready,
 * sidecars last.
 */
function troubled({ spec }: Pod, status: PodStatus | undefined): string | undefined {
  if (!status) return undefined;
  const { initContainerStatuses, containerStatuses } = status;
  const isKept = (name: string) => spec.initContainers.some((one) => one.name === name && isSidecar(one));
  const initial = initContainerStatuses.find((one) => !isDone(one, isKept(one.name)));
  const inOrder = spec.containers.flatMap(({ name }) => containerStatuses.find((one) => one.name === name) ?? []);
  return (initial ?? [...inOrder, ...initContainerStatuses].find(({ ready }) => !ready))?.name;
}

/** A sidecar is done once it has started; any other init container runs until it exits. */
function isDone({ ready, started, state }: ContainerStatus, isKept: boolean): boolean {
  return ready || (isKept && started === true) || state.terminated?.exitCode === 0;
}

function lastEnded(timeline: Timeline): string | undefined {
  return historyOf(timeline).exits.at(-1)?.container ?? historyOf(timeline).starts.at(-1)?.container;
}
