/** The table of docs/engines.md that `npm run test:engines` writes. */
const COLUMNS = ['Name', 'Engine', 'cgroup', 'Architecture', 'Passed', 'Failed', 'Not applicable', 'Date'];
const HEADER = `| ${COLUMNS.join(' | ')} |\n|${COLUMNS.map(() => '---|').join('')}\n`;

/** Returns a page with the row of an engine in its table: in the place of its older one, or added in the order of `names`. */
export function withRow(page, row, names) {
  const start = page.indexOf(HEADER);
  if (start === -1) throw new Error('docs/engines.md has no table with the columns that a run writes');
  const from = start + HEADER.length;
  const to = from + /^(?:\|.*\n)*/.exec(page.slice(from))[0].length;
  const others = page
    .slice(from, to)
    .split('\n')
    .filter(Boolean)
    .filter((line) => nameIn(line) !== row.name);
  const all = [...others, formatRow(row)].toSorted((a, b) => names.indexOf(nameIn(a)) - names.indexOf(nameIn(b)));
  return page.slice(0, from) + all.map((line) => `${line}\n`).join('') + page.slice(to);
}

function formatRow({ name, engine, cgroup, architecture, specs, gates, notApplicable, date }) {
  const figures = (outcome) => `${specs[outcome]} specs, ${gates[outcome]} gates`;
  const cells = [`\`${name}\``, engine, cgroup, architecture, figures('passed'), figures('failed')];
  return `| ${[...cells, formatNotApplicable(notApplicable), date].join(' | ')} |`;
}

/** Returns the number of skipped items for each reason. */
function formatNotApplicable(all) {
  const reasons = [...new Set(all.map(({ reason }) => reason))];
  const counted = reasons.map((reason) => `${all.filter((each) => each.reason === reason).length}: ${reason}`);
  return counted.length === 0 ? '0' : counted.join('; ');
}

const nameIn = (line) => /^\| `([^`]+)`/.exec(line)?.[1];
