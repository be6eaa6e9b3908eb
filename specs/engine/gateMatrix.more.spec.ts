import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { toMatrixReport } from '../../src/gate/matrixReport';
import { runMatrix } from '../../src/gate/runGate';
import { subjectOnEngine } from '../../src/gate/runner/session/onEngine';
import { readSource } from '../../src/manifest/source/source';
import { runPod } from '../../src/pod/live/runPod';
import { removePods } from '../../src/pod/shared/registry';
import { realLimit } from '../pace';
import { describeOnEngine } from './onEngine';

const SHOP = readFileSync(path.join(__dirname, '../gate/faults/shop.yaml'), 'utf8');
/** With all that a fault of the matrix needs: a CPU request, and a volume that can be filled. */
const EXPOSED = SHOP.replace(/( +)limits:\n/, '$1requests:\n$1  cpu: 200m\n$&')
  .replace(
    /( +)volumes:\n/,
    '$&$1  - name: scratch\n$1    emptyDir:\n$1      medium: Memory\n$1      sizeLimit: 16Mi\n',
  )
  .replace(/( +)volumeMounts:\n/, '$&$1  - name: scratch\n$1    mountPath: /scratch\n');
const WITHIN_MS = realLimit(240_000);

describeOnEngine('the matrix of faults and probes', () => {
  afterAll(() => removePods('file'));

  test(
    'injects each fault into a separate pod, and records which probe detects it',
    async () => {
      const db = await runPod(SHOP);
      const { subject, start } = await subjectOnEngine(
        readSource(EXPOSED),
        { services: { db } },
        { endpointRemovalDelay: '1s' },
      );
      const matrix = toMatrixReport(await runMatrix(subject, { start, parallel: 3 }), (text) => text);
      const told = matrix.cells.map(({ fault, outcome, noticedBy = '–', sentence }) =>
        outcome === 'notRun' ? `${fault}: ${sentence}` : `${fault}: ${outcome}, ${noticedBy}`,
      );
      expect(told).toEqual([
        'hang: right, readiness',
        'crash: right, exit',
        'port closed: right, readiness',
        'service cut: right, –',
        'out of memory: right, exit',
        'CPU throttled to its request: right, –',
        'disk full: right, –',
      ]);
      expect(matrix.score).toEqual({ right: 7, of: 7 });
    },
    WITHIN_MS,
  );
});
