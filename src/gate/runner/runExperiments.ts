import { isEngineFailure, RuntimeError } from '../../runtime/runtimeError';
import { ASKED_OF_PODS, scenariosFor, whyNotAsked } from '../experiments/catalog';
import type { Actor, StartActor } from '../model/actor';
import type { CheckId } from '../model/checks';
import type { Scenario } from '../model/experiment';
import type { Subject } from '../model/subject';
import type { TargetResult } from '../model/targetResult';
import { BrokenRun, CutShort, NotReady, Stage } from './session';

/** What a check came to; the worst of its answers counts. */
export interface CheckResult {
  readonly check: CheckId;
  readonly outcome: TargetResult['outcome'];
  readonly answers: readonly TargetResult[];
}

/** What is told while scenarios are played. */
export interface Progress {
  onStarted(scenario: string): void;
  /** Its pod is started. */
  onWaiting(scenario: string, waitingFor: string): void;
  /** Nothing more is asked of its pod; it is cleared away next. */
  onPlayed(scenario: string): void;
  onFinished(scenario: string, answers: readonly TargetResult[]): void;
}

export interface GateOptions {
  readonly start: StartActor;
  /** Which checks are asked; all when absent. */
  readonly checks?: readonly CheckId[];
  /** How many scenarios are played at the same time. */
  readonly parallel: number;
  /** Aborted when the time for all of it is over. */
  readonly deadline?: AbortSignal;
  readonly progress?: Progress;
  /** Told of every pod that is started, and for which scenario. */
  readonly onActor?: (scenario: string, actor: Actor) => void;
  /**
   * Resolves if the engine answers. Asked before a failure is reported.
   *
   * @throws RuntimeError if it does not.
   */
  readonly checkEngine?: () => Promise<void>;
}

const SILENT: Progress = { onStarted() {}, onWaiting() {}, onPlayed() {}, onFinished() {} };
/** What every other check builds on. */
const GROUND: readonly CheckId[] = ['ready-in-budget', 'stays-ready', 'restart-policy'];
/** Where a RuntimeError says that the engine failed as a whole. */
const CONTAINER_ENGINE = 'container engine';
const OUT_OF_TIME = 'there was no time left; give it more with --within';
const WORST: readonly TargetResult['outcome'][] = ['failed', 'notRun', 'passed', 'notApplicable'];

/** What came of one scenario. */
interface Played {
  readonly scenario: Scenario;
  readonly answers: readonly TargetResult[];
  /** Why it answers less than it could. */
  readonly cut?: string;
  /** Whether it is known by it that a pod does not become Ready. */
  readonly isNotReady?: boolean;
  /** What the engine did not do. */
  readonly error?: RuntimeError;
  /** Whether it ended because its run broke. */
  readonly isBroken?: true;
  /** Why no scenario has a result: the engine failed. */
  readonly engineFailure?: RuntimeError;
}

/**
 * Puts a pod through every scenario that answers one of the checks asked for. Once the pod is known not to become Ready,
 * or not to stay well when nothing is done to it, the others are ended: nothing can be said of what is done to it.
 *
 * If the engine fails meanwhile, no check has a result.
 *
 * @throws RuntimeError when the engine could not play a single one.
 */
export async function runGate(subject: Subject, options: GateOptions): Promise<readonly CheckResult[]> {
  const wanted: readonly CheckId[] = ASKED_OF_PODS.filter((check) => options.checks?.includes(check) ?? true);
  const waiting = scenariosFor(subject).filter(({ checks }) => checks.some((check) => wanted.includes(check)));
  const deadline = haltAt(options.deadline);
  const baseless = new AbortController();
  const engine = new AbortController();
  const ground = AbortSignal.any([deadline, engine.signal]);
  const either = AbortSignal.any([ground, baseless.signal]);
  const played: Played[] = [];
  const worker = async (): Promise<void> => {
    for (let scenario = waiting.shift(); scenario; scenario = waiting.shift()) {
      const halt = scenario.isGround ? ground : either;
      const one = await playOne(subject, scenario, options, { halt, baseless });
      played.push(one);
      if (one.engineFailure) engine.abort(one.engineFailure);
    }
  };
  await Promise.all(Array.from({ length: options.parallel }, worker));
  const [first] = played;
  const isUnplayed = ({ error, answers }: Played) => error || (engine.signal.aborted && answers.length === 0);
  if (first?.error && played.every(isUnplayed)) throw first.error;
  const failure = await engineFailureIn(played, options);
  const counted = played.map((one) => (failure ? withoutResult(one, failure) : withoutGround(one, played)));
  return wanted.map((check) => resultOf(subject, check, counted));
}

/** Why nothing counts. An engine may have failed unnoticed: what its containers did then looks like the app's fault. */
async function engineFailureIn(
  played: readonly Played[],
  { checkEngine = async () => {} }: GateOptions,
): Promise<RuntimeError | undefined> {
  const noticed = played.find(({ engineFailure }) => engineFailure)?.engineFailure;
  if (noticed || !played.some(({ answers, cut }) => cut !== undefined || answers.some(isFailed))) return noticed;
  try {
    await checkEngine();
    return undefined;
  } catch (error) {
    if (isEngineFailure(error)) return error;
    throw error;
  }
}

