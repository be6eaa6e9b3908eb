import { types } from 'node:util';
import { describeFinding, type Finding } from '../../../src/lint/finding';
import { type LintReport, lint } from '../../../src/lint/lint';
import { describeProblem, type Problem } from '../../../src/manifest/error';
import { isPodHandle } from '../../../src/waiting/podRun';
import type { ValueExpectation } from '../../../src/wording/expected/expectation';
import { formatExpected } from '../../../src/wording/expected/format';
import { formatReceivedManifest, type ReceivedManifest } from '../../../src/wording/facts/manifest';
import { callText } from './call';
import { type Context, type Result, refuse } from './context';
import { Misuse, misuseMessage } from './misuse';

/** Result of the check of a manifest. */
export interface ManifestResult {
  readonly passed: boolean;
  readonly received: ReceivedManifest;
  readonly problems?: readonly Problem[];
  readonly findings?: readonly Finding[];
}

export interface ManifestMatcherSpec<Args extends readonly unknown[]> {
  readonly name: string;
  readonly expected: (...args: Args) => ValueExpectation;
  /** Returns undefined if the manifest must be valid first. */
  readonly evaluate: (report: LintReport, ...args: Args) => ManifestResult | undefined;
}

/** Returns a matcher of a manifest: a path, YAML text or an object. It starts no pod. */
export function manifestMatcher<Args extends readonly unknown[]>(spec: ManifestMatcherSpec<Args>) {
  return function (this: Context, received: unknown, ...args: Args): Result {
    const call = callText(this, spec.name, args, 'manifest');
    try {
      const report = lint(manifestOf(received));
      const result = spec.evaluate(report, ...args);
      if (!result)
        return refuse(this, [misuseMessage(this, call, invalid(report)), describeProblems(report)].join('\n\n'));
      const expected = formatExpected(spec.expected(...args), this.isNot ?? false);
      return { pass: result.passed, message: () => failure(this, call, expected, result, report.source) };
    } catch (error) {
      if (error instanceof Misuse) return refuse(this, misuseMessage(this, call, error));
      throw error;
    }
  };
}

function invalid({ source }: LintReport): Misuse {
  return new Misuse(`${source} is invalid, so its findings are unknown. Fix these problems first`);
}

function describeProblems({ problems, source }: LintReport): string {
  return problems.map((problem) => describeProblem(problem, source)).join('\n');
}

function failure(
  { utils }: Context,
  call: string,
  expected: string,
  { received, problems = [], findings = [] }: ManifestResult,
  source: string,
): string {
  const head = `Expected: ${utils.EXPECTED_COLOR(expected)}\nReceived: ${utils.RECEIVED_COLOR(formatReceivedManifest(received))}`;
  const details = [
    ...(problems.length > 0 ? [problems.map((problem) => describeProblem(problem, source)).join('\n')] : []),
    ...findings.map(describeFinding),
  ];
  return [call, head, ...details].join('\n\n');
}

function manifestOf(received: unknown): string | object {
  if (types.isPromise(received)) throw new Misuse('expect received a promise instead of a manifest. Await it first');
  const isManifest = typeof received === 'string' || (typeof received === 'object' && received !== null);
  if (!isManifest || isPodHandle(received))
    throw new Misuse('expect received no manifest. Pass a path, YAML text or an object');
  return received;
}
