import { parseArgs } from 'node:util';
import { BASELINE, countErrors, findGrowth, lower, readBaseline, writeBaseline } from './voice/baseline.mjs';
import { findChanges } from './voice/changes.mjs';
import { checkFile } from './voice/checkFile.mjs';
import { listFiles, readText } from './voice/files.mjs';
import { formatSummary } from './voice/summary.mjs';

// Checks the words of the repository, and lists all hits, those in the paths given or those of one `--rule`. `--new` lists
// only those above the baseline, which `--update` lowers; `--summary` prints their numbers.

const { values: options, positionals: paths } = parseArgs({
  allowPositionals: true,
  options: {
    new: { type: 'boolean' },
    rule: { type: 'string' },
    summary: { type: 'boolean' },
    update: { type: 'boolean' },
  },
});

const hits = listFiles().flatMap((file) => checkFile(file, readText(file)));
const counts = countErrors(hits);

if (options.update) writeBaseline(lower(readBaseline(), counts));
else if (options.summary) console.log(formatSummary(hits.filter(isChosen)));
else if (!options.new) print(hits.filter(isChosen));

const growth = findGrowth(readBaseline(), counts);
if (growth.length > 0) {
  printGrowth(growth);
  process.exitCode = 1;
}

function isChosen({ file, rule }) {
  return (paths.length === 0 || paths.some((path) => file.startsWith(path))) && rule === (options.rule ?? rule);
}

function print(hits) {
  for (const { file, line, level, rule, words, write } of hits)
    console.log(`${file}:${line}: ${level} ${rule}: "${words}". Write: ${write}`);
}

/** Lists the hits in lines that are newer than the baseline, or all hits of the rule if a line only moved. */
function printGrowth(growth) {
  const isNew = findChanges();
  for (const { rule, area, count, allowed } of growth) {
    const all = hits.filter((hit) => hit.rule === rule && hit.area === area);
    const found = all.filter(({ file, line }) => isNew(file, line));
    console.log(`\n${area}: ${count} hits of ${rule}, the baseline allows ${allowed}`);
    print(found.length > 0 ? found : all);
  }
  console.log(`
Rewrite the new hits. If text only moved to another folder, run npm run voice -- --update, which changes ${BASELINE}.
For a rare exception, write a comment on the line before: voice-ignore: and the id of the rule.`);
}
