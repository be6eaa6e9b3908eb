import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './root.mjs';
import { answeringEngine } from './setup/engine.mjs';
import { readCases } from './trial/cases.mjs';
import { runTrial } from './trial/runTrial.mjs';
import { withTable } from './trial/table.mjs';

// Runs the gate on the services of specs/gate/trial, and compares its findings with the expected ones.

const USAGE = `npm run gate:trial -- [NAME...] [options]

NAME               run the cases whose group and name contain it
--filter NAME      same as NAME
--parallel N       run this many cases at a time (default: 3)
--loops N          keep the machine busy with this many loops
--no-skip          let the gate wait in real time
--out FILE         write the outcomes and the gate's reports here
--before FILE      compare with the outcomes of another run
--write            write the tables of a whole run to docs/gate.md
--list             print the cases with their expected findings`;

const PAGE = path.join(ROOT, 'docs/gate.md');
const INTERRUPTED = 130;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    filter: { type: 'string', multiple: true, default: [] },
    parallel: { type: 'string', default: '3' },
    loops: { type: 'string', default: '0' },
    'no-skip': { type: 'boolean', default: false },
    out: { type: 'string', default: path.join(ROOT, 'node_modules/.cache/trial.json') },
    before: { type: 'string' },
    write: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const filters = [...positionals, ...values.filter];
if (values.write && filters.length > 0) throw new Error('--write needs a whole run. Remove the names of cases');
const cases = readCases(filters);
if (values.help) console.log(USAGE);
else if (values.list) for (const one of cases) console.log(`${one.id}: ${one.title}. Expected: ${formatExpected(one)}`);
else process.exitCode = await main();

/** Returns 1 if a case is not right. */
async function main() {
  const outcomes = await runTrial(cases, {
    engine: await answeringEngine(),
    env: process.env,
    parallel: Number(values.parallel),
    loops: Number(values.loops),
    noSkip: values['no-skip'],
    out: path.resolve(values.out),
    before: values.before,
  });
  if (!outcomes) return INTERRUPTED;
  if (values.write) {
    const date = new Date().toISOString().slice(0, 10);
    writeFileSync(PAGE, withTable(readFileSync(PAGE, 'utf8'), outcomes, date));
  }
  return outcomes.every(({ result }) => result === 'right') ? 0 : 1;
}

function formatExpected({ expect }) {
  return expect.map(({ cause, severity }) => `${cause} (${[severity].flat().join(' or ')})`).join(', ') || 'no finding';
}
