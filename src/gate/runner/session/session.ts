import { type AssertionResult, unknown } from '../../../assertions/assertionResult';
import { evaluate } from '../../../assertions/evaluate';
import { cameUp } from '../../../assertions/restarts/startup';
import type { Instant } from '../../../clock/instant';
import type { Pod } from '../../../manifest/model';
import { isEngineFailure, isOverload, type RuntimeError } from '../../../runtime/runtimeError';
import { historyOf } from '../../../timeline/history/podHistory';
import { type Since, START } from '../../../timeline/since';
import type { Timeline } from '../../../timeline/timeline';
import type { Phase } from '../../../timing/phase';
import { NO_LIMIT, readyLimit } from '../../../timing/waits';
import type { DeadlineOptions } from '../../../waiting/waitDeadline';
import { waitFor } from '../../../waiting/waitFor';
import { formatReceived } from '../../../wording/facts/received';
import { type Abort, type CutMessage, formatAbort, formatCut } from '../../../wording/gate/cuts';
import type { Announcement, WaitMessage } from '../../../wording/gate/progress/announcements';
import type { PodTrial } from '../../../wording/gate/progress/trials';
import { formatCheckMessage } from '../../../wording/gate/results/checkMessage';
import type { Actor } from '../../model/actor';
import { startWait } from '../../model/announce';
import type { Subject } from '../../model/subject';
import type { Evidence, TargetResult } from '../../model/targetResult';
import { PatchSearch } from '../patchSearch';
import { orGivenUp } from './givenUp';
import { unavailableImage } from './unavailableImage';

/** The run of an experiment was aborted, so nothing can be said. */
export class BrokenRun extends Error {
  override readonly name = 'BrokenRun';
  readonly abort: Abort;
  /** True if the machine was too busy to judge its pod. */
  readonly isOverloaded: boolean;

  constructor(abort: Abort, { isOverloaded = false } = {}) {
    super(formatAbort(abort));
    this.abort = abort;
    this.isOverloaded = isOverloaded;
  }
}

/** An experiment ends early, because what it builds on is not so. */
export class CutShort extends Error {
  override readonly name: string = 'CutShort';
  readonly cut: CutMessage;

  constructor(cut: CutMessage) {
    super(formatCut(cut));
    this.cut = cut;
  }
}

/** A check failed after time was skipped for containers that ran, so it is not known to fail. */
export class Unconfirmed extends Error {
  override readonly name = 'Unconfirmed';
}

/** It ends because its pod did not become Ready, which no other would either. */
export class NotReady extends CutShort {
  override readonly name = 'NotReady';
}

export interface SessionOptions {
  readonly subject: Subject;
  readonly start: (pod: Pod, trial?: PodTrial) => Promise<Actor>;
  /** Receives what is waited for. */
  readonly onWaiting: (announcement: Announcement) => void;
  /** Receives each result. */
  readonly onResult?: (result: TargetResult) => void;
  /** True if these results are all that the experiment is run for: the rest is left out. */
  readonly isEnough?: (results: readonly TargetResult[]) => boolean;
  /** @throws RuntimeError if the engine failed. */
  readonly checkEngine?: (() => Promise<void>) | undefined;
}

export interface Wait {
  readonly for: WaitMessage;
  /** On the pod's clock from its present on, or by the pod's own limits. */
  readonly limit: number | Pick<DeadlineOptions, 'limit' | 'from'>;
  /** What a limit in milliseconds counts from. Default: the pod's present. */
  readonly since?: Instant | undefined;
  readonly evaluate: (timeline: Timeline) => AssertionResult;
}

/** What one experiment runs in: it starts pods, waits for them, collects results, and removes the pods. */
export class Session {
  readonly subject: Subject;
  readonly #options: SessionOptions;
  readonly #actors: Actor[] = [];
  readonly #results: TargetResult[] = [];
  readonly #enough: Promise<'enough'>;
  #onEnough = () => {};
  readonly #onClear: (() => void)[] = [];
  #isCleared = false;
  #search: PatchSearch | undefined;
  #isEnough = false;

