import { expect, test } from '@jest/globals';
import { matricesAsJSON, matricesAsText } from '../../../../src/gate/formats/matrix';
import type { MatrixReport } from '../../../../src/gate/matrixReport';

const MATRIX: MatrixReport = {
  cells: [
    {
      fault: 'hang',
      target: 'web',
      outcome: 'right',
      noticedBy: 'readiness',
      noticedAfterMs: 4_000,
      restartedBy: 'liveness',
      sentence: 'web is restarted',
    },
    { fault: 'disk full', target: 'web', outcome: 'notApplicable', sentence: 'there is no volume to fill' },
  ],
  score: { right: 1, of: 1 },
};
const MATRICES = ['Pod/web', 'Pod/cart'].map((workload) => ({ workload, matrix: MATRIX }));

const TABLE = `FAULT       TARGET   DETECTED BY   AFTER   RESULT
hang        web      readiness     4.0s    passed           web is restarted
disk full   web      –             –       not applicable   there is no volume to fill

1 of 1 fault passed, 1 without a result`;

test('prints one table per workload', () => {
  expect(matricesAsText(MATRICES)).toBe(`Pod/web\n\n${TABLE}\n\nPod/cart\n\n${TABLE}`);
});

test('prints the whole matrix as JSON', () => {
  expect(JSON.parse(matricesAsJSON(MATRICES.slice(1)))).toEqual({
    version: 1,
    matrices: [{ workload: 'Pod/cart', ...MATRIX }],
  });
});
