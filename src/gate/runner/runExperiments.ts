import { isOverload, RuntimeError } from '../../runtime/runtimeError';
import { historyOf } from '../../timeline/history/podHistory';
import type { Abort, CutMessage } from '../../wording/gate/cuts';
import type { ObstacleMessage } from '../../wording/gate/obstacles';
import { formatAnnouncement } from '../../wording/gate/progress/announcements';
import { formatExperiment } from '../../wording/gate/progress/experiments';
import type { PodTrial } from '../../wording/gate/progress/trials';
import type { Actor, StartActor } from '../model/actor';
import { CHECK_IDS, type CheckId } from '../model/checks';
import { checksOf, type Experiment } from '../model/experiment';
import { isError } from '../model/policy/policy';
import type { Subject } from '../model/subject';
import type { TargetResult } from '../model/targetResult';
import { runAdaptively } from './adaptivePool';
import type { Patches } from './patches';
import { type ExperimentPod, StepRunner } from './runSteps';
import { BrokenRun, CutShort, NotReady, Session, Unconfirmed } from './session/session';

/** Receives the progress of experiments. */
export interface Progress {
  onStarted(experiment: string): void;
  /** Called once its pod is started. */
  onWaiting(experiment: string, waitingFor: string): void;
  /** Called before its pod is removed. */
  onPlayed(experiment: string): void;
  onFinished(experiment: string, results: readonly TargetResult[]): void;
}

export interface RunExperimentsOptions {
  readonly subject: Subject;
  readonly start: StartActor;
  readonly patches: Patches;
  /** Checks that need a result. Default: all. */
  readonly checks?: readonly CheckId[];
  /** Number of experiments that run at the same time. */
  readonly parallel: number;
  /** False if all time passes as on the wall clock. Default: true. */
  readonly isSkipping?: boolean | undefined;
  /** Aborted when the time for all experiments is over. */
  readonly deadline?: AbortSignal | undefined;
  readonly progress?: Progress | undefined;
  /**
   * Checks the engine after a failure while the pod still exists, because a stopping engine makes containers exit as if the
   * app failed.
   *
   * @throws RuntimeError if the engine does not respond, or has stopped a pod.
   */
  readonly checkEngine?: (() => Promise<void>) | undefined;
  /** Receives every started pod, with its trial. */
  readonly onActor?: ((trial: PodTrial, actor: Actor) => void) | undefined;
}

/** Result of one experiment. */
export interface ExperimentResult {
  readonly experiment: Experiment;
  readonly results: readonly TargetResult[];
  /** Reason why it ended before its last step. */
  readonly cut?: CutMessage;
  /** True if its pod did not become Ready. */
  readonly isUnready?: boolean;
  /** Error of the engine. */
  readonly error?: RuntimeError;
  /** True if its run was aborted. */
  readonly isBroken?: true;
  /** True if the machine was too busy to judge its pod, and nothing failed before. */
  readonly isOverloaded?: boolean;
  /** True if it ran once more, alone, because of that. */
  readonly isRepeated?: true;
  /** Failure of the engine, because of which no experiment has a result. */
  readonly engineFailure?: RuntimeError;
  /** Reason why an action was not possible. */
  readonly notApplicable?: ObstacleMessage | undefined;
  /** True if a failure was found after time was skipped for containers that ran. */
  readonly isUnconfirmed?: true;
  /** Its pod, and the fault. */
  readonly observed?: ExperimentPod | undefined;
}

const SILENT: Progress = { onStarted() {}, onWaiting() {}, onPlayed() {}, onFinished() {} };
/** Checks that all others build on. */
export const PREREQUISITES: readonly CheckId[] = ['ready-in-budget', 'stays-ready', 'restart-policy'];
/** `where` of a RuntimeError if the whole engine failed. */
const CONTAINER_ENGINE = 'container engine';
const OUT_OF_TIME: CutMessage = { kind: 'outOfTime' };

/**
 * Runs experiments in parallel, then the exclusive ones alone, and then those again for which the machine was too busy. If a
 * prerequisite fails, the others end, and if the engine fails, all end.
 *
 * @throws RuntimeError if the engine could not run a single one.
 */
