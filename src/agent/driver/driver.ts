import { earliest, type Instant, NEVER } from '../../clock/instant';
import {
  type Command,
  isIdle,
  isStill,
  type PodState,
  type StepResult,
  type StillPod,
  untilQuiet,
  wakeAt,
} from '../../kubelet';
import { createOverloadError } from '../../runtime/createOverloadError';
import type { Event, RuntimeEvent, TestEvent } from '../../timeline/event';
import type { FairEvents } from '../overload/fairEvents';
import type { Calm } from './calm';
import type { Inbox } from './inbox';
import { SkippedTime } from './skippedTime';
import { Unanswered } from './unanswered';

/** Half of the shortest timeout and period that a manifest can set. */
const LATE_MS = 500;
/** If the kubelet wakes later than this, it would judge the pod by the slowness of the machine. */
const LATE_MAX_MS = 2_000;
/** The longest delay that setTimeout accepts. */
const SLEEP_MAX_MS = 2 ** 31 - 1;

/** A follower of one pod. The followers of a pod are called in the order in which they were passed. */
export interface Follower {
  /** Runs a command of the kubelet. Its result arrives through the inbox. */
  onCommand?(command: Command): void;
  onEvents?(events: readonly Event[]): void;
  /** Called when the pod's clock reaches an awaited instant and nothing happened. */
  onClockReached?(at: Instant): void;
  /**
   * Called when nothing more will happen to the pod unless the test acts. `published` is the number of events until
   * then.
   */
  onRested?(published: number): void;
  /** Called when the pod has been removed: nothing more will happen to it. */
  onEnded?(): void;
}

/** Rules of a driver. */
export interface DriverRules {
  readonly fair: Pick<FairEvents, 'check'>;
  /** Returns true if nothing else on this machine needs real time, so that idle time may be skipped now. */
  readonly maySkip: () => boolean;
  /** Absent if only the time in which no container runs is skipped. */
  readonly skips?: { readonly isFrozen: StillPod['isFrozen']; readonly calm: Calm } | undefined;
  /** Called when the kubelet or the runtime failed, or the kubelet woke too late. */
  readonly onBroken: (error: unknown) => void;
}

/**
 * The loop that runs the kubelet of one pod in real time, starting at the first `proceed`. It passes observations to
 * the kubelet as they arrive, wakes it when it is due, passes its commands and events to the followers, and sleeps in
 * between.
 */
export class Driver {
  readonly #inbox: Inbox;
  readonly #rules: DriverRules;
  readonly #first: StepResult;
  readonly #followers: Follower[] = [];
  #state: PodState;
  /** The number of events that have been published. */
  #published = 0;
  /** The number of published events when the followers were last told that the pod rests. */
  #restedAfter = 0;
  #awaited: readonly Instant[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** The instant that the alarm is set to. */
  #due: Instant | undefined;
  #isStepping = false;
  #isStopped = false;
  readonly #unanswered = new Unanswered();
  readonly #skipped: SkippedTime;

  constructor(first: StepResult, inbox: Inbox, rules: DriverRules) {
    this.#inbox = inbox;
    this.#rules = rules;
    this.#first = first;
    this.#state = first.state;
    this.#skipped = new SkippedTime(inbox.clock);
    inbox.deliverTo(this);
  }

