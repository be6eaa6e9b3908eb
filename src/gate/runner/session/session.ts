import { type AssertionResult, makeUnknown } from '../../../assertions/assertionResult';
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

/** Error of an experiment whose run was aborted, so that it has no result. */
export class BrokenRun extends Error {
  override readonly name = 'BrokenRun';
  readonly abort: Abort;
  /** True if the machine was too busy for its pod. */
  readonly isOverloaded: boolean;

  constructor(abort: Abort, { isOverloaded = false } = {}) {
    super(formatAbort(abort));
    this.abort = abort;
    this.isOverloaded = isOverloaded;
  }
}

/** Error of an experiment that ends early. */
export class CutShort extends Error {
  override readonly name: string = 'CutShort';
  readonly cut: CutMessage;

  constructor(cut: CutMessage) {
    super(formatCut(cut));
    this.cut = cut;
  }
}

/** Error of a failure that follows skipped time of running containers, so that it must be confirmed. */
export class Unconfirmed extends Error {
  override readonly name = 'Unconfirmed';
}

/** Error of an experiment whose pod did not become Ready. */
export class NotReady extends CutShort {
  override readonly name = 'NotReady';
}

export interface SessionOptions {
  readonly subject: Subject;
  readonly start: (pod: Pod, trial?: PodTrial) => Promise<Actor>;
  /** Receives each wait. */
  readonly onWaiting: (announcement: Announcement) => void;
  /** Receives each result. */
  readonly onResult?: (result: TargetResult) => void;
  /** True if the experiment needs no further results. */
  readonly isEnough?: (results: readonly TargetResult[]) => boolean;
  /** @throws RuntimeError if the engine failed. */
  readonly checkEngine?: (() => Promise<void>) | undefined;
}

export interface Wait {
  readonly for: WaitMessage;
  /** Milliseconds on the pod's clock, starting now, or the pod's own limit. */
  readonly limit: number | Pick<DeadlineOptions, 'limit' | 'from'>;
  /** Instant from which a limit in milliseconds counts. Default: now on the pod's clock. */
  readonly since?: Instant | undefined;
  readonly evaluate: (timeline: Timeline) => AssertionResult;
}

/** Session of one experiment. It starts pods, waits for them, collects results, and removes the pods. */
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

  /** Resolves to the engine's failure if it aborted the run of a pod, or a check of the engine shows it. */
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
   * Adds a result that counts from an event.
   *
   * @throws BrokenRun for a failure without a meaning, because the app or the engine got no CPU.
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

  /** Adds the result of a patch search to a result. */
  propose(result: TargetResult, found: Pick<TargetResult, 'patch' | 'searchLimitMs'>): void {
    this.#results[this.#results.indexOf(result)] = { ...result, ...found };
  }

  /** Counts all later pods as trials of a patch search, which has its own limit. */
  beginSearch(): void {
    this.#search ??= new PatchSearch();
  }

  /**
   * Starts the pod of the manifest, or a changed one. `trial` names the change.
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
   * Waits until a started pod is Ready.
   *
   * @throws NotReady if it does not become Ready.
   * @throws BrokenRun if the failure has no meaning.
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
   * Waits until a started pod is Ready, for as long as its probes allow. The time counts from the start of its containers,
   * because the engine and the image pulls have their own limits.
   */
  async comesUp(actor: Actor): Promise<Evidence> {
    return this.wait(actor, {
      for: startWait(actor.pod.spec),
      limit: this.readyLimit(actor),
      evaluate: (timeline) => orGivenUp(cameUp(timeline, actor.pod), timeline, actor.pod),
    });
  }

  /** Returns how long the pod may take to become Ready, from the start of its containers. */
  readyLimit({ pod: { spec } }: Actor): Pick<DeadlineOptions, 'limit' | 'from'> {
    return { limit: readyLimit(spec, this.subject), from: 'start' };
  }

  /**
   * Waits until an assertion is decided, or the limit on the pod's clock is reached.
   *
   * @throws BrokenRun if the wait has no result.
   * @throws CutShort if the experiment is over.
   */
  async wait(actor: Actor, asked: Wait): Promise<Evidence> {
    const { limit, since } = asked;
    this.announce(asked.for, typeof limit === 'number' ? limit : limit.limit);
    const evaluate = (record: Timeline): AssertionResult => {
      const result = asked.evaluate(record);
      return result.outcome === 'pending' && unavailableImage(record) ? makeUnknown('nothing') : result;
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

  /** Announces a wait. */
  announce(wait: WaitMessage, limit?: Announcement['limit']): void {
    this.refuseWhenOver();
    this.#options.onWaiting({ wait, ...(limit !== undefined && { limit }) });
  }

  /** Adds a call for the end of the experiment. */
  onClear(call: () => void): void {
    this.#onClear.push(call);
  }

  /** Removes all started pods. No further pod starts. */
  async clear(): Promise<void> {
    this.#isCleared = true;
    for (const call of this.#onClear) call();
    await Promise.all(this.#actors.map((actor) => actor.remove?.()));
  }

  /** Removes one pod that is no longer needed. */
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
 * @throws BrokenRun if the engine or a registry used the time, which shows nothing about the pod.
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

/** True if time of running containers was skipped before the deciding event. */
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
