import { RULES } from './rules/rules.mjs';

/** Returns a table of hits: a row for each rule, a column for each area, the errors first. */
export function formatSummary(hits) {
  const areas = [...new Set(hits.map(({ area }) => area))].sort();
  const rules = RULES.toSorted((one, other) => one.level.localeCompare(other.level));
  const rows = rules.map(({ id, level }) => {
    const ofRule = hits.filter(({ rule }) => rule === id);
    const counts = areas.map((area) => ofRule.filter((hit) => hit.area === area).length);
    return [`${id}${level === 'warning' ? ' (warning)' : ''}`, ...counts, ofRule.length];
  });
  const isError = ({ level }) => level === 'error';
  const sums = areas.map((area) => hits.filter((hit) => isError(hit) && hit.area === area).length);
  return formatTable([
    ['rule', ...areas.map((area) => area.replace('src/', '')), 'all'],
    ...rows,
    ['all errors', ...sums, hits.filter(isError).length],
  ]);
}

function formatTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  const cell = (value, column) =>
    column === 0 ? String(value).padEnd(widths[0]) : String(value || '·').padStart(widths[column]);
  return rows.map((row) => row.map(cell).join('  ')).join('\n');
}