  constructor(options: SessionOptions) {
    this.subject = options.subject;
    this.#options = options;
    this.#enough = new Promise((resolve) => {
      this.#onEnough = () => resolve('enough');
    });
  }

  /** The results so far. */
  get results(): readonly TargetResult[] {
    return [...this.#results];
  }

  /** Resolves to the engine's failure if the run of a pod was aborted by it, or the engine shows it when it is checked. */
  async engineFailure({ isChecked }: { readonly isChecked: boolean }): Promise<RuntimeError | undefined> {
    const broken = this.#actors.map((actor) => actor.broken).find(isEngineFailure);
    if (broken || !isChecked) return broken;
    try {
      await this.#options.checkEngine?.();
      return undefined;
    } catch (error) {
      if (isEngineFailure(error)) return error;
      throw error;
    }
  }

  /**
   * Adds a result that counts from that event on.
   *
   * @throws BrokenRun for a failure that shows nothing: the app, or the engine, got no CPU.
   * @throws Unconfirmed for a failure after time was skipped for containers that ran.
   */
  add(result: TargetResult, since: Since = START): TargetResult {
    if (result.outcome === 'failed') {
      refuseUnfair(result.record);
      if (result.record && hasSkipped(result.record, since)) throw new Unconfirmed(formatCheckMessage(result.message));
    }
    this.#results.push(result);
    this.#options.onResult?.(result);
    this.#isEnough = this.#options.isEnough?.(this.#results) ?? false;
    if (this.#isEnough) this.#onEnough();
    return result;
  }

  /** Adds to a result what a search for a change came to. */
  propose(result: TargetResult, found: Pick<TargetResult, 'patch' | 'searchLimitMs'>): void {
    this.#results[this.#results.indexOf(result)] = { ...result, ...found };
  }

  /** Counts the pods that are started from now on as tries of a search, which has a limit of its own. */
  beginSearch(): void {
    this.#search ??= new PatchSearch();
  }

  /**
   * Starts a pod: the manifest's, or another made of it. `trial` is what is changed.
   *
   * @throws CutShort if the experiment is over, and SearchOver if a search is.
   */
  async start(pod: Pod = this.subject.pod, trial?: PodTrial): Promise<Actor> {
    this.refuseWhenOver();
    this.#search?.refuseWhenOver();
    const actor = await this.#options.start(pod, trial);
    this.#actors.push(actor);
    this.#search?.add(actor);
    if (this.#isCleared) await actor.remove?.();
    this.refuseWhenOver();
    return actor;
  }

  /**
   * Waits until a pod that has just been started is Ready.
   *
   * @throws NotReady if it does not become Ready.
   * @throws BrokenRun if that shows nothing.
   */
  async becomesReady(actor: Actor): Promise<void> {
    const record = await this.comesUp(actor);
    if (record.result.outcome === 'passed') return;
    refuseUnfair(record);
    throw new NotReady({ kind: 'notReady', result: record.result });
  }

  /**
   * Waits until a container runs.
   *
   * @throws CutShort if it does not.
   */
  async runs(actor: Actor, container: string): Promise<void> {
    const record = await this.wait(actor, {
      for: { kind: 'running', container },
      limit: { limit: NO_LIMIT, from: 'start' },
      evaluate: (timeline) => {
        return evaluate({ kind: 'running', container }, { timeline, pod: actor.pod, since: 0, actedAt: timeline.now });
      },
    });
    if (record.result.outcome !== 'passed') throw new CutShort({ kind: 'notRunning' });
  }

  /**
   * Waits until a pod that has just been started is Ready, for as long as its own probes give it. That time begins when its
   * containers run: what the engine takes for that, and for their images, has limits of its own.
   */
  async comesUp(actor: Actor): Promise<Evidence> {
    return this.wait(actor, {
      for: startWait(actor.pod.spec),
      limit: this.readyLimit(actor),
      evaluate: (timeline) => orGivenUp(cameUp(timeline, actor.pod), timeline, actor.pod),
    });
  }

  /** How long the pod may take until it is Ready, from the start of its containers. */
  readyLimit({ pod: { spec } }: Actor): Pick<DeadlineOptions, 'limit' | 'from'> {
    return { limit: readyLimit(spec, this.subject), from: 'start' };
  }

  /**
   * Waits until the question is settled, or its time on the pod's clock is over.
   *
   * @throws BrokenRun when nothing can be said.
   * @throws CutShort if the experiment is over.
   */
  async wait(actor: Actor, asked: Wait): Promise<Evidence> {
    const { limit, since } = asked;
    this.tell(asked.for, typeof limit === 'number' ? limit : limit.limit);
    const evaluate = (record: Timeline): AssertionResult => {
      const result = asked.evaluate(record);
      return result.outcome === 'pending' && unavailableImage(record) ? unknown('nothing') : result;
    };
    const stopped = this.#enough;
    const { result, timeline, pod, deadline, unfair } = await waitFor({
      podRun: actor,
      limit,
      since,
      evaluate,
      stopped,
    });
    this.refuseWhenOver();
    if (result.outcome === 'unknown')
      throw new BrokenRun(abortIn(result, timeline), { isOverloaded: isOverload(actor.broken) });
    if (result.outcome !== 'pending' || !deadline) return { result, timeline, pod, unfair };
    return { result: withPhase(result, deadline.phase), timeline, pod, unfair };
  }

  /** Tells what is waited for. */
  tell(wait: WaitMessage, limit?: Announcement['limit']): void {
    this.refuseWhenOver();
    this.#options.onWaiting({ wait, ...(limit !== undefined && { limit }) });
  }

  /** Calls it once the experiment is over. */
  onClear(call: () => void): void {
    this.#onClear.push(call);
  }

  /** Removes what was started; nothing more is. */
  async clear(): Promise<void> {
    this.#isCleared = true;
    for (const call of this.#onClear) call();
    await Promise.all(this.#actors.map((actor) => actor.remove?.()));
  }

  /** Removes one pod that has served its purpose. */
  async done(actor: Actor): Promise<void> {
    await actor.remove?.();
  }

  /** @throws CutShort if the experiment is over. */
  refuseWhenOver(): void {
    if (this.#isCleared) throw new CutShort({ kind: 'ended' });
    if (this.#isEnough) throw new CutShort({ kind: 'complete' });
  }
}

/** Returns why a wait has no result. */
function abortIn({ received }: AssertionResult, timeline: Timeline): Abort {
  if (received.kind === 'aborted') return { kind: 'error', message: received.message };
  return unavailableImage(timeline) ?? { kind: 'error', message: formatReceived(received) };
}

/**
 * Adds the phase that used the time of a wait.
 *
 * @throws BrokenRun if that is the engine's or a registry's, which says nothing of the pod.
 */
function withPhase(result: AssertionResult, phase: Phase): AssertionResult {
  if (phase.kind === 'running') return result;
  if (phase.kind === 'pull') throw new BrokenRun({ kind: 'usedTime', phase });
  if (phase.kind === 'engine' && phase.container === undefined) {
    throw new BrokenRun({ kind: 'usedTime', phase }, { isOverloaded: true });
  }
  const { received, reason } = result;
  return { ...result, reason: { kind: 'usedTime', phase, received, reason } };
}

/** True if time was skipped for containers that ran, before what decided. */
function hasSkipped({ timeline, result: { event } }: Evidence, since: Since): boolean {
  const history = historyOf(timeline);
  const decided = history.placeOf(event);
  return history.from(since, history.skips).some((skip) => {
    return skip.containers === 'running' && (decided < 0 || history.placeOf(skip) < decided);
  });
}

function refuseUnfair(record: Evidence | undefined): void {
  if (record?.unfair !== undefined)
    throw new BrokenRun({ kind: 'error', message: record.unfair }, { isOverloaded: true });
}
