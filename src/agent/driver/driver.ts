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
import { overloaded } from '../../runtime/overloaded';
import type { Event, RuntimeEvent, TestEvent } from '../../timeline/event';
import type { FairEvents } from '../overload/fairEvents';
import type { Calm } from './calm';
import type { Inbox } from './inbox';
import { SkippedTime } from './skippedTime';
import { Unanswered } from './unanswered';

/** Half of the shortest time-out and period that a manifest can name. */
const LATE_MS = 500;
/** Waking later than this, the kubelet would judge the pod by the machine's slowness. */
const LATE_MAX_MS = 2_000;
/** What setTimeout bears. */
const SLEEP_MAX_MS = 2 ** 31 - 1;

/** Follows one pod. The followers of a pod are called in the order in which they were given. */
export interface Follower {
  /** The kubelet wants something done. Its result comes through the inbox. */
  onCommand?(command: Command): void;
  onEvents?(events: readonly Event[]): void;
  /** The pod's clock has come to an instant that was waited for, and nothing happened. */
  onClockReached?(at: Instant): void;
  /** After that many events, nothing more will happen to the pod unless the test does something. */
  onRested?(told: number): void;
  /** The pod has been removed: nothing more will happen to it. */
  onEnded?(): void;
}

/** The rules that a driver keeps. */
export interface DriverRules {
  readonly fair: Pick<FairEvents, 'check'>;
  /** Whether idle time may be skipped now, as far as others are concerned. */
  readonly maySkip: () => boolean;
  /** Absent if only the time in which no container runs is skipped. */
  readonly skips?: { readonly isFrozen: StillPod['isFrozen']; readonly calm: Calm } | undefined;
  /** Called when the kubelet or the runtime failed, or the kubelet woke too late. */
  readonly onBroken: (error: unknown) => void;
}

/**
 * Runs the kubelet of one pod in real time, from the first `proceed` on: passes observations to it as they arrive, wakes it
 * when it is due, and passes its commands and events to the followers. Between the two it sleeps.
 */
export class Driver {
  readonly #inbox: Inbox;
  readonly #rules: DriverRules;
  readonly #first: StepResult;
  readonly #followers: Follower[] = [];
  #state: PodState;
  /** How many events have been published. */
  #told = 0;
  /** After how many of them it was last told that the pod rests. */
  #restedAfter = 0;
  #awaited: readonly Instant[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** What the alarm is set to. */
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

  /** Tells the followers how the pod begins, and from then on what happens to it. */
  begin(...followers: readonly Follower[]): void {
    this.#followers.push(...followers);
    for (const command of this.#first.commands) this.#perform(command);
    const run: TestEvent = { source: 'test', kind: 'TestActed', action: 'run', at: this.#inbox.now() };
    this.#publish([run, ...this.#first.events]);
  }

  get state(): PodState {
    return this.#state;
  }

  /** Whether the pod has yet to show that it runs: others should not skip time meanwhile. */
  get isStarting(): boolean {
    return !this.#isStopped && this.#state.status.phase === 'Pending' && !isIdle(this.#state);
  }

  /** Whether nothing will happen to the pod any more unless the test does something. */
  get isAtRest(): boolean {
    return this.#isStopped || (this.#isIdle && wakeAt(this.#state, this.#inbox.now()) === NEVER);
  }

  /** Whether the kubelet knows that an instance of a container has ended. */
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

  /** Somebody who has seen that many events waits for more of them, or for `until`. */
  await(until: Instant, seen: number): void {
    // What the waiter has not seen yet is on its way and ends the wait.
    if (seen < this.#told) return;
    // Somebody who was woken by no event asks again.
    if (this.#awaited.includes(until)) return;
    this.#awaited = [...this.#awaited, until];
    this.proceed();
  }

  /**
   * Waits for the end of a run that nothing in the pod responds to. Resolves to false if the test does something before: it
   * may be responded to then.
   */
  outlast(run: number, until: Instant): Promise<boolean> {
    const ended = this.#unanswered.add(run, until);
    this.proceed();
    return ended;
  }

  /** Lets everything happen that is due by now, and sets the alarm for what comes next. */
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

  /** Stops, because the run shows nothing any more. */
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
    if (!isQuiet) throw new Error(`the kubelet does not get past ${now}ms`);
    if (events.length > 0) this.#publish(events);
    if (this.#state.removed && this.isAtRest) {
      this.stop();
      for (const follower of this.#followers) follower.onEnded?.();
      return;
    }
    if (this.isAtRest && this.#restedAfter !== this.#told) {
      this.#restedAfter = this.#told;
      for (const follower of this.#followers) follower.onRested?.(this.#told);
    }
    this.#unanswered.timeOut(now);
    this.#tellClock(now);
    this.#setAlarm();
  }

  #perform(command: Command): void {
    for (const follower of this.#followers) follower.onCommand?.(command);
  }

  /** Tells what happened, after the leap that led there. */
  #publish(events: readonly Event[]): void {
    const all = [...this.#skipped.take(), ...events];
    this.#rules.fair.check(events);
    this.#told += all.length;
    this.#rules.skips?.calm.onEvents(events);
    // Whoever waited has got something to look at, and will say so when it was not enough.
    this.#awaited = [];
    for (const follower of this.#followers) follower.onEvents?.(all);
  }

  #tellClock(now: Instant): void {
    if (this.#awaited.every((until) => until > now)) return;
    if (this.#skipped.isUntold) this.#publish([]);
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

  /** @throws RuntimeError ({@link overloaded}) if it is too late for anything to be said about the pod. */
  #noteLateness(now: Instant): void {
    const byMs = this.#due === undefined ? 0 : now - this.#due;
    if (byMs > LATE_MAX_MS) throw overloaded(`the kubelet woke ${byMs}ms late`);
    if (byMs >= LATE_MS) this.#publish([{ source: 'runtime', kind: 'HeldUp', at: now, byMs }]);
  }

  /** Time passes unseen only for somebody who waits for it to pass. */
  #maySkip(): boolean {
    if (this.#awaited.length === 0 || this.#inbox.isOccupied || !this.#rules.maySkip()) return false;
    return isIdle(this.#state, this.#still);
  }

  get #isIdle(): boolean {
    return !this.#inbox.isOccupied && isIdle(this.#state);
  }

  /** True if nothing in the pod acts: what has not exited is frozen. */
  get isStill(): boolean {
    return this.#still !== undefined && isStill(this.#state, this.#still);
  }

  get #still(): StillPod | undefined {
    const { skips } = this.#rules;
    return skips && { isFrozen: skips.isFrozen, isUnanswered: (run) => this.#unanswered.has(run) };
  }

  /** A command of a probe runs beside what is frozen, and may look at a clock. */
  get #meanwhile(): 'frozen' | 'running' | undefined {
    if (isIdle(this.#state)) return undefined;
    return this.#state.prober.workers.some(({ probe }) => probe.exec) ? 'running' : 'frozen';
  }

  /** After how many milliseconds the next gap may be skipped although containers run; undefined if it may not. */
  #calmInMs(): number | undefined {
    if (this.#awaited.length === 0 || this.#inbox.isOccupied || !this.#rules.maySkip()) return undefined;
    return this.#still && this.#rules.skips?.calm.inMs(this.#state, this.#still);
  }

  #skipTo(next: Instant, now: Instant, containers?: 'running'): void {
    this.#skipped.skip(next, now, containers ?? this.#meanwhile);
    this.#timer = setTimeout(() => this.proceed(), 0);
  }
}
