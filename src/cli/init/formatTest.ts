import { isDeepStrictEqual } from 'node:util';
import {
  type ActionStep,
  type Assertion,
  type CheckStep,
  checksOf,
  type Experiment,
  type Step,
} from '../../gate/model/experiment';
import type { Subject } from '../../gate/model/subject';
import { longestMs } from '../../gate/model/window';
import { containerNamed } from '../../manifest/model';
import { stopLimit, wholeStartLimit } from '../../timing/waits';
import { formatExperiment } from '../../wording/gate/progress/experiments';
import { formatCheckTarget } from '../../wording/gate/progress/targets';
import { formatAction } from './formatAction';
import { formatAssertion, isAwaited } from './formatAssertion';
import { formatBlock, formatCheckTest, type Lines } from './specBlocks';
import { quote } from './specText';

const START = 'pod = await start();';
const HANG_NOTE =
  '// Its own liveness probe can end the hang sooner. In the gate, it hangs for as long as the others need to detect it.';

/** Lines of a test, with the longest time that they wait. */
interface TimedLines {
  readonly lines: Lines;
  readonly ms: number;
  /** The assertion that they wait for. */
  readonly assertion?: Assertion;
}

const NOTHING: TimedLines = { lines: [], ms: 0 };

/** Returns an experiment as a test, or as a `describe` if it has several: a line for each step. */
export function formatTest(subject: Subject, experiment: Experiment, isTyped: boolean): Lines {
  const printer = new Printer(subject, experiment);
  const checks = new Set(
    experiment.steps.flatMap(checkSteps).map(({ check, about }) => `${check} ${about && formatCheckTarget(about)}`),
  );
  return checks.size > 1 ? printer.describe(isTyped) : printer.test();
}

class Printer {
  readonly #subject: Subject;
  readonly #experiment: Experiment;

  constructor(subject: Subject, experiment: Experiment) {
    this.#subject = subject;
    this.#experiment = experiment;
  }

