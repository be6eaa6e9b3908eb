import { CREATED, type Instant, NEVER } from '../clock/instant';
import {
  createPod,
  DEFAULT_CONFIG,
  type KubeletConfig,
  type Observation,
  type PodState,
  type Step,
  step,
  wakeAt,
} from '../kubelet';
import { type Config, NO_CONFIG } from '../manifest/config';
import type { Pod } from '../manifest/model';
import type { AppScript } from '../runtime/scripted/script';
import { ScriptedRuntime } from '../runtime/scripted/scriptedRuntime';
import type { TestEvent } from '../timeline/event';
import { PodTimeline } from './podTimeline';

/** So many things at one instant are a loop: the rules of the pod chase each other without time passing. */
const MOST_AT_ONCE = 10_000;

/** A kubelet and a scripted runtime on one virtual clock: time passes only when it is told to, and then at once. */
export class Simulation {
  readonly timeline: PodTimeline;
  readonly runtime: ScriptedRuntime;
  #state: PodState;
  #now: Instant = CREATED;

  constructor(pod: Pod, script: AppScript, config: Partial<KubeletConfig> = {}, found: Config = NO_CONFIG) {
    this.timeline = new PodTimeline(pod);
    const settings = { ...DEFAULT_CONFIG, ...config };
    this.runtime = new ScriptedRuntime(script, pod, settings.kubernetesVersion, settings.profile, found);
    const created = createPod(pod, settings);
    this.#state = created.state;
    this.#follow(created);
  }

  get now(): Instant {
    return this.#now;
  }

  get state(): PodState {
    return this.#state;
  }

  /** When something happens next; NEVER when nothing can. */
  get nextAt(): Instant {
    return Math.min(this.runtime.nextAt, wakeAt(this.#state, this.#now)) as Instant;
  }

  /** Lets time pass to `until`, or to the first instant at which `stop` says so after something has happened. */
  advance(until: Instant, stop: () => boolean = () => false): void {
    for (let at = this.nextAt; at <= until && at !== NEVER; at = this.nextAt) {
      this.#now = at;
      this.#settle();
      if (stop()) return;
    }
    if (until !== NEVER) this.#now = until;
    this.timeline.advance(this.#now);
  }

  /** Tells the kubelet something at this instant, and does what follows from it. */
  observe(seen: Observation): void {
    this.#follow(step(this.#state, seen, this.#now));
    this.#settle();
  }

  /** Notes what the test does to the pod. */
  act(action: Omit<TestEvent, 'at' | 'source' | 'kind'>): void {
    this.timeline.append({ source: 'test', kind: 'TestActed', at: this.#now, ...action });
  }

  /** Everything that happens at this instant: the news first, then the workers' ticks, then the sync. */
  #settle(): void {
    for (let count = 0; this.nextAt <= this.#now; count += 1) {
      if (count > MOST_AT_ONCE) {
        throw new RangeError(
          `time stands still at +${this.#now / 1000} s: something ends the moment it begins, again and again (last ` +
            `${this.timeline.events.at(-1)?.kind}); give what the script does then a later time than 0s`,
        );
      }
      const seen = this.runtime.take(this.#now) ?? { kind: 'Woken' };
      this.#follow(step(this.#state, seen, this.#now));
    }
  }

  #follow({ state, commands, events }: Step): void {
    this.#state = state;
    for (const event of events) this.timeline.append(event);
    for (const command of commands) this.runtime.perform(command, this.#now);
  }
}