function withoutResult({ scenario }: Played, { message }: RuntimeError): Played {
  return { scenario, answers: [], cut: `no result: ${message}`, isBroken: true };
}

/** Its reason is why scenarios are ended. */
function haltAt(deadline: AbortSignal | undefined): AbortSignal {
  const halt = new AbortController();
  const onDeadline = () => halt.abort(OUT_OF_TIME);
  if (deadline?.aborted) onDeadline();
  else deadline?.addEventListener('abort', onDeadline, { once: true });
  return halt.signal;
}

interface Ends {
  /** Ends this scenario. */
  readonly halt: AbortSignal;
  /** Ends all but the one that they build on. */
  readonly baseless: AbortController;
}

async function playOne(
  subject: Subject,
  scenario: Scenario,
  { start, checks = scenario.checks, progress = SILENT, onActor }: GateOptions,
  { halt, baseless }: Ends,
): Promise<Played> {
  const { name } = scenario;
  if (halt.aborted) return { scenario, answers: [], cut: String(halt.reason) };
  const stage = new Stage({
    subject,
    start: async (pod) => {
      const actor = await start(pod);
      onActor?.(name, actor);
      return actor;
    },
    tell: (waitingFor) => progress.onWaiting(name, waitingFor),
    isEnough: (answers) => isEnough(answers, scenario, checks),
    onBaseless: (failed) => baseless.abort(whyBaseless(failed)),
  });
  progress.onStarted(name);
  const played = withEngineFailure(await inTime(stage, scenario, halt), stage);
  if (played.isNotReady) baseless.abort(whyBaseless('ready-in-budget'));
  progress.onPlayed(name);
  await stage.clear();
  progress.onFinished(name, played.answers);
  return played;
}

function withEngineFailure(played: Played, { engineFailure }: Stage): Played {
  const isEngines = played.error?.where === CONTAINER_ENGINE;
  const failure = engineFailure ?? (isEngines ? played.error : undefined);
  return failure ? { ...played, engineFailure: failure } : played;
}

function isFailed({ outcome }: TargetResult): boolean {
  return outcome === 'failed';
}

/** Where only some of what a scenario answers is asked for, and all of that passed. What failed is looked into further. */
function isEnough(answers: readonly TargetResult[], { checks }: Scenario, asked: readonly CheckId[]): boolean {
  const wanted = checks.filter((check) => asked.includes(check));
  if (wanted.length === checks.length || answers.some(({ outcome }) => outcome === 'failed')) return false;
  return wanted.every((check) => answers.some((answer) => answer.check === check));
}

async function inTime(stage: Stage, scenario: Scenario, halt: AbortSignal): Promise<Played> {
  const over = new Promise<Played>((resolve) => {
    const onHalt = () => resolve({ scenario, answers: stage.answers, cut: String(halt.reason) });
    halt.addEventListener('abort', onHalt, { once: true });
  });
  const play = scenario.play(stage).then(
    (): Played => ({ scenario, answers: stage.answers, cut: cutBy(stage.answers) }),
    (error: unknown): Played => {
      const { answers } = stage;
      if (error instanceof CutShort) {
        return { scenario, answers, cut: error.message, isNotReady: error instanceof NotReady };
      }
      if (!(error instanceof BrokenRun || error instanceof RuntimeError)) throw error;
      const broke = { scenario, answers, cut: `the run broke: ${error.message}`, isBroken: true } as const;
      return error instanceof RuntimeError ? { ...broke, error } : broke;
    },
  );
  return Promise.race([play, over]);
}

function whyBaseless(failed: string): string {
  return `${failed} failed, and until that is mended nothing can be said of it`;
}

/** What a scenario has found of a pod that does not even stay well when nothing is done to it counts for nothing. */
function withoutGround(one: Played, played: readonly Played[]): Played {
  const ground = played.find(({ scenario }) => scenario.isGround);
  const failed = ground?.answers.find(({ check, outcome }) => outcome === 'failed' && GROUND.includes(check));
  if (!failed || one === ground) return one;
  return { scenario: one.scenario, answers: [], cut: whyBaseless(failed.check) };
}

function cutBy(answers: readonly TargetResult[]): string {
  const failed = answers.find(({ outcome }) => outcome === 'failed');
  return failed ? `${failed.check} failed before` : 'the pod did not become Ready';
}

function resultOf(subject: Subject, check: CheckId, played: readonly Played[]): CheckResult {
  const asked = played.filter(({ scenario }) => scenario.checks.includes(check));
  const answers = asked.flatMap((one) => answersOf(one, check));
  if (answers.length === 0) {
    const sentence = whyNotAsked(subject, check);
    return { check, outcome: 'notApplicable', answers: [{ check, outcome: 'notApplicable', sentence }] };
  }
  const outcome = WORST.find((each) => answers.some((answer) => answer.outcome === each)) ?? 'passed';
  return { check, outcome, answers };
}

/** What a scenario answers to a check; where it came to no answer, why. */
function answersOf({ scenario, answers, cut = '', isBroken }: Played, check: CheckId): readonly TargetResult[] {
  const own = answers.filter((answer) => answer.check === check);
  if (own.length > 0) return own;
  return [{ check, outcome: 'notRun', sentence: `${scenario.name}: ${cut}`, isBroken }];
}
