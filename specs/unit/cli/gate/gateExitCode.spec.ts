import { describe, expect, test } from '@jest/globals';
import { gateExitCode } from '../../../../src/cli/gate/gateExitCode';
import type { GateResult, TargetReport } from '../../../../src/gate/gateResult';

const passed: TargetReport = {
  outcome: 'passed',
  messageId: 'recovers/ready-again',
  sentence: 'the pod is Ready after 1s',
};
const failed: TargetReport = {
  outcome: 'failed',
  messageId: 'recovers/not-ready-again',
  sentence: 'the pod does not become Ready',
};
const cut: TargetReport = {
  outcome: 'notRun',
  messageId: 'recovers/out-of-time',
  sentence: 'experiment "undisturbed": the --within limit was reached before this check ran. Raise --within.',
};
const broken: TargetReport = {
  ...cut,
  sentence: 'experiment "undisturbed": the run was aborted: machine overloaded',
  isBroken: true,
};

function exitCode(...answers: readonly TargetReport[]) {
  const checks = answers.map((answer) => ({
    check: 'ready-in-budget' as const,
    title: '',
    outcome: answer.outcome,
    answers: [answer],
  }));
  const isPassed = answers.every(({ outcome }) => outcome === 'passed');
  const outcome = isPassed ? 'passed' : 'failed';
  const verdict: GateResult = { workload: 'Pod/web', source: 'pod.yaml', outcome, checks, notChecked: [] };
  return gateExitCode({ outcome, verdicts: [verdict] });
}

describe('gateExitCode', () => {
  test('returns 0 if all checks passed, and 1 if a check failed or was cut short', () => {
    expect(exitCode(passed)).toBe(0);
    expect(exitCode(passed, failed)).toBe(1);
    expect(exitCode(passed, cut)).toBe(1);
  });

  test('returns 3 if a run was aborted and no check failed', () => {
    expect(exitCode(passed, broken)).toBe(3);
    expect(exitCode(broken, cut)).toBe(3);
    expect(exitCode(broken, failed)).toBe(1);
  });
});
