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
  /** Its pod is started. */
  onWaiting(experiment: string, waitingFor: string): void;
  /** Its pod is removed next. */
  onPlayed(experiment: string): void;
  onFinished(experiment: string, results: readonly TargetResult[]): void;
}

export interface RunExperimentsOptions {
  readonly subject: Subject;
  readonly start: StartActor;
  readonly patches: Patches;
  /** The checks that results are needed for. Default: all. */
  readonly checks?: readonly CheckId[];
  /** How many experiments run at the same time. */
  readonly parallel: number;
  /** False if all time passes as on the wall clock. Default: true. */
  readonly isSkipping?: boolean | undefined;
  /** Aborted when the time for all of them is over. */
  readonly deadline?: AbortSignal | undefined;
  readonly progress?: Progress | undefined;
  /**
   * Resolves if the engine answers and has ended no pod. Called at a failure, while the pod is still there: what its
   * containers did because the engine stopped looks like the app's fault.
   *
   * @throws RuntimeError if not.
   */
  readonly checkEngine?: (() => Promise<void>) | undefined;
  /** Receives every pod that is started, with what is tried on it. */
  readonly onActor?: ((trial: PodTrial, actor: Actor) => void) | undefined;
}

/** Result of one experiment. */
export interface ExperimentResult {
  readonly experiment: Experiment;
  readonly results: readonly TargetResult[];
  /** Why it ended before its last step. */
  readonly cut?: CutMessage;
  /** True if its pod did not become Ready. */
  readonly isNotReady?: boolean;
  /** What the engine failed to do. */
  readonly error?: RuntimeError;
  /** True if its run was aborted. */
  readonly isBroken?: true;
  /** True if the machine was too busy to judge its pod, and nothing failed before. */
  readonly isOverloaded?: boolean;
  /** True if it ran once more, alone, because of that. */
  readonly isRepeated?: true;
  /** Why no experiment has a result: the engine failed. */
  readonly engineFailure?: RuntimeError;
  /** Why an action was not possible. */
  readonly notApplicable?: ObstacleMessage | undefined;
  /** True if a failure was found after time was skipped for containers that ran. */
  readonly isUnconfirmed?: true;
  /** Its pod, and the fault. */
  readonly observed?: ExperimentPod | undefined;
}

const SILENT: Progress = { onStarted() {}, onWaiting() {}, onPlayed() {}, onFinished() {} };
/** What every other check builds on. */
export const PREREQUISITES: readonly CheckId[] = ['ready-in-budget', 'stays-ready', 'restart-policy'];
/** Where a RuntimeError says that the engine failed as a whole. */
const CONTAINER_ENGINE = 'container engine';
const OUT_OF_TIME: CutMessage = { kind: 'outOfTime' };

/**
 * Runs experiments at the same time, fewer of them while the machine starves their pods, and after them one by one those
 * that no other may run beside. At the end, those that the machine was too busy for run once more, each alone. Once the pod
 * is known not to become Ready, or not to stay Ready when it is left alone, the others are ended. If the engine fails, all are.
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
    // What was cut off shows no more than the first time.
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

/** True if the machine left its pod too little time, even if it was judged in the end. */
function isStarved(result: ExperimentResult): boolean {
  return result.isOverloaded === true || isHeldUp(result);
}

function isHeldUp({ observed }: ExperimentResult): boolean {
  return observed !== undefined && historyOf(observed.actor.timeline).heldUp.length > 0;
}

/** Its reason is why experiments are ended. */
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

/** A failure that is found after time was skipped for containers that ran is confirmed without skipping. */
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
      // Only an experiment without a pod may wait for those of others.
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
  // An engine that is being stopped ends the containers: a check may pass by that as well as fail.
  const checked = await withEngineFailure(ended, session, ended.results.length > 0 || ended.cut !== undefined);
  const result = { ...checked, isOverloaded: isOverloaded(checked) };
  if (result.isNotReady) baseless.abort(baselessAfter('ready-in-budget'));
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

/** A failure is never repeated. */
function isOverloaded(result: ExperimentResult): boolean {
  if (isAnyFailed(result) || result.engineFailure) return false;
  const isTooLittle = isHeldUp(result) && result.results.some(({ outcome }) => outcome === 'notRun');
  return result.isOverloaded === true || isTooLittle || result.results.some((one) => one.isOverloaded);
}

function isAnyFailed({ results }: Pick<ExperimentResult, 'results'>): boolean {
  return results.some(({ outcome }) => outcome === 'failed');
}

/** True if only some of the experiment's checks are needed, and all of them passed. A failure is run to its end. */
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
    if (error instanceof CutShort) return { ...soFar(), cut: error.cut, isNotReady: error instanceof NotReady };
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
