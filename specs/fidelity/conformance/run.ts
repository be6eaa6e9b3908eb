import { type Case, type CaseFile, type Malformed, readCaseFiles } from './caseFiles';
import { fileLine, reportOf, totalLine } from './report';
import { judgeSubjectCase } from './subjectCase';
import { judgeTimelineCase } from './timeline/timelineCase';
import { failed, type Verdict } from './verdict';

/** Replays every case of the directories, prints the results, and returns the exit code. */
async function replay(directories: readonly string[]): Promise<number> {
  const files = readCaseFiles(directories);
  const verdicts = await judgeSubjectCases(files);
  const total = files.flatMap(({ name, cases }) => {
    const judged = cases.map((each) => ({ case: each, verdict: verdicts.get(each) ?? judge(each) }));
    console.log([fileLine(name, judged), ...reportOf(judged)].join('\n'));
    return judged.map(({ verdict }) => verdict);
  });
  console.log(totalLine(total));
  return total.some(({ kind }) => kind === 'failed') ? 1 : 0;
}

type Verdicts = ReadonlyMap<Case | Malformed, Verdict>;

/** Cases that dial wait side by side, before others keep the processor busy: their time limits are real. */
async function judgeSubjectCases(files: readonly CaseFile[]): Promise<Verdicts> {
  const cases = files.flatMap(({ cases }) => cases).filter((each) => !('problem' in each) && each.kind !== 'timeline');
  return new Map(
    await Promise.all(
      cases.map(async (each) => [each, await judgeSubjectCase(each as Case).catch(unplayable)] as const),
    ),
  );
}

function judge(each: Case | Malformed): Verdict {
  if ('problem' in each) return failed('a case in the format of README.md', each.problem);
  try {
    return judgeTimelineCase(each);
  } catch (cause) {
    return unplayable(cause);
  }
}

function unplayable(cause: unknown): Verdict {
  return failed('a case that can be played', cause instanceof Error ? cause.message : String(cause));
}

process.exitCode = await replay(process.argv.slice(2)).catch((cause: Error) => {
  console.error(`conformance: ${cause.message}`);
  return 1;
});
