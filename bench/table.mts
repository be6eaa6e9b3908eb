import type { Missing, Row, Series } from './row.mts';
import { median, withUnit } from './samples.mts';

/** Returns the figures for a terminal. */
export function toText(rows: readonly (Row | Missing)[]): string {
  return rows.map((row) => ('missing' in row ? `–  ${row.figure}\n     ${row.missing}` : textOf(row))).join('\n');
}

function textOf(row: Row): string {
  const lines = [
    ours(row),
    ...row.against.map((series) => `${series.label}: ${seen(series)}`),
    ...(row.score === undefined ? [] : [row.score]),
    ...(row.goal === undefined ? [] : [`goal: ${row.goal}`]),
    `limited by: ${row.limit}`,
  ];
  return `${mark(row)}  ${row.figure}\n${lines.map((line) => `     ${line}`).join('\n')}`;
}

/** Returns the figures for a page. */
export function toMarkdown(rows: readonly (Row | Missing)[]): string {
  const head = ['| Figure | Measured | Compared with | Goal | | Limited by |', '|---|---|---|---|---|---|'];
  return [...head, ...rows.map(markdownOf)].join('\n');
}

function markdownOf(row: Row | Missing): string {
  if ('missing' in row)
    return `| ${row.figure} | ${row.missing.replaceAll('|', '/').replaceAll('\n', '<br>')} | | | | |`;
  const against = row.against.map((series) => `${series.label}: ${seen(series)}`).join('<br>');
  const measured = [seen(row.ours), ...(row.score === undefined ? [] : [row.score])].join('<br>');
  return `| ${[row.figure, measured, against, row.goal ?? 'none', mark(row), row.limit].join(' | ')} |`;
}

function ours({ ours: own }: Row): string {
  return `${own.label}: ${seen(own)}`;
}

/** Returns the median with the range of the samples. */
function seen({ samples, unit }: Series): string {
  const middle = `**${withUnit(median(samples), unit)}**`;
  if (samples.length === 1) return middle;
  return `${middle} (${withUnit(Math.min(...samples), unit)} – ${withUnit(Math.max(...samples), unit)}, ${samples.length} runs)`;
}

function mark({ reached }: Row): string {
  if (reached === undefined) return '';
  return reached ? 'reached' : 'NOT reached';
}
