import { expect, test } from '@jest/globals';
import { detailsOf, saidIn } from '../../../../src/gate/formats/words';
import type { TargetReport } from '../../../../src/gate/gateResult';

const REPEATED = 'This machine was overloaded, so the experiment ran once more, alone';
const passed: TargetReport = { outcome: 'passed', sentence: 'web recovers', isRepeated: true };

test('mentions a repeated experiment in the sentences of a check', () => {
  expect(saidIn({ outcome: 'passed', answers: [passed] })).toEqual(['web recovers', REPEATED]);
  const warned: TargetReport = { outcome: 'passed', sentence: 'web leaks', severity: 'warning' };
  expect(saidIn({ outcome: 'passed', answers: [passed, warned] }).at(-1)).toBe(REPEATED);
  expect(saidIn({ outcome: 'passed', answers: [{ outcome: 'passed', sentence: 'it is' }] })).toEqual(['it is']);
});

test('mentions a repeated experiment in the details of a failure', () => {
  expect(detailsOf({ ...passed, outcome: 'failed' })).toBe(REPEATED);
});
