import type { Assertion } from '../../assertions/assertion';
import { makePending } from '../../assertions/assertionResult';
import { type Evaluated, evaluate } from '../../assertions/evaluate';
import type { Instant } from '../../clock/instant';
import { historyOf } from '../../timeline/history/podHistory';
import type { Since } from '../../timeline/since';
import type { ObstacleMessage } from '../../wording/gate/obstacles';
import type { Actor } from '../model/actor';
import type { ActionStep, CheckStep, Experiment, ObserveStep, ResultStep, Step } from '../model/experiment';
import type { MemorySample } from '../model/memory/memorySample';
import type { Patch } from '../model/patch';
import type { Evidence, ProcessLook, TargetResult } from '../model/targetResult';
import { changePod } from '../model/variant';
import { type ActionTarget, act, type RunningClient } from './actions';
import type { Patches } from './patches';
import { SearchOver } from './patchSearch';
import { orGivenUp } from './session/givenUp';
import type { Session } from './session/session';
import { windowLimitOf } from './windows';

/** Instants at which the last actions began and were complete. */
export interface ActionMark {
  readonly since: Since;
  readonly from: Instant;
  readonly actedAt: Instant;
}

/** Pod of an experiment after its run. */
export interface ExperimentPod {
  readonly actor: Actor;
  /** Absent if no fault was injected. */
  readonly fault?: ActionMark;
}

/** Actions that do not restart the count. */
const PREPARATIONS: readonly ActionStep['do'][] = [
  'start',
  'waitUntilReady',
  'waitUntilRunning',
  'look',
  'chooseTargets',
];

/** Runner of an experiment's steps, one after another, on their own pod. */
export class StepRunner {
  readonly #session: Session;
  readonly #experiment: Experiment;
  readonly #patches: Patches;
  readonly #clients: RunningClient[] = [];
  readonly #targets: ActionTarget['targets'] = new Map();
  readonly #looks: ProcessLook[] = [];
  readonly #memory: MemorySample[] = [];
  readonly #searches: (() => Promise<void>)[] = [];
  #actor: Actor | undefined;
  #mark: ActionMark | undefined;
  #fault: ActionMark | undefined;
  #isActing = false;
  /** Instant at which the last check was over. */
  #checkedAt = 0;
  #notApplicable: ObstacleMessage | undefined;

  constructor(session: Session, experiment: Experiment, patches: Patches) {
    this.#session = session;
    this.#experiment = experiment;
    this.#patches = patches;
  }

  get observed(): ExperimentPod | undefined {
    return this.#actor && { actor: this.#actor, ...(this.#fault && { fault: this.#fault }) };
  }

  /** Returns the reason why an action was not possible. */
  get notApplicable(): ObstacleMessage | undefined {
    return this.#notApplicable;
  }

