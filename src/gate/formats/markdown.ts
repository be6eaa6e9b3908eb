import { fence, markdownText } from '../../escaping/markdown';
import type { GateReport, GateResult } from '../gateResult';
import { detailsOf, faultsIn, gapsIn, headline, OUTCOMES, sentencesOf, totals } from './words';

const SIGNS = { passed: '✅', failed: '❌', notRun: '⚠️', notApplicable: '➖' } as const;

/** Returns the summary of a GitHub job: a table of checks for each workload, and the evidence in foldable sections. */
export function asMarkdown(report: GateReport): string {
  return [...report.verdicts.map(resultOf), totals(report)].join('\n\n');
}

function resultOf(gateResult: GateResult): string {
  const rows = gateResult.checks.map(({ check, outcome, answers }) => {
    const said = sentencesOf({ outcome, answers }).map(markdownText).join('<br>');
    return `| ${SIGNS[outcome]} | \`${check}\` | ${OUTCOMES[outcome]} | ${said} |`;
  });
  const evidence = faultsIn(gateResult).map(([{ check }, answer]) =>
    [
      '<details>',
      `<summary>${check}: ${markdownText(answer.sentence)}</summary>`,
      '',
      fence(detailsOf(answer)),
      '',
      '</details>',
    ].join('\n'),
  );
  const table = ['| | check | | |', '| --- | --- | --- | --- |', ...rows].join('\n');
  const gaps = gapsIn(gateResult).map((gap) => `- ${markdownText(gap)}`);
  const unchecked = gaps.length > 0 ? [`Not checked:\n\n${gaps.join('\n')}`] : [];
  return [`### ${markdownText(headline(gateResult))}`, table, ...unchecked, ...evidence].join('\n\n');
}
