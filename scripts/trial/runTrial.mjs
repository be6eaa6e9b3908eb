import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readCauses } from './cases.mjs';
import { compare, RESULTS } from './compare.mjs';
import { gateCase } from './gateCase.mjs';
import { unknownOptions, withoutOptions } from './gateOptions.mjs';
import { bringImages } from './images.mjs';
import { Loops } from './loops.mjs';
import { removeLeftovers } from './services.mjs';
import { caseLines, checkTable, confusionTable, differences } from './table.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** The options that the gate recommends on an overloaded machine. */
const FEWER_PODS = ['--parallel', '2'];

/**
 * Runs the gate on cases, `parallel` at a time, beside `loops` busy loops, and repeats those without a result one at a
 * time with fewer pods. Prints each case and the tables, and resolves to the outcomes, or to undefined if it was
 * interrupted.
 */
export async function runTrial(cases, { engine, env, parallel, loops, noSkip, out, before, print = console.log }) {
  const causes = readCauses();
  const wanted = noSkip ? ['--no-skip'] : [];
  const unknown = unknownOptions([...wanted, ...cases.flatMap((one) => one.options)], env);
  if (unknown.length > 0) print(`ignored, because the gate has no such option: ${unknown.join(', ')}`);
  const abort = new AbortController();
  const onSignal = () => abort.abort();
  for (const signal of SIGNALS) process.on(signal, onSignal);
  const busy = new Loops(loops);
  const outcomes = new Map();
  const put = (some, atOnce, more) => {
    const waiting = [...some];
    const context = { engine, env, extra: withoutOptions([...wanted, ...more], unknown), signal: abort.signal };
    const work = async () => {
      for (let one = waiting.shift(); one && !abort.signal.aborted; one = waiting.shift()) {
        const given = { ...one, options: withoutOptions(one.options, unknown) };
        const outcome = await outcomeOf(given, context, causes);
        outcomes.set(one.id, { ...outcome, isRepeated: outcomes.has(one.id) });
        save([...outcomes.values()], out);
        print(`${outcomes.size}/${cases.length}  ${one.id}: ${outcome.result}, ${outcome.seconds}s`);
      }
    };
    return Promise.all(Array.from({ length: atOnce }, work));
  };
  try {
    await removeLeftovers(engine);
    await bringImages(engine, cases);
    await put(cases, parallel, []);
    const open = cases.filter(({ id }) => outcomes.get(id)?.result === 'no result');
    if (open.length > 0 && !abort.signal.aborted) print(`repeating ${open.length} cases without a result`);
    await put(open, 1, FEWER_PODS);
  } finally {
    busy.end();
    await removeLeftovers(engine);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
  if (abort.signal.aborted) return undefined;
  const inOrder = cases.map(({ id }) => outcomes.get(id));
  report(inOrder, { out, before, print });
  return inOrder;
}

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
      changed.length === 0
        ? `\nsame results as ${before}`
        : `\ndifferent results from ${before}: ${changed.join(', ')}`,
    );
  }
  save(outcomes, out);
  print(`\n${out}`);
}

/** Saves the outcomes after each case, so that an interrupted run keeps them. */
function save(outcomes, out) {
  const totals = Object.fromEntries(
    RESULTS.map((each) => [each, outcomes.filter(({ result }) => result === each).length]),
  );
  mkdirSync(path.dirname(out), { recursive: true });
  writeFileSync(out, `${JSON.stringify({ date: new Date().toISOString(), totals, outcomes }, null, 2)}\n`);
}
