import path from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { playOnEngine } from '../fidelity/oracle/play/onEngine';
import { readCases } from '../fidelity/oracle/recording/cases';
import { judgeOnEngine, type Verdict } from '../fidelity/oracle/verdict';
import { describeOnEngine } from './onEngine';

const FOLDER = path.join(__dirname, '../fidelity/oracle/cases');
const KUBERNETES = '1.36.3';

/** One short case for each part of the kubelet. */
const CASES = [
  'command-missing-never',
  'crash-always-0',
  'delete-deaf',
  'image-never',
  'init-never',
  'init-two',
  'never-1',
  'onfailure-0',
  'prestop-fail',
  'sidecar-job-fails',
  'signal-self',
  'termination-log',
];

describeOnEngine('a recorded pod on a container engine', () => {
  let verdicts: readonly Verdict[];

  beforeAll(async () => {
    verdicts = await Promise.all(CASES.map(verdictOf));
  });

  test.each(CASES.map((name, index) => [name, index] as const))(
    '%s has the same timeline as on a real node',
    (_, index) => {
      const { kind, why } = verdicts[index] as Verdict;
      expect({ isOther: kind === 'differs', why: kind === 'differs' ? why : [] }).toEqual({ isOther: false, why: [] });
    },
  );
});

async function verdictOf(name: string): Promise<Verdict> {
  const [oracleCase] = readCases([path.join(FOLDER, name)]);
  const recordings = oracleCase?.recordings.get(KUBERNETES);
  if (!oracleCase || !recordings?.[0]) throw new Error(`${name}: no recording of ${KUBERNETES}. Record the case`);
  const { acts, recordedSeconds } = recordings[0];
  const seconds = Math.min(recordedSeconds, 60);
  const played = await playOnEngine({ manifest: oracleCase.manifest, kubernetesVersion: KUBERNETES, acts, seconds });
  return judgeOnEngine(oracleCase, KUBERNETES, recordings, played);
}
