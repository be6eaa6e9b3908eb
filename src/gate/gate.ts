import type { StartActor } from './actor';
import type { Answer } from './answer';
import type { CheckId } from './checks';
import type { Scenario } from './scenario';
import { ASKED_OF_PODS, scenariosFor, whyNotAsked } from './scenarios';
import { BrokenRun, Stage } from './stage';
import type { Subject } from './subject';

/** What a check came to; the worst of its answers counts. */
export interface CheckResult {
  readonly check: CheckId;
  readonly outcome: Answer['outcome'];
  readonly answers: readonly Answer[];
}

/** What is told while scenarios are played. */
export interface Progress {
  onStarted(scenario: string): void;
  onWaiting(scenario: string, waitingFor: string): void;
  onFinished(scenario: string, answers: readonly Answer[]): void;
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
}

const SILENT: Progress = { onStarted() {}, onWaiting() {}, onFinished() {} };
const WORST: readonly Answer['outcome'][] = ['failed', 'notRun', 'passed', 'notApplicable'];

/** What came of one scenario. */
interface Played {
  readonly scenario: Scenario;
  readonly answers: readonly Answer[];
  /** Why it answers less than it could. */
  readonly cut?: string;
}

/** Puts a pod through every scenario that answers one of the checks asked for. */
export async function runGate(subject: Subject, options: GateOptions): Promise<readonly CheckResult[]> {
  const wanted: readonly CheckId[] = ASKED_OF_PODS.filter((check) => options.checks?.includes(check) ?? true);
  const scenarios = scenariosFor(subject).filter(({ checks }) => checks.some((check) => wanted.includes(check)));
  const waiting = [...scenarios];
  const played: Played[] = [];
  const worker = async (): Promise<void> => {
    for (let scenario = waiting.shift(); scenario; scenario = waiting.shift()) {
      played.push(await playOne(subject, scenario, options));
    }
  };
  await Promise.all(Array.from({ length: options.parallel }, worker));
  return wanted.map((check) => resultOf(subject, check, played));
}

async function playOne(subject: Subject, scenario: Scenario, options: GateOptions): Promise<Played> {
  const { start, deadline, progress = SILENT } = options;
  const { name } = scenario;
  const stage = new Stage(subject, start, (waitingFor) => progress.onWaiting(name, waitingFor));
  progress.onStarted(name);
  const played = await inTime(stage, scenario, deadline);
  await stage.clear();
  progress.onFinished(name, played.answers);
  return played;
}

const OUT_OF_TIME = 'there was no time left; give it more with --within';

async function inTime(stage: Stage, scenario: Scenario, deadline: AbortSignal | undefined): Promise<Played> {
  if (deadline?.aborted) return { scenario, answers: [], cut: OUT_OF_TIME };
  const over = new Promise<Played>((resolve) => {
    deadline?.addEventListener('abort', () => resolve({ scenario, answers: [], cut: OUT_OF_TIME }), { once: true });
  });
  const play = scenario.play(stage).then(
    (answers): Played => ({ scenario, answers, cut: cutBy(answers) }),
    (error: unknown): Played => {
      if (!(error instanceof BrokenRun)) throw error;
      return { scenario, answers: [], cut: `the run broke: ${error.message}` };
    },
  );
  return Promise.race([play, over]);
}

function cutBy(answers: readonly Answer[]): string {
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
function answersOf({ scenario, answers, cut = '' }: Played, check: CheckId): readonly Answer[] {
  const own = answers.filter((answer) => answer.check === check);
  if (own.length > 0) return own;
  return [{ check, outcome: 'notRun', sentence: `${scenario.name}: ${cut}` }];
}
