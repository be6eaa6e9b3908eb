import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { CHECK_IDS } from '../../src/gate/model/checks';
import { FINDING_CODES } from '../../src/lint/rules';
import { CAUSES } from '../../src/wording/causes';

const SCRIPTS = path.join(__dirname, '../../scripts/trial');
const SHOWN_BY = { drop: { check: 'drains', codes: ['no-drain'] } };
const DROP = { outcome: 'failed', sentence: 'web exits, while clients still come', cause: 'drop' };

/** Calls a function of a script, which is an ES module, with arguments that JSON can hold. */
function call(file: string, name: string, ...args: readonly unknown[]): unknown {
  const url = pathToFileURL(path.join(SCRIPTS, file));
  const program = `import * as it from '${url}'; console.log(JSON.stringify(it.${name}(...${JSON.stringify(args)})))`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' }));
}

const report = (...answers: readonly object[]) => ({
  verdicts: [{ checks: [{ check: 'drains', outcome: 'failed', answers }] }],
});
const compare = (expected: object, given: unknown, exitCode = 1) =>
  call('compare.mjs', 'compare', { expect: [], also: [], ...expected }, given, SHOWN_BY, exitCode) as {
    readonly result: string;
    readonly lines: readonly string[];
  };
const EXPECTED = { expect: [{ cause: 'drop', severity: 'error' }] };

describe('compare', () => {
  test('returns "right" if the report has exactly the expected findings', () => {
    expect(compare(EXPECTED, report(DROP))).toEqual({
      result: 'right',
      lines: [],
      counts: [{ check: 'drains', result: 'right' }],
    });
  });

  test('returns "right" for a control that has only findings of severity info', () => {
    expect(compare({}, report({ outcome: 'passed', severity: 'info', sentence: '' }), 0).result).toBe('right');
  });

  test('compares the cause or code of a finding, and not its words', () => {
    expect(compare(EXPECTED, report({ ...DROP, cause: undefined, code: 'no-drain' })).result).toBe('right');
    expect(compare(EXPECTED, report({ ...DROP, cause: 'other' })).result).toBe('wrong cause');
    expect(compare(EXPECTED, report({ ...DROP, cause: undefined })).result).toBe('wrong cause');
  });

  test('returns "wrong cause" if the severity or the check differs', () => {
    expect(compare(EXPECTED, report({ ...DROP, severity: 'warning' })).result).toBe('wrong cause');
    expect(compare({ expect: [{ cause: 'drop', check: 'lint' }] }, report(DROP)).result).toBe('wrong cause');
  });

  test('returns "missed" if the report has no error and no warning', () => {
    expect(compare(EXPECTED, report({ outcome: 'passed', sentence: '' }))).toEqual({
      result: 'missed',
      lines: ['expected drop'],
      counts: [{ check: 'drains', result: 'missed' }],
    });
  });

  test('returns "false alarm" if an error or a warning is not expected', () => {
    expect(compare({}, report(DROP)).result).toBe('false alarm');
    expect(compare({}, report({ outcome: 'warning', sentence: '' })).result).toBe('false alarm');
    expect(compare(EXPECTED, report(DROP, { outcome: 'failed', sentence: 'else' })).result).toBe('false alarm');
  });

  test('accepts findings that follow from the planted fault', () => {
    const also = [{ code: 'shell-as-pid-1', severity: ['warning', 'info'] }];
    const finding = { outcome: 'failed', code: 'shell-as-pid-1', severity: 'warning', sentence: '' };
    expect(compare({ ...EXPECTED, also }, report(DROP, finding)).result).toBe('right');
  });

  test('compares the exit code with the findings', () => {
    expect(compare({}, report({ outcome: 'passed', sentence: '' }), 1).result).toBe('false alarm');
    expect(compare(EXPECTED, report(DROP), 0).result).toBe('missed');
  });

  test('returns "no result" without a report or if a check did not run', () => {
    expect(compare({}, null).result).toBe('no result');
    const notRun = { verdicts: [{ checks: [{ check: 'drains', outcome: 'notRun', answers: [] }] }] };
    expect(compare({}, notRun)).toEqual({ result: 'no result', lines: ['not run: drains'], counts: [] });
    expect(compare(EXPECTED, notRun).result).toBe('no result');
  });
});

describe('the table', () => {
  const outcomes = [
    {
      id: 'faults/a',
      group: 'faults',
      result: 'right',
      seconds: 1,
      lines: [],
      counts: [{ check: 'lint', result: 'right' }],
    },
    {
      id: 'controls/b',
      group: 'controls',
      result: 'false alarm',
      seconds: 2,
      lines: ['error'],
      counts: [{ check: 'lint', result: 'false alarm' }],
    },
  ];

  test('counts the results of each group and of all', () => {
    expect(call('table.mjs', 'confusionTable', outcomes)).toBe(
      [
        '| Group | Cases | Right | Wrong cause | Missed | False alarm | No result |',
        '| --- | --- | --- | --- | --- | --- | --- |',
        '| faults | 1 | 1 | 0 | 0 | 0 | 0 |',
        '| controls | 1 | 0 | 0 | 0 | 1 | 0 |',
        '| all | 2 | 1 | 0 | 0 | 1 | 0 |',
      ].join('\n'),
    );
  });

  test('counts the findings of each check', () => {
    expect(call('table.mjs', 'checkTable', outcomes)).toBe(
      [
        '| Check | Findings | Right | Wrong cause | Missed | False alarm | No result |',
        '| --- | --- | --- | --- | --- | --- | --- |',
        '| lint | 2 | 1 | 0 | 0 | 1 | 0 |',
      ].join('\n'),
    );
  });

  test('replaces an older table in a page', () => {
    const page = 'before\n<!-- written by npm run gate:trial -- --write -->\nold\n<!-- end -->\nafter\n';
    const written = call('table.mjs', 'withTable', page, outcomes, '2026-11-30') as string;
    expect(written).toMatch(
      /^before\n<!-- written .* -->\n\n\| Group [\s\S]*\nRun on 2026-11-30\.\n\n<!-- end -->\nafter\n$/,
    );
    expect(written).not.toContain('old');
  });

  test('lists the cases that have another result in another run', () => {
    const others = [{ id: 'controls/b', result: 'right' }];
    expect(call('table.mjs', 'differences', outcomes, others)).toEqual(['controls/b']);
  });
});

test('reads every case of the trial with its expected findings', () => {
  const cases = call('cases.mjs', 'readCases') as readonly { readonly group: string }[];
  expect(new Set(cases.map(({ group }) => group))).toEqual(new Set(['faults', 'controls', 'applications']));
});

test('finds a check for each cause', () => {
  const causes = call('cases.mjs', 'readCauses') as Readonly<Record<string, { check: string; codes?: string[] }>>;
  expect(Object.keys(causes).toSorted()).toEqual([...Object.keys(CAUSES), 'no-readiness'].toSorted());
  for (const { check, codes = [] } of Object.values(causes)) {
    expect(CHECK_IDS).toContain(check);
    for (const code of codes) expect(FINDING_CODES).toContain(code);
  }
});