export async function runExperiments(
  experiments: readonly Experiment[],
  options: RunExperimentsOptions,
): Promise<readonly ExperimentResult[]> {
  const waiting = experiments.filter(({ isExclusive }) => !isExclusive);
  const deadline = haltAt(options.deadline);
  const baseless = new AbortController();
  const engine = new AbortController();
  const prerequisite = AbortSignal.any([deadline, engine.signal]);
  const any = AbortSignal.any([prerequisite, baseless.signal]);
  const results = new Map<Experiment, ExperimentResult>();
  const run = async (experiment: Experiment, isRepeated = false): Promise<ExperimentResult> => {
    const halt = experiment.isPrerequisite ? prerequisite : any;
    const result = await runOne(experiment, options, { halt, baseless, isRepeated });
    if (result.engineFailure)
      engine.abort({ kind: 'noResult', error: result.engineFailure.message } satisfies CutMessage);
    // A repetition that was stopped shows no more than the first run.
    if (!isRepeated || !halt.aborted) results.set(experiment, isRepeated ? { ...result, isRepeated } : result);
    return result;
  };
  await runAdaptively(waiting, options.parallel, async (experiment) => isStarved(await run(experiment)));
  for (const experiment of experiments.filter(({ isExclusive }) => isExclusive)) await run(experiment);
  const overloaded = [...results.values()].filter(({ isOverloaded }) => isOverloaded);
  for (const { experiment } of overloaded) await run(experiment, true);
  const all = experiments.flatMap((experiment) => results.get(experiment) ?? []);
  const isUnplayed = (one: ExperimentResult) => one.error || (engine.signal.aborted && one.results.length === 0);
  const first = [...results.values()].find(({ error }) => error);
  if (first?.error && all.filter(({ experiment }) => !experiment.notApplicable).every(isUnplayed)) throw first.error;
  return all;
}

/** True if the machine left its pod too little CPU time, even if it has a result. */
function isStarved(result: ExperimentResult): boolean {
  return result.isOverloaded === true || isHeldUp(result);
}

function isHeldUp({ observed }: ExperimentResult): boolean {
  return observed !== undefined && historyOf(observed.actor.timeline).heldUp.length > 0;
}

/** Returns a signal whose reason is the cut of the experiments that it ends. */
function haltAt(deadline: AbortSignal | undefined): AbortSignal {
  const halt = new AbortController();
  const onDeadline = () => halt.abort(OUT_OF_TIME);
  if (deadline?.aborted) onDeadline();
  else deadline?.addEventListener('abort', onDeadline, { once: true });
  return halt.signal;
}

interface Ends {
  /** Ends this experiment. */
  readonly halt: AbortSignal;
  /** Ends all but the prerequisite. */
  readonly baseless: AbortController;
  /** True if it runs once more because the machine was overloaded. */
  readonly isRepeated: boolean;
}

/** Runs an experiment. If a failure follows skipped time, it runs again without skipping to confirm the failure. */
async function runOne(experiment: Experiment, options: RunExperimentsOptions, ends: Ends): Promise<ExperimentResult> {
  const { notApplicable } = experiment;
  if (notApplicable !== undefined) return { experiment, results: [], notApplicable };
  const result = await runOnce(experiment, options, ends);
  return result.isUnconfirmed ? runOnce(experiment, { ...options, isSkipping: false }, ends) : result;
}

