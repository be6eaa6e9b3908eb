import { earliest, type Instant, NEVER } from '../../clock/instant';
import type { RealClock } from '../../clock/real';
import {
  type Command,
  isIdle,
  isStill,
  type Observation,
  type PodState,
  type StepResult,
  type StillPod,
  step,
  wakeAt,
} from '../../kubelet';
import { overloaded } from '../../runtime/overloaded';
import type { Event, RuntimeEvent, TestEvent } from '../../timeline/event';
import type { Calm } from './calm';
import { SkippedTime } from './skippedTime';
import { Unanswered } from './unanswered';

/** A kubelet that is due again and again at one instant will never be done with it. */
const STEPS_MAX = 1_000;
/** Half of the shortest time-out and period that a manifest can name. */
const LATE_MS = 500;
/** Waking later than this, the kubelet would judge the pod by the machine's slowness. */
const LATE_MAX_MS = 2_000;
/** What setTimeout bears. */
const SLEEP_MAX_MS = 2 ** 31 - 1;

/** What a driver needs of the world around the pod. */
export interface DriverHost {
  readonly clock: RealClock;
  /** Carries a command out; what comes of it is told to the driver later. */
  readonly perform: (command: Command) => void;
  readonly publish: (events: readonly Event[]) => void;
  /** Throws where what happened shows nothing about the app. */
  readonly checkFair: (events: readonly Event[]) => void;
  /** The pod's clock has come to an instant that was waited for, and nothing happened. */
  readonly clockReached: (at: Instant) => void;
  /** Whether idle time may be skipped now, as far as others are concerned. */
  readonly maySkip: () => boolean;
  /** Absent if only the time in which no container runs is skipped. */
  readonly skips?: { readonly isFrozen: StillPod['isFrozen']; readonly calm: Calm } | undefined;
  /** After that many events, nothing more will happen to the pod unless the test does something. */
  readonly rested: (told: number) => void;
  /** The pod is gone: nothing more will happen to it. */
  readonly ended: () => void;
  /** The kubelet failed, or came too late. */
  readonly broke: (error: unknown) => void;
}

/**
 * Plays one pod in real time, from the first `proceed` on: gives the kubelet its news as they arrive, wakes it when it is due, and has done what it
 * wants done. Between the two it sleeps.
 */
export class Driver {
  readonly #around: DriverHost;
  readonly #news: Observation[] = [];
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
  /** How many things are under way that the record will tell of. */
  #occupied = 0;

  constructor({ state, commands, events }: StepResult, around: DriverHost) {
    this.#around = around;
    this.#skipped = new SkippedTime(around.clock);
    this.#state = state;
    for (const command of commands) around.perform(command);
    const run: TestEvent = { source: 'test', kind: 'TestActed', action: 'run', at: around.clock.now() };
    this.#publish([run, ...events]);
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
    return this.#isStopped || (this.#isIdle && wakeAt(this.#state, this.#around.clock.now()) === NEVER);
  }

  /** Whether the kubelet knows that an instance of a container has ended. */
  hasExited(id: string): boolean {
    return this.#state.runtime.instances.every((instance) => instance.id !== id || instance.state === 'exited');
  }

  observe(seen: Observation): void {
    this.#news.push(seen);
    this.proceed();
  }

  /** Notes what the test does, before it is done. */
  record(act: Omit<TestEvent, 'source' | 'kind' | 'at'>): void {
    if (this.#isStopped) return;
    this.#unanswered.interrupt();
    this.#publish([{ source: 'test', kind: 'TestActed', at: this.#around.clock.now(), ...act }]);
  }

  /** Notes what was seen of the pod, and is no business of its kubelet. */
  note(event: RuntimeEvent): void {
    if (this.#isStopped) return;
    try {
      this.#publish([event]);
    } catch (error) {
      this.#break(error);
    }
    this.proceed();
  }

  /**
   * Something is under way that the record will tell of: until the returned function is called the pod neither rests nor
   * ends, and no time is skipped.
   */
  occupy(): () => void {
    this.#occupied += 1;
    return () => {
      this.#occupied -= 1;
      this.proceed();
    };
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
      const now = this.#around.clock.now();
      this.#noteLateness(now);
      this.#catchUp(now);
    } catch (error) {
      this.#break(error);
    } finally {
      this.#isStepping = false;
    }
  }

