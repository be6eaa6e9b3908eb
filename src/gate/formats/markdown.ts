import type { GateReport, Verdict } from '../verdict';
import { detailsOf, faultsIn, headline, OUTCOMES, saidIn, totals } from './words';

const SIGNS = { passed: '✅', failed: '❌', notRun: '⚠️', notApplicable: '➖' } as const;

/** For a job's summary on GitHub: a table of checks for each workload, and the evidence to be folded out. */
export function asMarkdown(report: GateReport): string {
  return [...report.verdicts.map(verdictOf), totals(report)].join('\n\n');
}

function verdictOf(verdict: Verdict): string {
  const rows = verdict.checks.map(({ check, outcome, answers }) => {
    const said = saidIn({ outcome, answers }).map(cell).join('<br>');
    return `| ${SIGNS[outcome]} | \`${check}\` | ${OUTCOMES[outcome]} | ${said} |`;
  });
  const evidence = faultsIn(verdict).map(([{ check }, answer]) =>
    [
      '<details>',
      `<summary>${check}: ${html(answer.sentence)}</summary>`,
      '',
      ...fenced(detailsOf(answer)),
      '',
      '</details>',
    ].join('\n'),
  );
  const table = ['| | check | | |', '| --- | --- | --- | --- |', ...rows].join('\n');
  return [`### ${html(headline(verdict))}`, table, ...evidence].join('\n\n');
}

function cell(text: string): string {
  return html(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function html(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The fence is longer than any in it. */
function fenced(text: string): readonly string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}text`, text, fence];
}