  /** Tells the followers how the pod begins, then everything that happens to it. */
  begin(...followers: readonly Follower[]): void {
    this.#followers.push(...followers);
    for (const command of this.#first.commands) this.#perform(command);
    const run: TestEvent = { source: 'test', kind: 'TestActed', action: 'run', at: this.#inbox.now() };
    this.#publish([run, ...this.#first.events]);
  }

  get state(): PodState {
    return this.#state;
  }

  /** True if the pod has not reached Running yet: the other pods should skip no time until then. */
  get isStarting(): boolean {
    return !this.#isStopped && this.#state.status.phase === 'Pending' && !isIdle(this.#state);
  }

  /** True if nothing more will happen to the pod unless the test acts. */
  get isAtRest(): boolean {
    return this.#isStopped || (this.#isIdle && wakeAt(this.#state, this.#inbox.now()) === NEVER);
  }

  /** Returns true if the kubelet has observed that an instance of a container exited. */
  hasExited(id: string): boolean {
    return this.#state.runtime.instances.every((instance) => instance.id !== id || instance.state === 'exited');
  }

  onAction(event: TestEvent): void {
    if (this.#isStopped) return;
    this.#unanswered.interrupt();
    this.#publish([event]);
  }

  onNote(event: RuntimeEvent): void {
    if (this.#isStopped) return;
    try {
      this.#publish([event]);
    } catch (error) {
      this.break(error);
    }
    this.proceed();
  }

  /** Registers a waiter that has received `seen` events and waits for more of them, or for `until`. */
  await(until: Instant, seen: number): void {
    // Events that the waiter has not received yet are in transit, and they end the wait.
    if (seen < this.#published) return;
    // A waiter that was woken without an event registers again.
    if (this.#awaited.includes(until)) return;
    this.#awaited = [...this.#awaited, until];
    this.proceed();
  }

  /**
   * Waits for the end of a run that nothing in the pod responds to. Resolves to false if the test acts before, because
   * the pod may respond after that.
   */
  outlast(run: number, until: Instant): Promise<boolean> {
    const ended = this.#unanswered.add(run, until);
    this.proceed();
    return ended;
  }

  /** Processes everything that is due by now, and sets the alarm for the next instant. */
  proceed(): void {
    if (this.#isStopped || this.#isStepping) return;
    this.#isStepping = true;
    try {
      const now = this.#inbox.now();
      this.#noteLateness(now);
      this.#catchUp(now);
    } catch (error) {
      this.break(error);
    } finally {
      this.#isStepping = false;
    }
  }

  stop(): void {
    this.#isStopped = true;
    this.#unanswered.timeOut(NEVER);
    clearTimeout(this.#timer);
  }

  /** Stops, because the run can have no result. */
  break(error: unknown): void {
    this.stop();
    this.#rules.onBroken(error);
  }

  #catchUp(now: Instant): void {
    const events: Event[] = [];
    const isQuiet = untilQuiet(this.#state, now, {
      take: () => this.#inbox.take(),
      follow: (result) => {
        this.#state = result.state;
        for (const command of result.commands) this.#perform(command);
        events.push(...result.events);
      },
    });
    if (!isQuiet) throw new Error(`the kubelet is stuck at ${now}ms: the same events repeat without time passing`);
    if (events.length > 0) this.#publish(events);
    if (this.#state.removed && this.isAtRest) {
      this.stop();
      for (const follower of this.#followers) follower.onEnded?.();
      return;
    }
    if (this.isAtRest && this.#restedAfter !== this.#published) {
      this.#restedAfter = this.#published;
      for (const follower of this.#followers) follower.onRested?.(this.#published);
    }
    this.#unanswered.timeOut(now);
    this.#reportClock(now);
    this.#setAlarm();
  }

  #perform(command: Command): void {
    for (const follower of this.#followers) follower.onCommand?.(command);
  }

  /** Publishes events, after the skip of time that came before them. */
  #publish(events: readonly Event[]): void {
    const all = [...this.#skipped.take(), ...events];
    this.#rules.fair.check(events);
    this.#published += all.length;
    this.#rules.skips?.calm.onEvents(events);
    // Each waiter has new events to look at. It registers again if they do not suffice.
    this.#awaited = [];
    for (const follower of this.#followers) follower.onEvents?.(all);
  }

  #reportClock(now: Instant): void {
    if (this.#awaited.every((until) => until > now)) return;
    if (this.#skipped.hasUnpublished) this.#publish([]);
    this.#awaited = this.#awaited.filter((until) => until > now);
    for (const follower of this.#followers) follower.onClockReached?.(now);
  }

  #setAlarm(): void {
    clearTimeout(this.#timer);
    this.#due = undefined;
    const now = this.#inbox.now();
    const next = earliest(wakeAt(this.#state, now), ...this.#awaited, ...this.#unanswered.ends);
    if (next === NEVER) return;
    const calmInMs = next > now ? this.#calmInMs() : undefined;
    if (next > now && this.#maySkip()) this.#skipTo(next, now);
    else if (calmInMs === 0) this.#skipTo(next, now, 'running');
    else {
      this.#due = next;
      this.#timer = setTimeout(() => this.proceed(), Math.min(next - now, calmInMs ?? SLEEP_MAX_MS, SLEEP_MAX_MS));
    }
  }

  /**
   * Publishes that the kubelet woke late.
   *
   * @throws RuntimeError ({@link createOverloadError}) if it woke so late that the run shows nothing about the pod.
   */
  #noteLateness(now: Instant): void {
    const byMs = this.#due === undefined ? 0 : now - this.#due;
    if (byMs > LATE_MAX_MS) throw createOverloadError(`the kubelet woke ${byMs}ms late`);
    if (byMs >= LATE_MS) this.#publish([{ source: 'runtime', kind: 'HeldUp', at: now, byMs }]);
  }

  /** Returns true if a waiter waits for time to pass and nothing happens until then. */
  #maySkip(): boolean {
    if (this.#awaited.length === 0 || this.#inbox.isOccupied || !this.#rules.maySkip()) return false;
    return isIdle(this.#state, this.#still);
  }

  get #isIdle(): boolean {
    return !this.#inbox.isOccupied && isIdle(this.#state);
  }

  /** True if nothing in the pod acts: every container that has not exited is frozen. */
  get isStill(): boolean {
    return this.#still !== undefined && isStill(this.#state, this.#still);
  }

  get #still(): StillPod | undefined {
    const { skips } = this.#rules;
    return skips && { isFrozen: skips.isFrozen, isUnanswered: (run) => this.#unanswered.has(run) };
  }

  /**
   * Returns how the containers spend skipped time. The command of an exec probe runs in a frozen container too, and it
   * may read a clock.
   */
  get #containersWhileSkipping(): 'frozen' | 'running' | undefined {
    if (isIdle(this.#state)) return undefined;
    return this.#state.prober.workers.some(({ probe }) => probe.exec) ? 'running' : 'frozen';
  }

  /**
   * Returns the milliseconds after which the next gap may be skipped while containers run, or undefined if it may not.
   */
  #calmInMs(): number | undefined {
    if (this.#awaited.length === 0 || this.#inbox.isOccupied || !this.#rules.maySkip()) return undefined;
    return this.#still && this.#rules.skips?.calm.inMs(this.#state, this.#still);
  }

  #skipTo(next: Instant, now: Instant, containers?: 'running'): void {
    this.#skipped.skip(next, now, containers ?? this.#containersWhileSkipping);
    this.#timer = setTimeout(() => this.proceed(), 0);
  }
}
