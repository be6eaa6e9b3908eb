import { readCases } from './recording/cases';
import { lineOf, totalLine } from './report';
import { judge, type Verdict } from './verdict';

const args = process.argv.slice(2);
const isLong = args.includes('--long');
const directories = args.filter((arg) => !arg.startsWith('--'));

/** Plays every case of the directories, prints a line per case and version, and returns the exit code. */
function replay(): number {
  const verdicts: Verdict[] = [];
  for (const oracleCase of readCases(directories)) {
    for (const [kubernetes, recordings] of oracleCase.recordings) {
      const verdict = judge(oracleCase, kubernetes, recordings);
      verdicts.push(verdict);
      console.log(lineOf(verdict, isLong));
    }
  }
  console.log(totalLine(verdicts));
  return verdicts.some(({ kind }) => kind === 'differs') ? 1 : 0;
}

try {
  process.exitCode = replay();
} catch (error) {
  console.error(`oracle: ${(error as Error).message}`);
  process.exitCode = 1;
}