async function runOnce(
  experiment: Experiment,
  {
    subject,
    start,
    patches,
    checks = CHECK_IDS,
    progress = SILENT,
    onActor,
    isSkipping = true,
    checkEngine,
  }: RunExperimentsOptions,
  { halt, baseless, isRepeated }: Ends,
): Promise<ExperimentResult> {
  const { isPrerequisite, isExclusive = false, calmAfterMs } = experiment;
  const name = formatExperiment(experiment.name);
  if (halt.aborted) return { experiment, results: [], cut: halt.reason as CutMessage };
  const skips = isSkipping ? { ...(calmAfterMs !== undefined && { calmAfterMs }) } : undefined;
  let isFirst = true;
  const session = new Session({
    subject,
    start: async (pod, trial = experiment.name) => {
      // Only an experiment without a pod may wait for the pods of others.
      const isIndependent = isFirst;
      isFirst = false;
      const actor = await start(pod, { areServicesProxied: isExclusive, isIndependent, skips });
      onActor?.(trial, actor);
      return actor;
    },
    onWaiting: (announcement) => progress.onWaiting(name, formatAnnouncement(announcement)),
    onResult: (result) => {
      const { check } = result;
      if (isPrerequisite && isError(result) && PREREQUISITES.includes(check)) baseless.abort(baselessAfter(check));
    },
    isEnough: (results) => isEnough(results, experiment, checks),
    checkEngine,
  });
  progress.onStarted(name);
  const ended = await inTime(session, new StepRunner(session, experiment, patches), experiment, halt);
  // A stopping engine ends the containers, which can make a check pass or fail.
  const checked = await withEngineFailure(ended, session, ended.results.length > 0 || ended.cut !== undefined);
  const result = { ...checked, isOverloaded: isOverloaded(checked) };
  if (result.isUnready) baseless.abort(baselessAfter('ready-in-budget'));
  progress.onPlayed(name);
  await session.clear();
  if (result.isUnconfirmed) progress.onWaiting(name, formatAnnouncement({ wait: { kind: 'confirmation' } }));
  else if (result.isOverloaded && !isRepeated) progress.onWaiting(name, formatAnnouncement({ wait: { kind: 'turn' } }));
  else progress.onFinished(name, result.results);
  return result;
}

function baselessAfter(failed: CheckId): CutMessage {
  return { kind: 'prerequisiteFailed', failed };
}

async function withEngineFailure(
  result: ExperimentResult,
  session: Session,
  isChecked: boolean,
): Promise<ExperimentResult> {
  const isEngines = result.error?.where === CONTAINER_ENGINE;
  const failure = (isEngines ? result.error : undefined) ?? (await session.engineFailure({ isChecked }));
  return failure ? { ...result, engineFailure: failure } : result;
}

/** True if the experiment must run again. A failure is never repeated. */
function isOverloaded(result: ExperimentResult): boolean {
  if (isAnyFailed(result) || result.engineFailure) return false;
  const isTooLittle = isHeldUp(result) && result.results.some(({ outcome }) => outcome === 'notRun');
  return result.isOverloaded === true || isTooLittle || result.results.some((one) => one.isOverloaded);
}

function isAnyFailed({ results }: Pick<ExperimentResult, 'results'>): boolean {
  return results.some(({ outcome }) => outcome === 'failed');
}

/** True if only some of the experiment's checks are needed, and all of them passed. */
function isEnough(results: readonly TargetResult[], experiment: Experiment, needed: readonly CheckId[]): boolean {
  const checks = checksOf(experiment);
  const wanted = checks.filter((check) => needed.includes(check));
  if (wanted.length === checks.length || isAnyFailed({ results })) return false;
  return wanted.every((check) => results.some((result) => result.check === check));
}

function abortOf(error: BrokenRun | RuntimeError): Abort {
  return error instanceof BrokenRun ? error.abort : { kind: 'error', message: error.message };
}

async function inTime(
  session: Session,
  steps: StepRunner,
  experiment: Experiment,
  halt: AbortSignal,
): Promise<ExperimentResult> {
  const soFar = () => ({
    experiment,
    results: session.results,
    notApplicable: steps.notApplicable,
    observed: steps.observed,
  });
  const over = new Promise<ExperimentResult>((resolve) => {
    halt.addEventListener('abort', () => resolve({ ...soFar(), cut: halt.reason as CutMessage }), { once: true });
  });
  const run = steps.run().then(soFar, (error: unknown): ExperimentResult => {
    if (error instanceof Unconfirmed) return { ...soFar(), isUnconfirmed: true };
    if (error instanceof CutShort) return { ...soFar(), cut: error.cut, isUnready: error instanceof NotReady };
    if (!(error instanceof BrokenRun || error instanceof RuntimeError)) throw error;
    const isOverloaded = error instanceof BrokenRun ? error.isOverloaded : isOverload(error);
    const broken = {
      ...soFar(),
      cut: { kind: 'aborted', abort: abortOf(error) },
      isBroken: true,
      isOverloaded,
    } as const;
    return error instanceof RuntimeError ? { ...broken, error } : broken;
  });
  return Promise.race([run, over]);
}
