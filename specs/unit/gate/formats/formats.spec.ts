import { beforeAll, describe, expect, test } from '@jest/globals';
import { FORMATS, type Format, inFormat } from '../../../../src/gate/formats';
import { asMarkdown } from '../../../../src/gate/formats/markdown';
import type { GateReport } from '../../../../src/gate/gateResult';
import { blocksIn, page } from '../../../docs/pages';
import { faultyReport, one } from './faulty';
import { problemsInJUnit } from './xmllint';

const OPTIONS = { version: '1.2.3', folder: process.cwd(), paint: (_: string, text: string) => text };

let report: GateReport;
beforeAll(async () => {
  report = await faultyReport();
});

test.each(FORMATS)('prints the report on a faulty pod as %s', async (format) => {
  expect(await inFormat(format, report, OPTIONS)).toMatchSnapshot();
});

test('docs/gate.md shows the text format', async () => {
  const [shown] = blocksIn(page('docs/gate.md'), 'text');
  expect(shown).toBe(await inFormat('text', report, OPTIONS));
});

test('prints the report on a faulty pod as a job summary', () => {
  expect(asMarkdown(report)).toMatchSnapshot();
});

const printed = (format: Format, of: GateReport) => inFormat(format, of, OPTIONS);

describe('format junit', () => {
  test('matches the schema of Jenkins', async () => {
    expect(await problemsInJUnit(await printed('junit', report))).toEqual([]);
    expect(await problemsInJUnit(await printed('junit', one({}, 'notRun')))).toEqual([]);
    expect(await problemsInJUnit('<testsuites skipped="0"/>')).not.toEqual([]);
  });

  test('reports a check that could not run as an error if no check failed', async () => {
    expect(await printed('junit', one({ sentence: 'there was no time left' }, 'notRun'))).toContain(
      '<error message="there was no time left" type="recovers/not-ready-again"/>',
    );
  });

  test('contains the time of each check alone', async () => {
    const slow = await printed('junit', one({ tookMs: 90_000, spentMs: 2_500 }));
    expect(slow).toContain('<testcase name="recovers" classname="Pod/shop" time="2.5">');
  });

  test('drops characters that XML does not allow', async () => {
    const odd = await printed('junit', one({ evidence: 'a \u001b[31mred\u0000 ]]> end' }));
    expect(await problemsInJUnit(odd)).toEqual([]);
  });
});

test('prints an annotation in one line, even if the sentence has line breaks', async () => {
  expect(await printed('github', one({}))).toBe(
    '::error title=Pod/shop%3A recovers::it <b>hangs</b> | for 50 %25,\\nfor ever',
  );
});

test('escapes Markdown and HTML in a summary', () => {
  const summary = asMarkdown(one({ evidence: '```js\nalert(1)\n```' }));
  expect(summary).toContain('| ❌ | `recovers` | failed | it &#60;b&#62;hangs&#60;/b&#62; &#124; for 50 %, for ever |');
  expect(summary).toContain('\n````text\n```js\nalert(1)\n```\n````\n');
});
