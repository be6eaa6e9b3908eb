import type { Instant } from '../../../../src/clock/instant';
import { NEVER } from '../../../../src/clock/instant';
import { Simulation } from '../../../../src/pod/simulated/simulation';
import { Record } from './record';
import type { Scenario } from './scenario';
import { dueAt, perform, type Step } from './steps';

/** The end of a simulation. */
export interface Watch {
  /** Returns when the simulation may end, if it is known. */
  endsAt(record: Record): Instant;
  /** True if the result of each check is known. */
  isOver(record: Record): boolean;
}

/** Plays a scenario in virtual time, with its steps, as long as there is something to watch for. */
export function play(scenario: Scenario, steps: readonly Step[], watch: Watch): Record {
  const { pod, app, config } = scenario;
  const simulation = new Simulation(pod, app, config);
  const record = new Record(simulation.timeline, pod, app);
  const player = new Player(simulation, record, steps);
  record.readUpTo(simulation.now);
  player.performDue();
  for (;;) {
    if (watch.isOver(record)) return record;
    const end = watch.endsAt(record);
    if (simulation.now >= end && player.nextAt > end) return record;
    const until = Math.min(end, player.nextAt) as Instant;
    simulation.advance(until, () => {
      record.readUpTo(simulation.now);
      return player.nextAt < until || player.nextAt <= simulation.now || watch.isOver(record);
    });
    record.readUpTo(simulation.now);
    player.performDue();
  }
}

/** Player of the steps of a case, in order. */
class Player {
  readonly #simulation: Simulation;
  readonly #record: Record;
  readonly #steps: readonly Step[];
  readonly #doneAt = new Map<Step, Instant>();

  constructor(simulation: Simulation, record: Record, steps: readonly Step[]) {
    this.#simulation = simulation;
    this.#record = record;
    this.#steps = steps;
  }

  /** When the next step is due, as far as it is known. */
  get nextAt(): Instant {
    if (this.#doneAt.size === this.#steps.length) return NEVER;
    const due = this.#steps.filter((step) => !this.#doneAt.has(step)).map((step) => this.#dueAt(step) ?? NEVER);
    // A step may wait for a process that is up later, which no event announces.
    return Math.min(...due, this.#record.runs.nextUpAt(this.#record.now) ?? NEVER) as Instant;
  }

  /** Does every step whose time has come, also those that wait for one of these. */
  performDue(): void {
    for (let next = this.#due(); next; next = this.#due()) {
      this.#doneAt.set(next, this.#simulation.now);
      perform(next, this.#simulation, this.#record);
    }
  }

  #due(): Step | undefined {
    return this.#steps.find((step) => {
      if (this.#doneAt.has(step)) return false;
      const at = this.#dueAt(step);
      return at !== undefined && at <= this.#simulation.now;
    });
  }

  #dueAt(step: Step): Instant | undefined {
    const ahead = this.#steps[this.#steps.indexOf(step) - 1];
    return dueAt(step, this.#record, ahead ? this.#doneAt.get(ahead) : (0 as Instant));
  }
}
