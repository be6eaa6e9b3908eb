import { CREATED, type Instant } from '../../clock/instant';
import { containersOf, type Pod } from '../../manifest/model';
import { createOverloadError } from '../../runtime/createOverloadError';
import { type Event, type EventOf, isA, type ProbeType } from '../../timeline/event';
import type { Starvation, Starved } from './starvation';
import { type UnjudgedAttempt, UnjudgedAttempts } from './unjudgedAttempts';
import { waitedText } from './waitedText';

/** The probes and stops of one instance of a container. */
interface InstanceHistory {
  readonly startedAt: Instant;
  /** True if a probe has succeeded. */
  isUp: boolean;
  /** The probes that fail because of a response of the app, so that the failure is not a matter of time. */
  readonly answered: Set<ProbeType>;
  killedAt: Instant | undefined;
}

/**
 * The outputs of a probe for which the app responded and the response was a failure. Source: prober/http, prober/grpc.
 */
const ANSWERS = /^HTTP probe failed with statuscode|^service unhealthy \(responded with/;
const TIMED_OUT = /^timed out/;

/**
 * A check that aborts the run at an event that happened only because a container had no processor time: a start that
 * its probe gives up on, a grace period that ends with SIGKILL, a deadline, a request that times out.
 */
export class FairEvents {
  readonly #starvation: Pick<Starvation, 'since'>;
  readonly #pod: Pod;
  readonly #unjudged: UnjudgedAttempts;
  /** Instances by container name. */
  readonly #instances = new Map<string, InstanceHistory>();

  constructor(pod: Pod, starvation: Pick<Starvation, 'since'>) {
    this.#pod = pod;
    this.#unjudged = new UnjudgedAttempts(pod);
    this.#starvation = starvation;
  }

  /**
   * Checks events.
   *
   * @throws RuntimeError ({@link createOverloadError}) at the first event that would be unfair.
   */
  check(events: readonly Event[]): void {
    for (const event of events) {
      this.#check(event);
      this.#unjudged.onEvent(event);
    }
  }

  /**
   * Counts an attempt that shows nothing about the app.
   *
   * @throws RuntimeError ({@link createOverloadError}) if the probe may have decided something with this attempt.
   */
  onUnjudged(attempt: UnjudgedAttempt): void {
    this.#unjudged.add(attempt);
  }

  /**
   * Returns the container that has waited for a CPU since `from`, or the attempt that showed nothing. An event that has
   * not happened since then shows nothing about the app.
   */
  explainUnfairness(from: Instant): string | undefined {
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

  #checkInstance(instance: InstanceHistory, event: Event): void {
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

  /** Returns true if the app responded. An exit code is a response too: the command has run. */
  #isAnswer({ container, probe: type, output, result, tookMs }: EventOf<'ProbeFinished'>): boolean {
    const probe = containersOf(this.#pod.spec).find(({ name }) => name === container)?.[`${type}Probe`];
    if (result !== 'Failure') return false;
    return probe?.exec ? tookMs < probe.timeoutSeconds * 1_000 : ANSWERS.test(output);
  }

  #refuseIfStarved(from: Instant, when: string): void {
    const starved = this.#starved(from);
    if (starved) throw createOverloadError(`${waitedText(starved)} ${when}`);
  }
}