  stop(): void {
    this.#isStopped = true;
    this.#unanswered.timeOut(NEVER);
    clearTimeout(this.#timer);
  }

  #break(error: unknown): void {
    this.stop();
    this.#around.broke(error);
  }

  #catchUp(now: Instant): void {
    const events: Event[] = [];
    for (let steps = 0; this.#news.length > 0 || wakeAt(this.#state, now) <= now; steps += 1) {
      if (steps === STEPS_MAX) throw new Error(`the kubelet does not get past ${now} ms`);
      events.push(...this.#step(this.#news.shift() ?? { kind: 'Woken' }, now));
    }
    if (events.length > 0) this.#publish(events);
    if (this.#state.removed && this.isAtRest) {
      this.stop();
      this.#around.ended();
      return;
    }
    if (this.isAtRest && this.#restedAfter !== this.#told) {
      this.#restedAfter = this.#told;
      this.#around.rested(this.#told);
    }
    this.#unanswered.timeOut(now);
    this.#tellClock(now);
    this.#setAlarm();
  }

  #step(seen: Observation, at: Instant): readonly Event[] {
    const { state, commands, events } = step(this.#state, seen, at);
    this.#state = state;
    for (const command of commands) this.#around.perform(command);
    return events;
  }

  /** Tells what happened, after the leap that led there. */
  #publish(events: readonly Event[]): void {
    const all = [...this.#skipped.take(), ...events];
    this.#around.checkFair(events);
    this.#told += all.length;
    this.#around.skips?.calm.onEvents(events);
    // Whoever waited has got something to look at, and will say so when it was not enough.
    this.#awaited = [];
    this.#around.publish(all);
  }

  #tellClock(now: Instant): void {
    if (this.#awaited.every((until) => until > now)) return;
    if (this.#skipped.isUntold) this.#publish([]);
    this.#awaited = this.#awaited.filter((until) => until > now);
    this.#around.clockReached(now);
  }

  #setAlarm(): void {
    clearTimeout(this.#timer);
    this.#due = undefined;
    const now = this.#around.clock.now();
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
    if (byMs > LATE_MAX_MS) throw overloaded(`the kubelet woke ${byMs} ms late`);
    if (byMs >= LATE_MS) this.#publish([{ source: 'runtime', kind: 'HeldUp', at: now, byMs }]);
  }

  /** Time passes unseen only for somebody who waits for it to pass. */
  #maySkip(): boolean {
    if (this.#awaited.length === 0 || this.#occupied > 0 || !this.#around.maySkip()) return false;
    return isIdle(this.#state, this.#still);
  }

  get #isIdle(): boolean {
    return this.#occupied === 0 && isIdle(this.#state);
  }

  /** True if nothing in the pod acts: what has not exited is frozen. */
  get isStill(): boolean {
    return this.#still !== undefined && isStill(this.#state, this.#still);
  }

  get #still(): StillPod | undefined {
    const { skips } = this.#around;
    return skips && { isFrozen: skips.isFrozen, isUnanswered: (run) => this.#unanswered.has(run) };
  }

  /** A command of a probe runs beside what is frozen, and may look at a clock. */
  get #meanwhile(): 'frozen' | 'running' | undefined {
    if (isIdle(this.#state)) return undefined;
    return this.#state.prober.workers.some(({ probe }) => probe.exec) ? 'running' : 'frozen';
  }

  /** After how many milliseconds the next gap may be skipped although containers run; undefined if it may not. */
  #calmInMs(): number | undefined {
    if (this.#awaited.length === 0 || this.#occupied > 0 || !this.#around.maySkip()) return undefined;
    return this.#still && this.#around.skips?.calm.inMs(this.#state, this.#still);
  }

  #skipTo(next: Instant, now: Instant, containers?: 'running'): void {
    this.#skipped.skip(next, now, containers ?? this.#meanwhile);
    this.#timer = setTimeout(() => this.proceed(), 0);
  }
}
