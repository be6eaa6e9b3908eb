import { describe, expect, test } from '@jest/globals';
import { gateExitCode } from '../../../../src/cli/gate/gateExitCode';
import type { GateResult, TargetReport } from '../../../../src/gate/gateResult';

const passed: TargetReport = { outcome: 'passed', sentence: 'the pod is Ready after 1s' };
const failed: TargetReport = { outcome: 'failed', sentence: 'the pod would not become Ready' };
const cut: TargetReport = { outcome: 'notRun', sentence: 'left alone: there was no time left' };
const broken: TargetReport = { ...cut, sentence: 'left alone: the run broke: machine overloaded', isBroken: true };

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
