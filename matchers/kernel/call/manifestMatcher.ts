import { types } from 'node:util';
import { describeFinding, type Finding } from '../../../src/lint/finding';
import { type LintReport, lint } from '../../../src/lint/lint';
import { describeProblem, type Problem } from '../../../src/manifest/error';
import { isPodHandle } from '../../../src/waiting/podRun';
import { callText } from './call';
import { type Context, type Result, refuse } from './context';
import { Misuse, misuseMessage } from './misuse';

/** What a manifest was found to be. */
export interface ManifestResult {
  readonly holds: boolean;
  /** What there is, as it reads after `Received:`. */
  readonly received: string;
  readonly problems?: readonly Problem[];
  readonly findings?: readonly Finding[];
}

export interface ManifestQuestion<Args extends readonly unknown[]> {
  readonly name: string;
  /** What is asked for, as it reads after `Expected:`. */
  readonly expected: (...args: Args) => string;
  /** The same under `.not`. */
  readonly unexpected: (...args: Args) => string;
  /** Undefined where the manifest has to be valid first. */
  readonly evaluate: (report: LintReport, ...args: Args) => ManifestResult | undefined;
}

/** A matcher that looks at a manifest: a path, YAML text or an object. Nothing is started, nothing is waited for. */
export function manifestMatcher<Args extends readonly unknown[]>(question: ManifestQuestion<Args>) {
  return function (this: Context, received: unknown, ...args: Args): Result {
    const call = callText(this, question.name, args, 'manifest');
    try {
      const report = lint(manifestOf(received));
      const result = question.evaluate(report, ...args);
      if (!result) return refuse(this, [misuseMessage(this, call, invalid(report)), listed(report)].join('\n\n'));
      const asked = (this.isNot ? question.unexpected : question.expected)(...args);
      return { pass: result.holds, message: () => failure(this, call, asked, result, report.source) };
    } catch (error) {
      if (error instanceof Misuse) return refuse(this, misuseMessage(this, call, error));
      throw error;
    }
  };
}

function invalid({ source }: LintReport): Misuse {
  return new Misuse(`${source} is invalid, so nothing can be said of what it asks for`);
}

function listed({ problems, source }: LintReport): string {
  return problems.map((problem) => describeProblem(problem, source)).join('\n');
}

function failure(
  { utils }: Context,
  call: string,
  asked: string,
  { received, problems = [], findings = [] }: ManifestResult,
  source: string,
): string {
  const head = `Expected: ${utils.EXPECTED_COLOR(asked)}\nReceived: ${utils.RECEIVED_COLOR(received)}`;
  const told = [
    ...(problems.length > 0 ? [problems.map((problem) => describeProblem(problem, source)).join('\n')] : []),
    ...findings.map(describeFinding),
  ];
  return [call, head, ...told].join('\n\n');
}

function manifestOf(received: unknown): string | object {
  if (types.isPromise(received)) throw new Misuse('expect was given a promise; await it first');
  const isManifest = typeof received === 'string' || (typeof received === 'object' && received !== null);
  if (!isManifest || isPodHandle(received))
    throw new Misuse('expect was not given a manifest: pass a path, YAML text or an object');
  return received;
}
