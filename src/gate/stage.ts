import { becameReady } from '../judgements/becameReady';
import type { Judgement } from '../judgements/judgement';
import { settle } from '../judgements/settle';
import { readyBudget } from '../manifest/budget';
import type { Pod } from '../manifest/model';
import type { Timeline } from '../timeline/timeline';
import type { Actor, StartActor } from './actor';
import type { PodRecord } from './answer';
import type { Subject } from './subject';

/** The run of a scenario broke: nothing can be said. */
export class BrokenRun extends Error {
  override readonly name = 'BrokenRun';
}

/** What a scenario is played on: it starts pods, waits for them, and clears them away. */
export class Stage {
  readonly subject: Subject;
  readonly #start: StartActor;
  readonly #tell: (waitingFor: string) => void;
  readonly #actors: Actor[] = [];
  #isCleared = false;

  constructor(subject: Subject, start: StartActor, tell: (waitingFor: string) => void) {
    this.subject = subject;
    this.#start = start;
    this.#tell = tell;
  }

  /** The pods that were started. */
  get actors(): readonly Actor[] {
    return this.#actors;
  }

  /**
   * Starts a pod of its own: the manifest's, or another made of it.
   *
   * @throws BrokenRun when the stage is cleared meanwhile.
   */
  async start(pod: Pod = this.subject.pod): Promise<Actor> {
    const actor = await this.#start(pod);
    this.#actors.push(actor);
    if (!this.#isCleared) return actor;
    await actor.remove?.();
    throw new BrokenRun('it was ended before its pod had started');
  }

  /** Waits until the pod is Ready, for as long as its own probes give it; from its present on. */
  ready(actor: Actor, moreMs = 0): Promise<PodRecord> {
    const since = actor.timeline.events.length;
    const { ms } = readyBudget(actor.pod.spec);
    return this.wait(actor, { for: 'Ready', ms: ms + moreMs, judge: (timeline) => becameReady(timeline, since) });
  }

  /**
   * Waits until the question is settled, or its time on the pod's clock is over.
   *
   * @throws BrokenRun when nothing can be said.
   */
  async wait(
    actor: Actor,
    asked: { readonly for: string; readonly ms: number; readonly judge: (timeline: Timeline) => Judgement },
  ): Promise<PodRecord> {
    this.#tell(asked.for);
    const { judgement, timeline, pod } = await settle({ rehearsal: actor, ms: asked.ms, judge: asked.judge });
    if (judgement.outcome === 'broken') throw new BrokenRun(judgement.received);
    return { judgement, timeline, pod };
  }

  /** Removes what was started, and what is still to start. */
  async clear(): Promise<void> {
    this.#isCleared = true;
    await Promise.all(this.#actors.map((actor) => actor.remove?.()));
  }
}
