import { CREATED, type Instant } from '../../clock/instant';
import { containersOf, type Pod } from '../../manifest/model';
import { overloaded } from '../../runtime/overloaded';
import { type Event, type EventOf, isA, type ProbeType } from '../../timeline/event';
import type { Starvation, Starved } from './starvation';
import { type UnjudgedAttempt, UnjudgedAttempts } from './unjudgedAttempts';
import { waitedText } from './waitedText';

/** Whatever a container has been told, or has said, in the life of one instance. */
interface InstanceLife {
  readonly startedAt: Instant;
  /** Whether a probe has succeeded. */
  isUp: boolean;
  /** The probes that fail by something that the app has answered, which is then no matter of time. */
  readonly answered: Set<ProbeType>;
  killedAt: Instant | undefined;
}

/** Where an app has answered, and the probe did not like it. Source: prober/http, prober/grpc. */
const ANSWERS = /^HTTP probe failed with statuscode|^service unhealthy \(responded with/;
const TIMED_OUT = /^timed out/;

/**
 * Sees that nothing is put on record which a container did too slowly because others had the processors: a start that its
 * probe gives up, a grace period that ends with SIGKILL, a deadline, a request that times out.
 */
export class FairEvents {
  readonly #starvation: Pick<Starvation, 'since'>;
  readonly #pod: Pod;
  readonly #unjudged: UnjudgedAttempts;
  /** By container. */
  readonly #instances = new Map<string, InstanceLife>();

  constructor(pod: Pod, starvation: Pick<Starvation, 'since'>) {
    this.#pod = pod;
    this.#unjudged = new UnjudgedAttempts(pod);
    this.#starvation = starvation;
  }

  /** @throws RuntimeError ({@link overloaded}) at the first that would be unfair. */
  check(events: readonly Event[]): void {
    for (const event of events) {
      this.#check(event);
      this.#unjudged.onEvent(event);
    }
  }

  /** @throws RuntimeError ({@link overloaded}) if the probe may have decided something with this attempt. */
  onUnjudged(attempt: UnjudgedAttempt): void {
    this.#unjudged.add(attempt);
  }

  /** Returns who has waited for a CPU since then, or at which attempt, so that what has not happened shows nothing. */
  whyUnfair(from: Instant): string | undefined {
    const starved = this.#starved(from);
    return starved ? `${waitedText(starved)} when the wait was over` : this.#unjudged.since(from);
  }

  #starved(from: Instant): Starved | undefined {
    const answering = [...this.#instances].filter(([, { answered }]) => answered.size > 0).map(([name]) => name);
    return this.#starvation.since(from, { answering });
  }

  #check(event: Event): void {
    if (event.kind === 'RequestFinished') {
      if (TIMED_OUT.test(event.failure ?? '')) this.#refuseIfStarved(event.sentAt, 'when a request to it timed out');
    } else if (isA('DeadlineExceeded', event)) {
      this.#refuseIfStarved(CREATED, "when the pod's deadline was over");
    } else if (event.kind === 'ContainerStarted') {
      const { container, at } = event;
      this.#instances.set(container, { startedAt: at, isUp: false, answered: new Set(), killedAt: undefined });
    } else if ('container' in event && event.container !== undefined) {
      const instance = this.#instances.get(event.container);
      if (instance) this.#checkInstance(instance, event);
    }
  }

  #checkInstance(instance: InstanceLife, event: Event): void {
    if (event.kind === 'ProbeFinished') {
      instance.isUp ||= event.result === 'Success' || event.result === 'Warning';
      if (this.#isAnswer(event)) instance.answered.add(event.probe);
      else instance.answered.delete(event.probe);
    } else if (isA('Killing', event)) {
      instance.killedAt = event.at;
      if (event.probe === undefined || instance.isUp) return;
      this.#refuseIfStarved(instance.startedAt, `when its ${event.probe} probe gave up`);
    } else if (event.kind === 'SignalSent' && event.signal === 'SIGKILL' && event.graceMs === undefined) {
      if (instance.killedAt !== undefined) this.#refuseIfStarved(instance.killedAt, 'when its grace period was over');
    }
  }

  /** An exit code is an answer as well: the command has run. */
  #isAnswer({ container, probe: type, output, result, tookMs }: EventOf<'ProbeFinished'>): boolean {
    const probe = containersOf(this.#pod.spec).find(({ name }) => name === container)?.[`${type}Probe`];
    if (result !== 'Failure') return false;
    return probe?.exec ? tookMs < probe.timeoutSeconds * 1_000 : ANSWERS.test(output);
  }

  #refuseIfStarved(from: Instant, when: string): void {
    const starved = this.#starved(from);
    if (starved) throw overloaded(`${waitedText(starved)} ${when}`);
  }
}