  /** Prints all steps as one test. */
  test(): Lines {
    const { steps } = this.#experiment;
    const [check] = steps.flatMap(checkSteps);
    if (!check) return [];
    // A printed test ends with its last check.
    const last = steps.findLastIndex((step) => 'check' in step);
    const all = steps.slice(0, last + 1).map((step) => this.#step(step, 'const '));
    return formatCheck(check, joinLines(...all));
  }

  /** Prints a `describe` whose `beforeAll` has the actions before the first check. Each test can run alone. */
  describe(isTyped: boolean): Lines {
    const { name, steps } = this.#experiment;
    const first = steps.findIndex((step) => !('do' in step));
    const before = joinLines(...steps.slice(0, first).map((step) => this.#step(step)));
    const deleted = steps.findIndex((step) => 'do' in step && step.do === 'delete');
    const isDeleted = deleted >= 0;
    const tests = this.#tests(isDeleted ? steps.slice(first, deleted) : steps.slice(first), 'pod');
    const inner = isDeleted ? [this.#deleted(steps, { first, deleted }, isTyped)] : [];
    return formatBlock(`describe(${quote(formatExperiment(name))}, () => {`, [
      isTyped ? 'let pod: LivePod;' : 'let pod;',
      ...formatBlock('beforeAll(async () => {', before.lines, before.ms),
      ...[...tests, ...inner].flatMap((lines) => ['', ...lines]),
    ]);
  }

  #deleted(
    steps: readonly Step[],
    { first, deleted }: Readonly<Record<'first' | 'deleted', number>>,
    isTyped: boolean,
  ): Lines {
    const actions = steps.slice(0, deleted + 1).findLastIndex((step) => !('do' in step)) + 1;
    const awaited = steps.slice(first, actions).reduce((prior, step) => this.#lastWait(step, 'pod') ?? prior, NOTHING);
    const before = joinLines(awaited, ...steps.slice(actions, deleted + 1).map((step) => this.#step(step)));
    const hasClients = steps.some((step) => 'do' in step && step.do === 'requests');
    return formatBlock(`describe('then deleted${hasClients ? ', while clients keep sending requests' : ''}', () => {`, [
      isTyped ? 'let gone: TerminatedPod<LivePod>;' : 'let gone;',
      ...formatBlock('beforeAll(async () => {', before.lines, before.ms),
      ...this.#tests(steps.slice(deleted + 1), 'gone').flatMap((lines) => ['', ...lines]),
    ]);
  }

  /** Prints a test for each check, with the last wait before it and the actions since then. */
  #tests(steps: readonly Step[], on: 'pod' | 'gone'): readonly Lines[] {
    const tests: Lines[] = [];
    let prior = NOTHING;
    for (const step of steps) {
      if ('do' in step) {
        const isNeeded = !('unless' in step && isDeepStrictEqual(step.unless, prior.assertion));
        if (isNeeded) prior = joinLines(prior, this.#step(step));
      }
      for (const check of checkSteps(step)) tests.push(formatCheck(check, joinLines(prior, this.#check(check, on))));
      prior = this.#lastWait(step, on) ?? prior;
    }
    return tests;
  }

  /** Returns the wait of a step that later steps build on. If several run together, returns the last one. */
  #lastWait(step: Step, on: 'pod' | 'gone'): TimedLines | undefined {
    const check = checkSteps(step).findLast(({ assertion }) => isAwaited(assertion));
    return check && this.#check(check, on);
  }

  #step(step: Step, declaration = ''): TimedLines {
    if ('do' in step) return this.#action(step, declaration);
    if ('finally' in step) return this.#action(step.finally, declaration);
    return joinLines(...checkSteps(step).map((check) => this.#check(check, 'pod')));
  }

  #action(step: ActionStep, declaration: string): TimedLines {
    if (step.do === 'start') return { lines: [`${declaration}${START}`], ms: 0 };
    const { spec } = this.#subject.pod;
    const changedName = this.#experiment.change?.container;
    const isChanged = step.do === 'freeze' && step.container === changedName;
    const hasLiveness = isChanged && containerNamed(spec, step.container)?.livenessProbe;
    return { lines: [...formatAction(step), ...(hasLiveness ? [HANG_NOTE] : [])], ms: this.#actionMs(step) };
  }

  #actionMs({ do: name }: ActionStep): number {
    const { spec } = this.#subject.pod;
    if (name === 'waitUntilReady') return wholeStartLimit(spec).ms;
    if (name === 'waitUntilRunning') return wholeStartLimit(spec).ms;
    return name === 'delete' ? stopLimit(spec).ms : 0;
  }

  #check({ assertion, window }: CheckStep, on: 'pod' | 'gone'): TimedLines {
    const ms = longestMs(window, this.#subject.pod.spec);
    return { lines: formatAssertion(this.#subject, assertion, { ms, on }), ms, assertion };
  }
}

function formatCheck({ check, about }: CheckStep, { lines, ms }: TimedLines): Lines {
  return check === 'detected' ? [] : formatCheckTest(check, about && formatCheckTarget(about), lines, ms);
}

function checkSteps(step: Step): readonly CheckStep[] {
  if ('together' in step) return step.together.flatMap(checkSteps);
  return 'check' in step && step.check !== 'detected' ? [step] : [];
}

function joinLines(...all: readonly TimedLines[]): TimedLines {
  const assertion = all.findLast((one) => one.assertion)?.assertion;
  return {
    lines: all.flatMap(({ lines }) => lines),
    ms: all.reduce((sum, { ms }) => sum + ms, 0),
    ...(assertion && { assertion }),
  };
}

/** Returns the checks that the printed tests of these experiments are about. */
export function printedChecks(experiments: readonly Experiment[]) {
  return [...new Set(experiments.flatMap(checksOf))].filter((id) =>
    experiments.some(({ steps }) => steps.flatMap(checkSteps).some(({ check }) => check === id)),
  );
}
