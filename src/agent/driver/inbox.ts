import type { Instant } from '../../clock/instant';
import type { RealClock } from '../../clock/real';
import type { Observation } from '../../kubelet';
import type { RuntimeEvent, TestEvent } from '../../timeline/event';

/** Learns of what arrives in an inbox. */
interface InboxReader {
  /** There is an observation to take, or nothing is under way any more. */
  proceed(): void;
  onNote(event: RuntimeEvent): void;
  onAction(event: TestEvent): void;
  break(error: unknown): void;
}

/** Receives what the parts of a pod tell its driver. It is made before them, because the driver is made after them. */
export class Inbox {
  readonly clock: RealClock;
  readonly #observations: Observation[] = [];
  #reader: InboxReader | undefined;
  /** How many things are under way that will be recorded. */
  #occupied = 0;

  constructor(clock: RealClock) {
    this.clock = clock;
  }

  /** Gives the inbox its reader: until then observations wait, and nothing is recorded. */
  deliverTo(reader: InboxReader): void {
    this.#reader = reader;
  }

  now(): Instant {
    return this.clock.now();
  }

  /** Tells the kubelet something. */
  observe(seen: Observation): void {
    this.#observations.push(seen);
    this.#reader?.proceed();
  }

  /** Records something about the pod that does not concern its kubelet. */
  note(event: RuntimeEvent): void {
    this.#reader?.onNote(event);
  }

  /** Records an action of the test, before it is carried out. */
  record(action: Omit<TestEvent, 'source' | 'kind' | 'at'>): void {
    this.#reader?.onAction({ source: 'test', kind: 'TestActed', at: this.now(), ...action });
  }

  /**
   * Says that something is under way that will be recorded: until the returned function is called the pod neither rests nor
   * ends, and no time is skipped.
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

  /** Takes the oldest observation that the kubelet has not been told yet. */
  take(): Observation | undefined {
    return this.#observations.shift();
  }
}
