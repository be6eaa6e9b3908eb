import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../root.mjs';
import { readCauses } from './cases.mjs';
import { compare, RESULTS } from './compare.mjs';
import { gateCase } from './gateCase.mjs';
import { bringImages } from './images.mjs';
import { Loops } from './loops.mjs';
import { removeLeftovers } from './services.mjs';
import { caseLines, checkTable, confusionTable, differences } from './table.mjs';

/** Options of the gate that a case may name before the gate has them: such a case runs without. */
const isOption = (arg) => arg.startsWith('--');

/**
 * Puts cases to the gate, `parallel` at a time, beside `loops` busy loops. Prints a line when a case is done, and at the
 * end each case, the confusion tables, and the cases that `before` saw differently. Resolves to the outcomes, or to
 * undefined if it was interrupted.
 */
export async function runTrial(cases, { engine, env, parallel, loops, noSkip, out, before, print = console.log }) {
  const causes = readCauses();
  const options = optionsOfGate(env);
  const extra = noSkip ? ['--no-skip'] : [];
  const missing = [...new Set([...extra, ...cases.flatMap((one) => one.options)])].filter(
    (arg) => isOption(arg) && !options.includes(arg),
  );
  if (missing.length > 0) print(`the gate has no ${missing.join(', ')}: left out`);
  const abort = new AbortController();
  const onSignal = () => abort.abort();
  for (const signal of SIGNALS) process.on(signal, onSignal);
  const busy = new Loops(loops);
  const outcomes = [];
  try {
    await removeLeftovers(engine);
    await bringImages(engine, cases);
    const given = (args) => without(args, missing);
    const waiting = [...cases];
    const work = async () => {
      for (let one = waiting.shift(); one && !abort.signal.aborted; one = waiting.shift()) {
        const context = { engine, env, extra: given(extra), signal: abort.signal };
        const outcome = await outcomeOf({ ...one, options: given(one.options) }, context, causes);
        outcomes.push(outcome);
        save(outcomes, out);
        print(`${outcomes.length}/${cases.length}  ${outcome.id}: ${outcome.result}, ${outcome.seconds} s`);
      }
    };
    await Promise.all(Array.from({ length: parallel }, work));
  } finally {
    busy.end();
    await removeLeftovers(engine);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
  if (abort.signal.aborted) return undefined;
  const order = cases.map(({ id }) => id);
  outcomes.sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  report(outcomes, { out, before, print });
  return outcomes;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

async function outcomeOf(one, context, causes) {
  const { report, code, seconds, stderr } = await gateCase(one, context).catch((error) => ({
    seconds: 0,
    stderr: String(error.stack),
  }));
  const { result, lines, counts } = compare(one, report, causes, code);
  const why = report ? [] : [`exit code ${code}: ${stderr.trim().split('\n').slice(-3).join(' ')}`];
  return { id: one.id, group: one.group, result, lines: [...lines, ...why], counts, seconds, code, report };
}

function report(outcomes, { out, before, print }) {
  print(`\n${caseLines(outcomes)}\n\n${checkTable(outcomes)}\n\n${confusionTable(outcomes)}`);
  if (before) {
    const others = JSON.parse(readFileSync(before, 'utf8'));
    const changed = differences(outcomes, others.outcomes);
    print(
      changed.length === 0 ? `\nsame results as ${before}` : `\nother results than ${before}: ${changed.join(', ')}`,
    );
  }
  save(outcomes, out);
  print(`\n${out}`);
}

/** After each case: a run that is ended early leaves what it has. */
function save(outcomes, out) {
  const totals = Object.fromEntries(
    RESULTS.map((each) => [each, outcomes.filter(({ result }) => result === each).length]),
  );
  mkdirSync(path.dirname(out), { recursive: true });
  writeFileSync(out, `${JSON.stringify({ date: new Date().toISOString(), totals, outcomes }, null, 2)}\n`);
}

function optionsOfGate(env) {
  const help = execFileSync(process.execPath, [path.join(ROOT, 'dist/cli.mjs'), 'gate', '--help'], {
    env,
    encoding: 'utf8',
  });
  return help.match(/--[a-z][a-z-]*/g) ?? [];
}

/** Leaves out options, each with the value that follows it. */
function without(args, missing) {
  return args.filter((arg, at) => {
    const name = isOption(arg) ? arg : args[at - 1];
    return !missing.includes(name);
  });
}
