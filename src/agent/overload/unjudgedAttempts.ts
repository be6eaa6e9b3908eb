import type { Instant } from '../../clock/instant';
import { containerNamed, type Pod } from '../../manifest/model';
import { createOverloadError } from '../../runtime/createOverloadError';
import type { Event, EventOf, ProbeType } from '../../timeline/event';

/** An attempt at a probe that shows nothing about the app. */
export interface UnjudgedAttempt {
  readonly container: string;
  readonly probe: ProbeType;
  readonly at: Instant;
  readonly why: string;
}

/** The attempts at a probe since it last succeeded or decided something. */
interface AttemptRow {
  readonly failures: number;
  /** Any of them may have been a failure. */
  readonly unjudged: readonly UnjudgedAttempt[];
}

/**
 * The attempts that show nothing, because the app got no CPU or its response could not be read. They do no harm while
 * the probe decides the same whether they were failures or successes.
 */
export class UnjudgedAttempts {
  readonly #pod: Pod;
  readonly #rows = new Map<string, AttemptRow>();
  /** The containers whose readiness probe has succeeded: before that, its failures change nothing. */
  readonly #ready = new Set<string>();
  #last: UnjudgedAttempt | undefined;

  constructor(pod: Pod) {
    this.#pod = pod;
  }

  /**
   * Counts the result of an attempt.
   *
   * @throws RuntimeError ({@link createOverloadError}) if the failures decide something only with attempts that show nothing.
   */
  onEvent(event: Event): void {
    if (event.kind === 'ContainerStarted') this.#ready.delete(event.container);
    if (event.kind === 'ProbeFinished') this.#count(event);
  }

  /**
   * Adds an attempt that shows nothing.
   *
   * @throws RuntimeError ({@link createOverloadError}) if the probe would have decided something if this attempt had failed.
   */
  add(attempt: UnjudgedAttempt): void {
    this.#last = attempt;
    const { failures, unjudged } = this.#rowOf(attempt);
    this.#set(attempt, { failures, unjudged: [...unjudged, attempt] });
  }

  /** Returns why an attempt since then shows nothing. An event that has not happened may have depended on it. */
  since(from: Instant): string | undefined {
    return this.#last && this.#last.at >= from ? this.#last.why : undefined;
  }

  #count(event: EventOf<'ProbeFinished'>): void {
    const { container, probe, result, run, threshold } = event;
    if (result === 'Errored') return;
    const isDecided = run >= threshold;
    if (result !== 'Failure' || isDecided) this.#rows.delete(keyOf(event));
    if (probe === 'readiness' && isDecided) {
      if (result === 'Failure') this.#ready.delete(container);
      else this.#ready.add(container);
    }
    if (result !== 'Failure' || isDecided) return;
    const { failures, unjudged } = this.#rowOf(event);
    this.#set(event, { failures: failures + 1, unjudged });
  }

  #rowOf(of: Pick<UnjudgedAttempt, 'container' | 'probe'>): AttemptRow {
    return this.#rows.get(keyOf(of)) ?? { failures: 0, unjudged: [] };
  }

  #set(of: Pick<UnjudgedAttempt, 'container' | 'probe'>, row: AttemptRow): void {
    this.#rows.set(keyOf(of), row);
    const last = row.unjudged.at(-1);
    if (!last || (of.probe === 'readiness' && !this.#ready.has(of.container))) return;
    if (row.failures + row.unjudged.length >= this.#thresholdOf(of)) throw createOverloadError(last.why);
  }

  #thresholdOf({ container, probe }: Pick<UnjudgedAttempt, 'container' | 'probe'>): number {
    return containerNamed(this.#pod.spec, container)?.[`${probe}Probe`]?.failureThreshold ?? 1;
  }
}

function keyOf({ container, probe }: Pick<UnjudgedAttempt, 'container' | 'probe'>): string {
  return `${probe} of ${container}`;
}
