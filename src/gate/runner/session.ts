import { cameUp } from '../../judgements/cameUp';
import type { Judgement } from '../../judgements/judgement';
import { settle } from '../../judgements/settle';
import type { Pod } from '../../manifest/model';
import { isEngineFailure, type RuntimeError } from '../../runtime/runtimeError';
import type { Timeline } from '../../timeline/timeline';
import type { Phase } from '../../timing/phase';
import { readyLimit } from '../../timing/waits';
import type { DeadlineOptions } from '../../waiting/waitDeadline';
import { formatPhase } from '../../wording/phase';
import { whyOf } from '../experiments/toTargetResult';
import type { Actor, StartActor } from '../model/actor';
import type { CheckId } from '../model/checks';
import type { Patch } from '../model/patch';
import type { Subject } from '../model/subject';
import type { Evidence, TargetResult } from '../model/targetResult';

/** The run of a scenario broke: nothing can be said. */
export class BrokenRun extends Error {
  override readonly name = 'BrokenRun';
}

/** A scenario ends before its time, as what it builds on is not so. */
export class CutShort extends Error {
  override readonly name: string = 'CutShort';
}

/** It ends as its pod did not become Ready, which no other would either. */
export class NotReady extends CutShort {
  override readonly name = 'NotReady';
}

export interface StageOptions {
  readonly subject: Subject;
  readonly start: StartActor;
  readonly tell: (waitingFor: string) => void;
  /** Whether these answers are all that is asked for: the rest of the scenario is then left out. */
  readonly isEnough?: (answers: readonly TargetResult[]) => boolean;
  /** Told of a check without which nothing else can be said of the pod: it does not come up, or does not stay well. */
  readonly onBaseless: (failed: CheckId) => void;
}

export interface Wait {
  readonly for: string;
  /** On the pod's clock from its present on, or by the pod's own limits. */
  readonly limit: number | Pick<DeadlineOptions, 'limit' | 'from'>;
  readonly judge: (timeline: Timeline) => Judgement;
}

/** What a scenario is played on: it starts pods, waits for them, takes the answers, and clears the pods away. */
export class Stage {
  readonly subject: Subject;
  readonly #options: StageOptions;
  readonly #actors: Actor[] = [];
  readonly #answers: TargetResult[] = [];
  readonly #enough: Promise<'enough'>;
  #onEnough = () => {};
  #isCleared = false;
  #isEnough = false;

  constructor(options: StageOptions) {
    this.subject = options.subject;
    this.#options = options;
    this.#enough = new Promise((resolve) => {
      this.#onEnough = () => resolve('enough');
    });
  }

  /** What has been answered so far. */
  get answers(): readonly TargetResult[] {
    return [...this.#answers];
  }

  /** Why a pod's run was aborted, if that is the engine's failure. */
  get engineFailure(): RuntimeError | undefined {
    return this.#actors.map(({ broken }) => broken).find(isEngineFailure);
  }

  /** @throws BrokenRun for a failure that shows nothing: the app, or the engine, got no CPU. */
  answer(answer: TargetResult): TargetResult {
    if (answer.outcome === 'failed') refuseUnfair(answer.record);
    this.#answers.push(answer);
    this.#isEnough = this.#options.isEnough?.(this.#answers) ?? false;
    if (this.#isEnough) this.#onEnough();
    return answer;
  }

  /** Adds what would put right what an answer finds wrong, where there is such a thing. */
  async mend(answer: TargetResult, find: () => Promise<Patch | undefined>): Promise<void> {
    if (answer.outcome !== 'failed') return;
    const patch = await find();
    if (patch) this.#answers[this.#answers.indexOf(answer)] = { ...answer, patch };
  }

  /** What every other scenario builds on is not so. */
  endOthers(failed: CheckId): void {
    this.#options.onBaseless(failed);
  }

  /**
   * Starts a pod of its own: the manifest's, or another made of it.
   *
   * @throws CutShort when the scenario is over.
   */
  async start(pod: Pod = this.subject.pod): Promise<Actor> {
    this.#refuseWhenOver();
    const actor = await this.#options.start(pod);
    this.#actors.push(actor);
    if (this.#isCleared) await actor.remove?.();
    this.#refuseWhenOver();
    return actor;
  }

  /**
   * A pod that is Ready.
   *
   * @throws NotReady when it does not become that.
   * @throws BrokenRun when that shows nothing.
   */
  async opened(pod?: Pod): Promise<Actor> {
    const actor = await this.start(pod);
    const record = await this.comesUp(actor);
    if (record.judgement.outcome === 'holds') return actor;
    refuseUnfair(record);
    throw new NotReady(`its pod did not become Ready: ${whyOf(record)}`);
  }

  /**
   * Waits until a pod that has just been started is Ready, for as long as its own probes give it. That time begins when its
   * containers run: what the engine takes for that, and for their images, has limits of its own.
   */
  async comesUp(actor: Actor): Promise<Evidence> {
    return this.wait(actor, {
      for: 'Ready',
      limit: this.readyLimit(actor),
      judge: (timeline) => cameUp(timeline, actor.pod),
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
   * @throws CutShort when the scenario is over.
   */
  async wait(actor: Actor, asked: Wait): Promise<Evidence> {
    this.tell(asked.for);
    const { limit, judge } = asked;
    const stopped = this.#enough;
    const { judgement, timeline, pod, deadline, unfair } = await settle({ rehearsal: actor, limit, judge, stopped });
    this.#refuseWhenOver();
    if (judgement.outcome === 'broken') throw new BrokenRun(judgement.received);
    if (judgement.outcome !== 'undecided' || !deadline) return { judgement, timeline, pod, unfair };
    return { judgement: withPhase(judgement, deadline.phase), timeline, pod, unfair };
  }

  /** Tells what is waited for. */
  tell(waitingFor: string): void {
    this.#refuseWhenOver();
    this.#options.tell(waitingFor);
  }

  /** Removes what was started; nothing more is. */
  async clear(): Promise<void> {
    this.#isCleared = true;
    await Promise.all(this.#actors.map((actor) => actor.remove?.()));
  }

  /** Removes one pod that has served its purpose. */
  async done(actor: Actor): Promise<void> {
    await actor.remove?.();
  }

  #refuseWhenOver(): void {
    if (this.#isCleared) throw new CutShort('it was ended before');
    if (this.#isEnough) throw new CutShort('all that was asked for is known');
  }
}

/**
 * Adds the phase that used the time of a wait.
 *
 * @throws BrokenRun if that is the engine's or a registry's, which says nothing of the pod.
 */
function withPhase(judgement: Judgement, phase: Phase): Judgement {
  if (phase.kind === 'running') return judgement;
  const used = formatPhase(phase).replace(/\.$/, '');
  if (phase.kind === 'pull' || (phase.kind === 'engine' && phase.container === undefined)) throw new BrokenRun(used);
  return { ...judgement, why: `${judgement.why ?? judgement.received}. ${used}` };
}

function refuseUnfair(record: Evidence | undefined): void {
  if (record?.unfair !== undefined) throw new BrokenRun(record.unfair);
}
