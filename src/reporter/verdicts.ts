import { stripVTControlCharacters } from 'node:util';
import type { PodRecord, VerdictRecord } from '../report/record/podRecord';

/** Results of a run in Jest's format, as far as they are used here. */
export interface RunResults {
  readonly testResults: readonly {
    readonly testFilePath: string;
    readonly testResults: readonly TestResult[];
  }[];
}

interface TestResult {
  readonly fullName: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

/** Mark of the line that decided, in a failure of our own matchers. */
const DECIDING_LINE = /^> +\+(\d+\.\d)s /m;
/** Stack of a failure, which is left out. */
const STACK = /\n\s+at [\s\S]*$/;

/** Returns the results of the tests in files that started pods, without those of skipped tests. */
export function verdictsOf({ testResults }: RunResults, pods: readonly PodRecord[]): readonly VerdictRecord[] {
  return testResults
    .filter(({ testFilePath }) => pods.some(({ file }) => file === testFilePath))
    .toSorted((a, b) => (a.testFilePath < b.testFilePath ? -1 : 1))
    .flatMap(({ testFilePath, testResults: tests }) => {
      return tests
        .filter(({ status }) => status === 'passed' || status === 'failed')
        .map((test) => verdictOf(test, testFilePath, pods));
    });
}

function verdictOf(
  { fullName, status, failureMessages }: TestResult,
  file: string,
  pods: readonly PodRecord[],
): VerdictRecord {
  const text = stripVTControlCharacters(failureMessages.join('\n\n'))
    .replace(/^Error: /, '')
    .replace(STACK, '');
  const [, seconds] = DECIDING_LINE.exec(text) ?? [];
  const pod = podOf(fullName, file, pods);
  return {
    outcome: status === 'passed' ? 'passed' : 'failed',
    name: fullName,
    file,
    ...(text !== '' && { text }),
    ...(pod >= 0 && { pod }),
    ...(pod >= 0 && seconds !== undefined && { at: Number(seconds) * 1000 }),
  };
}

/** Returns the pod that a test started last, else the one that was started for its whole file. */
function podOf(test: string, file: string, pods: readonly PodRecord[]): number {
  const own = pods.findLastIndex((pod) => pod.file === file && pod.test === test);
  return own >= 0 ? own : pods.findLastIndex((pod) => pod.file === file && pod.test === undefined);
}
