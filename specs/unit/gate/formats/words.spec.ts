import { expect, test } from '@jest/globals';
import { detailsOf, sentencesOf } from '../../../../src/gate/formats/words';
import type { TargetReport } from '../../../../src/gate/gateResult';

const REPEATED = 'This machine was overloaded, so the experiment ran again without others.';
const passed: TargetReport = {
  outcome: 'passed',
  messageId: 'recovers/ready-again',
  sentence: 'web recovers',
  isRepeated: true,
};

test('mentions a repeated experiment in the sentences of a check', () => {
  expect(sentencesOf({ outcome: 'passed', answers: [passed] })).toEqual(['web recovers', REPEATED]);
  const warned: TargetReport = {
    outcome: 'passed',
    messageId: 'recovers/ready-again',
    sentence: 'web leaks',
    severity: 'warning',
  };
  expect(sentencesOf({ outcome: 'passed', answers: [passed, warned] }).at(-1)).toBe(REPEATED);
  expect(
    sentencesOf({
      outcome: 'passed',
      answers: [{ outcome: 'passed', messageId: 'recovers/ready-again', sentence: 'it is' }],
    }),
  ).toEqual(['it is']);
});

test('mentions a repeated experiment in the details of a failure', () => {
  expect(detailsOf({ ...passed, outcome: 'failed' })).toBe(REPEATED);
});
