import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { runPod } from 'jest-kubelet';
import { explainMissingEngine } from './setup/engine.mjs';
import { Heap } from './soak/heap.mjs';
import { LIVES } from './soak/lives.mjs';
import { Random } from './soak/random.mjs';
import { agentPid, GROWTH_MAX, isAlive, MEASURES, measure, onEngine } from './soak/watch.mjs';

// npm run soak -- [30m] [--seed N]: random pods and faults, one round after the other, in one process with one agent.
// After each round, nothing of it may be left, and memory and open files are measured.

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000 };
const MINUTE_MS = 60_000;
/** Growth during this time is normal. */
const WARM_UP_MS = 5 * MINUTE_MS;
/** A difference of a few files is not growth. */
const FILES_SLACK = 3;
const PODS_MAX = 3;
/** Ends the soak if something stays forever. specs/engine/nothingLeft checks how soon things are removed. */
const GONE_WITHIN_MS = 60_000;
/** Errors that abort a run and are not our fault. */
const EXPLAINED = /^(machine overloaded|container engine): /;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' }, verbose: { type: 'boolean' } },
});
const [, amount, unit] = /^(\d+)([smh])$/.exec(positionals[0] ?? '30m') ?? [];
if (!amount)
  throw new Error(
    `the duration must be a number with s, m or h, such as 30m, received ${JSON.stringify(positionals[0])}`,
  );
const durationMs = Number(amount) * UNITS[unit];
const seed = Number(values.seed ?? randomInt(2 ** 31));
const random = new Random(seed);
const beganAt = performance.now();
const elapsedMs = () => performance.now() - beganAt;

const samples = [];
const wrong = [];
const explained = [];
const counts = Object.fromEntries(Object.keys(LIVES).map((name) => [name, 0]));
let rounds = 0;
let told = 0;
let agent;
/** Undefined if the heap cannot be inspected. */
let heap;

const missing = await explainMissingEngine();
if (missing !== undefined) {
  console.log(`soak: skipped, because no container engine is available: ${missing}`);
  process.exit();
}
console.log(`soak: ${positionals[0] ?? '30m'} of random pods, seed ${seed}`);
process.on('SIGINT', () => process.exit(130));

while (elapsedMs() < durationMs) {
  rounds += 1;
  const names = Array.from({ length: 1 + random.below(PODS_MAX) }, () => random.pick(Object.keys(LIVES)));
  await Promise.all(names.map((name) => live(name, new Random(random.below(2 ** 31)))));
  agent ??= agentPid();
  if (rounds === 1) heap = await Heap.of(agent);
  const left = await leftOf(({ pods }) => pods);
  if (left.length > 0) fail(`not removed after round ${rounds} (${names.join(', ')}): ${left.join(', ')}`);
  if (agentPid() !== agent) fail(`the agent was replaced during round ${rounds}`);
  samples.push({ atMs: elapsedMs(), ...(await measure(agent, heap)) });
  if (elapsedMs() - told >= MINUTE_MS) tell();
}
if (told < samples.at(-1).atMs) tell();
await end();
process.exit(wrong.length > 0 ? 1 : 0);

/** Runs one scenario with all its pods, and removes them at the end. */
async function live(name, own) {
  counts[name] += 1;
  const pods = [];
  const run = async (...of) => {
    const pod = await runPod(...of);
    pods.push(pod);
    return pod;
  };
  const note = (what) =>
    values.verbose && console.log(`  ${Math.round(elapsedMs())}ms, round ${rounds}: "${name}" ${what}`);
  note('starts');
  try {
    await LIVES[name]({ run, random: own });
    note('passed');
  } catch (error) {
    const broken = pods.map((pod) => pod.broken?.message).find(Boolean);
    if (broken && EXPLAINED.test(broken)) explained.push(`"${name}" in round ${rounds}: ${broken}`);
    else fail(`"${name}" in round ${rounds}: ${broken ?? error.stack}`);
  } finally {
    await Promise.all(pods.map((pod) => pod.remove()));
    note('was removed');
  }
}

/** Returns what is left after the time for its removal. */
async function leftOf(isLeft) {
  const deadline = performance.now() + GONE_WITHIN_MS;
  for (;;) {
    const left = isLeft(await onEngine(agent));
    if (left.length === 0 || performance.now() > deadline) return left;
    await sleep(100);
  }
}

function fail(what) {
  wrong.push(what);
  console.log(`  FAILED: ${what}`);
}

function tell() {
  told = elapsedMs();
  const recent = samples.filter(({ atMs }) => atMs > told - MINUTE_MS);
  const figures = MEASURES.map((name) => `${name} ${formatFigure(name, median(recent, name))}`);
  console.log(`  ${Math.round(told / 1_000)}s, round ${rounds}: ${figures.join(', ')}, ${wrong.length} failed`);
}

/** Compares the medians of the first and the last third after the warm-up, because single measurements vary. */
function judgeGrowth() {
  const settled = samples.filter(({ atMs }) => atMs > WARM_UP_MS);
  const third = Math.floor(settled.length / 3);
  if (third < 3) return console.log('  too short to measure growth');
  for (const name of MEASURES) {
    const [from, to] = [median(settled.slice(0, third), name), median(settled.slice(-third), name)];
    const growth = `${name}: ${formatFigure(name, from)} → ${formatFigure(name, to)} (${((to / from - 1) * 100).toFixed(1)} %)`;
    const slack = name.startsWith('files') ? FILES_SLACK : 0;
    if (to > from * (1 + GROWTH_MAX[name]) + slack) fail(`growth of ${growth}`);
    else console.log(`  ${growth}`);
  }
}

/** Ends the agent as the end of a test file does, and sees that nothing stays. */
async function end() {
  heap?.close();
  judgeGrowth();
  const { agent: process } = globalThis[Symbol.for('jest-kubelet')];
  process.close();
  const left = await leftOf(({ pods, helpers, networks }) => [
    ...pods,
    ...helpers,
    ...networks,
    ...(isAlive(agent) ? [`agent ${agent}`] : []),
  ]);
  if (left.length > 0) fail(`not removed at the end: ${left.join(', ')}`);
  for (const [name, count] of Object.entries(counts)) console.log(`  ${String(count).padStart(5)} × ${name}`);
  for (const one of explained) console.log(`  aborted by the machine or the engine: ${one}`);
  console.log(
    `soak: ${rounds} rounds in ${Math.round(elapsedMs() / 1_000)}s, seed ${seed}: ${wrong.length} failed, ${explained.length} aborted by the machine or the engine`,
  );
}

function median(all, name) {
  return all.map((sample) => sample[name]).toSorted((a, b) => a - b)[Math.floor(all.length / 2)];
}

function formatFigure(name, value) {
  return name.includes('memory') ? `${value.toFixed(1)} MB` : `${value}`;
}
