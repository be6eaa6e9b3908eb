import { playOnEngine } from './play/onEngine';
import { type OracleCase, readCases } from './recording/cases';
import type { Recording } from './recording/recording';
import { lineOf, totalLine } from './report';
import { judge, judgeOnEngine, type Verdict } from './verdict';

/** So many pods at a time run on the engine. */
const PARALLEL = 6;

const args = process.argv.slice(2);
const isLong = args.includes('--long');
const isOnEngine = args.includes('--on') && args[args.indexOf('--on') + 1] === 'engine';
const directories = args.filter((arg, index) => !arg.startsWith('--') && args[index - 1] !== '--on');

interface Task {
  readonly oracleCase: OracleCase;
  readonly kubernetes: string;
  readonly recordings: readonly Recording[];
}

/** Plays every case of the directories, prints a line per case and version, and returns the exit code. */
async function replay(): Promise<number> {
  const tasks = readCases(directories).flatMap((oracleCase) =>
    [...oracleCase.recordings].map(([kubernetes, recordings]) => ({ oracleCase, kubernetes, recordings })),
  );
  const verdicts: Verdict[] = [];
  const next = tasks[Symbol.iterator]();
  const work = async () => {
    for (const task of next) {
      const verdict = isOnEngine ? await onEngine(task) : judge(task.oracleCase, task.kubernetes, task.recordings);
      verdicts.push(verdict);
      console.log(lineOf(verdict, isLong));
    }
  };
  await Promise.all(Array.from({ length: isOnEngine ? PARALLEL : 1 }, work));
  console.log(totalLine(verdicts));
  return verdicts.some(({ kind }) => kind === 'differs') ? 1 : 0;
}

async function onEngine({ oracleCase, kubernetes, recordings }: Task): Promise<Verdict> {
  const { name, manifest } = oracleCase;
  try {
    const { acts = [], recordedSeconds: seconds = 0 } = recordings[0] ?? {};
    const played = await playOnEngine({ manifest, kubernetesVersion: kubernetes, acts, seconds });
    return judgeOnEngine(oracleCase, kubernetes, recordings, played);
  } catch (error) {
    return { name, kubernetes, kind: 'differs', why: [(error as Error).message] };
  }
}

try {
  process.exitCode = await replay();
} catch (error) {
  console.error(`oracle: ${(error as Error).message}`);
  process.exitCode = 1;
}
