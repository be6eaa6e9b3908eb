import { expect, test } from '@jest/globals';
import { lint } from '../../../src/lint/lint';
import { BASES, FAULTS } from './faults';

test.each([...BASES, ...FAULTS])('lint has the expected findings for $name', ({ manifest, caughtBy }) => {
  const { problems, findings } = lint(manifest);
  expect(problems).toEqual([]);
  const wrong = findings.filter(({ severity }) => severity !== 'info');
  expect(wrong.length > 0).toBe(caughtBy.includes('lint'));
});
