import { RESULTS } from './compare.mjs';

/** Returns the confusion table in Markdown: a row for each group, and one for all. */
export function confusionTable(outcomes) {
  const groups = [...new Set(outcomes.map(({ group }) => group))];
  const rows = groups.map((group) =>
    row(
      group,
      outcomes.filter((one) => one.group === group),
    ),
  );
  return table(['Group', 'Cases'], [...rows, row('all', outcomes)]);
}

/** Returns the same for findings, with a row for each check. */
export function checkTable(outcomes) {
  const counts = outcomes.flatMap((outcome) => outcome.counts);
  const checks = [...new Set(counts.map(({ check }) => check))].sort();
  return table(
    ['Check', 'Findings'],
    checks.map((check) =>
      row(
        check,
        counts.filter((one) => one.check === check),
      ),
    ),
  );
}

function table(first, rows) {
  const columns = [...first, ...RESULTS.map((result) => result[0].toUpperCase() + result.slice(1))];
  return [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function row(name, outcomes) {
  return [name, outcomes.length, ...RESULTS.map((each) => outcomes.filter(({ result }) => result === each).length)];
}

/** Returns a line for each case, with the differences from its expectations below it. */
export function caseLines(outcomes) {
  const width = Math.max(...outcomes.map(({ id }) => id.length));
  return outcomes
    .flatMap(({ id, result, seconds, lines, isRepeated }) => [
      `${id.padEnd(width)}  ${result.padEnd(11)}  ${String(seconds).padStart(4)}s${isRepeated ? ' (repeated)' : ''}`,
      ...lines.map((line) => `    ${line.replaceAll(/\s+/g, ' ').slice(0, 300)}`),
    ])
    .join('\n');
}

/** Returns the ids of the cases that have different results in two runs. */
export function differences(outcomes, others) {
  const before = new Map(others.map(({ id, result }) => [id, result]));
  return outcomes.filter(({ id, result }) => before.has(id) && before.get(id) !== result).map(({ id }) => id);
}

const BEGIN = '<!-- written by npm run gate:trial -- --write -->';
const END = '<!-- end -->';

/** Returns a page with the table of a run between the marks, instead of an older one. */
export function withTable(page, outcomes, date) {
  const [before, rest] = page.split(BEGIN);
  if (rest === undefined) throw new Error(`the page has no ${BEGIN}`);
  const after = rest.slice(rest.indexOf(END));
  return `${before}${BEGIN}\n\n${confusionTable(outcomes)}\n\n${checkTable(outcomes)}\n\nRun on ${date}.\n\n${after}`;
}
