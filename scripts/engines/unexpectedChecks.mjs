/** Returns the checks of a gate's report that came out otherwise than they do on every engine, each with its outcome. */
export function unexpectedChecks({ verdicts }, fails) {
  const checks = verdicts.flatMap((verdict) => verdict.checks);
  const isExpected = ({ check, outcome }) =>
    fails.includes(check) ? outcome === 'failed' : outcome === 'passed' || outcome === 'notApplicable';
  return checks.filter((each) => !isExpected(each)).map(({ check, outcome }) => `${check} ${outcome}`);
}
