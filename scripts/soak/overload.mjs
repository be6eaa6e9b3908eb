import { randomInt } from 'node:crypto';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { explainMissingEngine } from '../setup/engine.mjs';
import { GATE_CASES } from './overload/gateCases.mjs';
import { startLoops } from './overload/loops.mjs';
import { MATCHER_CASES } from './overload/matcherCases.mjs';
import { playGate } from './overload/playGate.mjs';
import { playMatcher } from './overload/playMatcher.mjs';
import { count, tableOf } from './overload/table.mjs';
import { Random } from './random.mjs';

// npm run soak -- --overload: runs cases with known results on a machine that loops keep busy. It fails on a wrong
// result or too many results of `no result`, while each case of a quiet run (`--loops 0`) must have a result.

const NO_RESULT_MAX = 0.2;

const { values } = parseArgs({
  options: {
    overload: { type: 'boolean' },
    cases: { type: 'string', default: '200' },
    seed: { type: 'string' },
    loops: { type: 'string', default: '4' },
    parallel: { type: 'string', default: '2' },
    kind: { type: 'string', default: '' },
  },
});
const [cases, loopsPerCore, parallel] = ['cases', 'loops', 'parallel'].map((name) => wholeNumber(name, values[name]));
const seed = values.seed === undefined ? randomInt(2 ** 31) : wholeNumber('seed', values.seed);
const random = new Random(seed);

const PLAYS = [
  ...Object.entries(MATCHER_CASES).map(([kind, make]) => ({ kind, make, play: playMatcher })),
  ...Object.entries(GATE_CASES).map(([kind, make]) => ({ kind, make, play: playGate })),
].filter(({ kind }) => kind.includes(values.kind));
if (PLAYS.length === 0)
  throw new Error(`--kind must be a part of the name of a case, received ${JSON.stringify(values.kind)}`);

const missing = await explainMissingEngine();
if (missing !== undefined) {
  console.log(`soak: skipped, because no container engine is available: ${missing}`);
  process.exit();
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

const loops = startLoops(loopsPerCore);
const load = loadavg()[0].toFixed(1);
console.log(`soak: ${cases} cases, ${loops.count} busy loops, seed ${seed}, load ${load} at the start`);
if (!loops.isPlain) console.log('  the loops run at the low priority of this process. Start it without nice');

const beganAt = performance.now();
const seconds = () => Math.round((performance.now() - beganAt) / 1_000);
const left = dealCases(cases);
const results = [];
await Promise.all(Array.from({ length: parallel }, worker));
loops.stop();
globalThis[Symbol.for('jest-kubelet')].agent?.close();

const wrong = count(results, 'wrong');
const without = count(results, 'no result');
const most = loopsPerCore === 0 ? 0 : Math.floor(NO_RESULT_MAX * results.length);
console.log(`\n${tableOf(results)}\n`);
console.log(
  `soak: ${results.length} cases in ${seconds()}s, seed ${seed}: ${wrong} wrong (at most 0), ${without} without a result (at most ${most})`,
);
process.exit(wrong > 0 || without > most ? 1 : 0);

async function worker() {
  for (let one = left.shift(); one; one = left.shift()) {
    const { kind, play, planted } = one;
    const { result, why } = await play(planted).catch((error) => ({ result: 'wrong', why: error.stack }));
    results.push({ kind, result });
    console.log(`  ${seconds()}s  ${result}: ${kind}${why === undefined ? '' : `\n${indent(why)}`}`);
  }
}

/** Returns this number of cases: every kind in random order, then every kind again. */
function dealCases(length) {
  const all = [];
  while (all.length < length) all.push(...shuffle(PLAYS));
  return all.slice(0, length).map(({ kind, play, make }) => ({ kind, play, planted: make(random) }));
}

function shuffle(all) {
  return all
    .map((one) => ({ one, at: random.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

function indent(text) {
  return text.replace(/^/gm, '      ');
}

function wholeNumber(name, text) {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Error(`--${name} must be a whole number, received ${JSON.stringify(text)}`);
}