  async run(): Promise<void> {
    await this.#runAll(this.#experiment.steps);
    // A failure that the engine caused needs no patch.
    if (this.#searches.length === 0 || (await this.#session.engineFailure({ isChecked: true }))) return;
    this.#session.beginSearch();
    for (const search of this.#searches) await search();
  }

  /** Resolves to false if the experiment is over. */
  async #runAll(steps: readonly Step[]): Promise<boolean> {
    let begun = 0;
    try {
      for (const step of steps) {
        begun += 1;
        if (!(await this.#run(step))) return false;
      }
      return true;
    } finally {
      for (const step of openIn(steps, begun)) await this.#act(step);
    }
  }

  async #run(step: Step): Promise<boolean> {
    if ('do' in step) {
      this.#session.refuseWhenOver();
      return this.#act(step);
    }
    if ('finally' in step) return this.#act(step.finally);
    if ('observe' in step) return this.#observe(step);
    this.#isActing = false;
    if ('together' in step) {
      const passed = await Promise.all(step.together.map((each) => this.#check(each)));
      return passed.every(Boolean);
    }
    return this.#check(step);
  }

  async #act(step: ActionStep): Promise<boolean> {
    if (step.do === 'start') {
      this.#actor = await this.#session.start(changePod(this.#session.subject.pod, this.#experiment.change));
      return true;
    }
    const actor = this.#started;
    if ('unless' in step && step.unless && this.#holds(step.unless)) return true;
    const isFault = !PREPARATIONS.includes(step.do);
    if (isFault && !this.#isActing) this.#begin(actor);
    const target = {
      session: this.#session,
      actor,
      clients: this.#clients,
      targets: this.#targets,
      looks: this.#looks,
      memory: this.#memory,
    };
    const whyNot = await act(target, step);
    this.#notApplicable ??= whyNot;
    if (isFault && this.#mark && step.do !== 'delete') {
      await actor.progress(actor.timeline.now);
      this.#mark = { ...this.#mark, actedAt: actor.timeline.now };
    }
    return whyNot === undefined;
  }

  #begin({ timeline }: Actor): void {
    this.#isActing = true;
    this.#mark = { since: historyOf(timeline).end, from: timeline.now, actedAt: timeline.now };
    this.#fault ??= this.#mark;
  }

  #holds(assertion: Assertion): boolean {
    const { timeline, pod } = this.#started;
    const { since, actedAt } = this.#countsFrom('action');
    return evaluate(assertion, { timeline, pod, since, actedAt }).outcome === 'passed';
  }

  /** Resolves to false if the experiment is over because the check has not passed. */
  async #check(step: CheckStep | ResultStep): Promise<boolean> {
    if ('result' in step) {
      this.#session.add(step.result);
      return true;
    }
    const counts = this.#countsFrom(step.counts);
    const begun = this.#started.timeline.now;
    const { evidence, windowMs } = await this.#evidenceFor(step, counts);
    const spentMs = this.#spentMs(step, counts, begun);
    const made = step.toResult?.(evidence, { since: counts.since, from: counts.from, windowMs });
    const result = made && { ...made, spentMs };
    if (result) this.#add(step, result, evidence, counts.since);
    const isFailed = result ? result.outcome !== 'passed' : !step.toResult && evidence.result.outcome !== 'passed';
    if (!isFailed || !step.ifFailed) return true;
    await this.#runAll(step.ifFailed);
    return false;
  }

  async #observe(step: ObserveStep): Promise<boolean> {
    const actor = this.#started;
    const { since, from } = this.#countsFrom(step.counts);
    const unfair = await actor.explainUnfairness?.(from);
    const { timeline, pod } = actor;
    const evidence = {
      result: makePending('nothing'),
      timeline,
      pod,
      unfair,
      looks: this.#looks,
      memory: this.#memory,
    };
    for (const result of step.toResults(evidence, { since, from })) this.#session.add(result, since);
    return true;
  }

  /** Returns the time of a check. A check without a wait took the time since the last action, unless another check did. */
  #spentMs({ window, counts }: CheckStep, { from }: ActionMark, begun: Instant): number {
    const { now } = this.#started.timeline;
    const since = window.kind !== 'now' ? begun : counts === 'action' ? Math.max(from, this.#checkedAt) : now;
    this.#checkedAt = Math.max(this.#checkedAt, now);
    return Math.max(0, now - since);
  }

  #add(step: CheckStep, result: TargetResult, evidence: Evidence, since: Since): void {
    const added = this.#session.add(result, since);
    const { patches = [] } = step;
    if (added.outcome !== 'failed' || added.check !== step.check || patches.length === 0) return;
    this.#searches.push(async () => {
      try {
        for (const name of patches) {
          const patch: Patch | undefined = await this.#patches[name](this.#session, evidence, added);
          if (patch) return this.#session.propose(added, { patch });
        }
      } catch (error) {
        if (!(error instanceof SearchOver)) throw error;
        this.#session.propose(added, { searchLimitMs: error.limitMs });
      }
    });
  }

  async #evidenceFor(
    step: CheckStep,
    { since, from, actedAt }: ActionMark,
  ): Promise<{ evidence: Evidence; windowMs: number }> {
    const actor = this.#started;
    const { timeline, pod } = actor;
    const evaluateOn = (on: Evaluated['timeline'], assertion = step.assertion) =>
      evaluate(assertion, { timeline: on, pod, since, actedAt });
    if (step.window.kind === 'now') return { evidence: { result: evaluateOn(timeline), timeline, pod }, windowMs: 0 };
    const watch = (from: Instant) => {
      const limit = windowLimitOf(step.window, this.#session, actor, from);
      const isStart = step.assertion.kind === 'startup';
      const evaluate = (on: Evaluated['timeline']) => {
        const result = evaluateOn(on, step.until);
        return isStart ? orGivenUp(result, on, pod) : result;
      };
      const ended = this.#session.wait(actor, { for: step.waitingFor, limit, since: from, evaluate });
      const windowMs = typeof limit === 'number' ? limit : limit.limit.ms;
      return {
        windowMs,
        ended: ended.then((end) => (step.until ? { ...end, result: evaluateOn(end.timeline) } : end)),
      };
    };
    const { windowMs, ended } = watch(step.counts === 'action' ? actedAt : timeline.now);
    const first = await ended;
    const isAgain = first.result.outcome === 'pending' && step.again?.(first, { since, from, windowMs });
    return { evidence: isAgain ? await watch(actor.timeline.now).ended : first, windowMs };
  }

  #countsFrom(counts: CheckStep['counts']): ActionMark {
    const { timeline } = this.#started;
    const now = { since: historyOf(timeline).end, from: timeline.now, actedAt: timeline.now };
    if (counts === 'step') return now;
    return counts === 'action' ? (this.#mark ?? now) : { ...(this.#fault ?? now), since: 0 };
  }

  get #started(): Actor {
    if (!this.#actor) throw new Error(`${this.#experiment.name.kind} does something before it starts its pod`);
    return this.#actor;
  }
}

/** Actions that need no cleanup. */
const OF_CLIENTS: readonly ActionStep['do'][] = ['chooseTargets', 'requests', 'stopRequests'];

/** Returns the final actions after the steps that have begun, if the action before them has begun. */
function openIn(steps: readonly Step[], begun: number): readonly ActionStep[] {
  return steps.flatMap((step, index) => {
    if (!('finally' in step) || index < begun) return [];
    const before = steps.slice(0, index).findLastIndex((each) => 'do' in each && !OF_CLIENTS.includes(each.do));
    return before < begun ? [step.finally] : [];
  });
}
