import type { Instant } from '../../clock/instant';
import type { RealClock } from '../../clock/real';
import type { Observation } from '../../kubelet';
import type { RuntimeEvent, TestEvent } from '../../timeline/event';

/** The reader of an inbox. */
interface InboxReader {
  /** Called when there is an observation to take, or when nothing is in progress any longer. */
  proceed(): void;
  onNote(event: RuntimeEvent): void;
  onAction(event: TestEvent): void;
  break(error: unknown): void;
}

/**
 * The receiver of everything that the parts of a pod report to its driver. The inbox is created before them, because
 * the driver is created after them.
 */
export class Inbox {
  readonly clock: RealClock;
  readonly #observations: Observation[] = [];
  #reader: InboxReader | undefined;
  /** The number of tasks in progress that will be recorded. */
  #occupied = 0;

  constructor(clock: RealClock) {
    this.clock = clock;
  }

  /** Gives the inbox its reader. Until then observations wait, and nothing is recorded. */
  deliverTo(reader: InboxReader): void {
    this.#reader = reader;
  }

  now(): Instant {
    return this.clock.now();
  }

  /** Passes an observation to the kubelet. */
  observe(seen: Observation): void {
    this.#observations.push(seen);
    this.#reader?.proceed();
  }

  /** Records an event of the pod that does not concern its kubelet. */
  note(event: RuntimeEvent): void {
    this.#reader?.onNote(event);
  }

  /** Records an action of the test, before it runs. */
  record(action: Omit<TestEvent, 'source' | 'kind' | 'at'>): void {
    this.#reader?.onAction({ source: 'test', kind: 'TestActed', at: this.now(), ...action });
  }

  /**
   * Registers a task in progress that will be recorded. Until the returned function is called, the pod neither rests
   * nor terminates, and no time is skipped.
   */
  occupy(): () => void {
    this.#occupied += 1;
    return () => {
      this.#occupied -= 1;
      this.#reader?.proceed();
    };
  }

  /** Aborts the run. */
  break(error: unknown): void {
    this.#reader?.break(error);
  }

  get isOccupied(): boolean {
    return this.#occupied > 0;
  }

  /** Takes the oldest observation that the kubelet has not received yet. */
  take(): Observation | undefined {
    return this.#observations.shift();
  }
}
