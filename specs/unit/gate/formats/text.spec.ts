import { describe, expect, test } from '@jest/globals';
import { formatText } from '../../../../src/gate/formats/text';
import type { CheckReport, GateReport, GateResult, TargetReport } from '../../../../src/gate/gateResult';
import { one } from './faulty';

const printed = (report: GateReport) => formatText(report, (_, text) => text);
const check = (
  name: CheckReport['check'],
  outcome: TargetReport['outcome'],
  ...answers: Partial<TargetReport>[]
): CheckReport => ({
  check: name,
  title: '',
  outcome,
  answers: answers.map((answer) => ({ outcome, messageId: `${name}/example`, sentence: 'it is so', ...answer })),
});

function reportOf(checks: readonly CheckReport[], more: Partial<GateResult> = {}, ...others: GateResult[]): GateReport {
  const fails = checks.some(({ outcome }) => outcome === 'failed' || outcome === 'notRun');
  const outcome = fails ? 'failed' : 'passed';
  const verdict: GateResult = { workload: 'Pod/shop', source: 'pod.yaml', outcome, checks, notChecked: [], ...more };
  return { outcome, verdicts: [verdict, ...others], times: { totalMs: 71_234, podsMs: 69_100, ownMs: 2_134 } };
}

describe('formatText', () => {
  test('aligns the checks, and prints the sentences of those that did not fail', () => {
    const report = reportOf([check('drains', 'passed', {}), check('terminates-in-grace', 'notApplicable', {})]);
    expect(printed(report)).toBe(`PASS Pod/shop: 1 check

  drains               passed          it is so
  terminates-in-grace  not applicable  it is so

2 checks: 1 passed, 1 not applicable. Time: 71.2s (pods 69.1s, overhead 2.1s).`);
  });

  test('prints a failure once, and refers to it in the table', () => {
    const report = reportOf([
      check('recovers', 'failed', { sentence: 'web stays down' }, { sentence: 'proxy stays down' }),
    ]);
    const text = printed(report);
    expect(text.match(/web stays down/g)).toHaveLength(1);
    expect(text).toContain('recovers: web stays down\n\nrecovers: proxy stays down');
    expect(text).toContain('  recovers  failed  2 failures, see above');
  });

  test('indents further sentences of a check below the first', () => {
    const report = reportOf([check('recovers', 'passed', { sentence: 'web is up' }, { sentence: 'proxy is up' })]);
    expect(printed(report)).toContain('  recovers  passed  web is up\n                    proxy is up');
  });

  test('prints position, code frame, waiver, fix and evidence of a finding in this order', () => {
    const position = { file: 'pod.yaml', line: 3, column: 5, text: '    port: x', width: 4 };
    const answer = {
      outcome: 'passed',
      severity: 'warning',
      code: 'no-port',
      field: 'spec',
      position,
      waived: 'known',
    } as const;
    const text = printed(reportOf([check('lint', 'passed', { ...answer, advice: 'name it', evidence: '+1.0s  web' })]));
    const found = text.slice(text.indexOf('lint no-port:'), text.indexOf('\n\n  lint '));
    expect(found).toMatch(
      /^lint no-port: warning, waived: it is so\n {2}pod\.yaml:3:5: spec\n[\s\S]*port: x\n[\s\S]*\n {2}waived: known\n {2}fix: {3}name it\n\n {2}\+1\.0s {2}web$/,
    );
  });

  test('lists what was not checked', () => {
    const notChecked = [{ what: 'requests', why: 'no Service' }];
    expect(printed(reportOf([check('drains', 'passed', {})], { notChecked }))).toContain(
      '\n\nNot checked:\n  requests: no Service\n\n',
    );
    expect(printed(reportOf([check('drains', 'passed', {})]))).not.toContain('Not checked');
  });

  test('prints one summary line per workload if there are several', () => {
    const job: GateResult = {
      ...{ workload: 'Job/migrate', source: 'pod.yaml', outcome: 'failed', notChecked: [] },
      checks: [check('recovers', 'failed', {}), check('drains', 'notRun', {})],
    };
    const passes = [check('drains', 'passed', {})];
    expect(printed(reportOf(passes, {}, job))).toContain(
      '\n\nPod/shop     passed\nJob/migrate  failed  1 error, 1 check not run\n\n',
    );
    expect(printed(reportOf(passes))).not.toMatch(/^Pod\/shop +passed$/m);
  });

  test('prints no escape sequence of an app', () => {
    const evidence = 'web \u001b[2Jgone\u0000';
    const text = printed(one({ sentence: 'it \u001b]0;x\u0007hangs', evidence }));
    expect(['\u001b', '\u0007', '\u0000'].filter((character) => text.includes(character))).toEqual([]);
  });

  test('prints a patch, and how it was found', () => {
    const patch = { yaml: 'spec:\n  terminationGracePeriodSeconds: 40\n', sum: '10s of preStop + 25s to end' };
    expect(printed(one({ sentence: 'it does not end', patch }))).toContain(`
recovers: it does not end

  patch that passes: 10s of preStop + 25s to end

    spec:
      terminationGracePeriodSeconds: 40

`);
  });

  test('colors outcomes, the headline and the deciding line', () => {
    const paint = (style: string, text: string) => `<${style}>${text}</${style}>`;
    const evidence = '  +1.0s  web  Unhealthy\n> +2.0s  web  Killing';
    expect(formatText(one({ sentence: 'it hangs', evidence }), paint)).toBe(
      `<bold>FAIL Pod/shop: 1 of 1 check failed</bold>

<red>recovers:</red> it hangs

    +1.0s  web  Unhealthy
  <red>> +2.0s  web  Killing</red>

  recovers  <red>failed</red>  see above

1 check: 1 failed. Time: 0.9s (no pods).`,
    );
  });
});
