// A failure is never repeated. A spec file is repeated only if each of its failures is a run without a result.
const MACHINE_OVERLOADED = /\bmachine overloaded: /;

/** Returns the spec files whose failures all lack a result. */
export function overloadedSpecs({ testResults }) {
  return testResults.filter(isOverloaded).map(({ name }) => name);
}

function isOverloaded({ assertionResults }) {
  const failed = assertionResults.filter(({ status }) => status === 'failed');
  return (
    failed.length > 0 &&
    failed.every(({ failureMessages }) => failureMessages.some((each) => MACHINE_OVERLOADED.test(each)))
  );
}

/** Replaces the results of the spec files that ran again. */
export function withRepeated(first, again) {
  const ranAgain = new Set(again.testResults.map(({ name }) => name));
  const testResults = [...first.testResults.filter(({ name }) => !ranAgain.has(name)), ...again.testResults];
  return {
    ...first,
    testResults,
    success: testResults.every(({ status }) => status !== 'failed'),
    numRuntimeErrorTestSuites: first.numRuntimeErrorTestSuites + again.numRuntimeErrorTestSuites,
  };
}

/** Returns the totals of a run. */
export function summarize({ testResults, numRuntimeErrorTestSuites }, repeated) {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const count = (...statuses) => tests.filter(({ status }) => statuses.includes(status)).length;
  return {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('pending', 'todo', 'skipped', 'disabled'),
    brokenFiles: numRuntimeErrorTestSuites,
    repeated: repeated.length,
  };
}
