import { describe, expect, test } from '@jest/globals';
import { applyPolicy, type Policy } from '../../../../../src/gate/model/policy/policy';
import type { CheckResult, TargetResult } from '../../../../../src/gate/model/targetResult';

const ERRORS: Policy = { failOn: 'error', waivers: [] };

const failing = (answer: Partial<TargetResult> = {}): CheckResult => ({
  check: 'drains',
  outcome: 'failed',
  answers: [{ check: 'drains', outcome: 'failed', message: { kind: 'noTraffic', ports: [8080] }, ...answer }],
});

describe('applyPolicy', () => {
  test('treats a failure without a severity as an error', () => {
    expect(applyPolicy(failing(), ERRORS)).toMatchObject({ outcome: 'failed', answers: [{ severity: 'error' }] });
  });

  test.each(['warning', 'info'] as const)('passes a failure of severity %s, and keeps the severity', (severity) => {
    expect(applyPolicy(failing({ severity }), ERRORS)).toMatchObject({
      outcome: 'passed',
      answers: [{ outcome: 'passed', severity }],
    });
  });

  test('fails on failures of at least the severity of failOn', () => {
    const strict: Policy = { failOn: 'warning', waivers: [] };
    expect(applyPolicy(failing({ severity: 'warning' }), strict).outcome).toBe('failed');
    expect(applyPolicy(failing({ severity: 'info' }), strict).outcome).toBe('passed');
  });

  test('passes a waived failure, and keeps its severity and the reason', () => {
    const policy: Policy = { failOn: 'error', waivers: [{ name: 'drains', reason: 'no clients' }] };
    expect(applyPolicy(failing(), policy)).toMatchObject({
      outcome: 'passed',
      answers: [{ outcome: 'passed', severity: 'error', waived: 'no clients' }],
    });
  });

  test('waives a finding of lint by its code, and no other finding', () => {
    const policy: Policy = { failOn: 'info', waivers: [{ name: 'liveness-tcp', reason: 'its protocol' }] };
    const lint = (code: string) => applyPolicy(failing({ check: 'lint', found: { code } }), policy).outcome;
    expect([lint('liveness-tcp'), lint('tcp-hook')]).toEqual(['passed', 'failed']);
  });

  test('never waives a check that was not run', () => {
    const policy: Policy = { failOn: 'error', waivers: [{ name: 'drains', reason: 'no clients' }] };
    expect(applyPolicy(failing({ outcome: 'notRun' }), policy).outcome).toBe('notRun');
  });
});
