import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { IN_BAND, runJest } from '../jest/runJest.mjs';
import { ROOT } from '../root.mjs';
import { DEFAULT_HOST } from '../setup/engine.mjs';
import { EngineApi } from '../setup/engine-api.mjs';
import { SetupError } from '../setup/say.mjs';
import { answering } from './answering.mjs';
import { ENGINES } from './engines.mjs';
import { runGates } from './gates.mjs';
import { jestArguments } from './jestArguments.mjs';
import { paceOf } from './pace.mjs';
import { Place } from './place.mjs';
import { withRow } from './row.mjs';
import { GATES, NOT_APPLICABLE, SPECS } from './selection.mjs';

const PAGE = path.join(ROOT, 'docs/engines.md');
const CACHE = path.join(ROOT, 'node_modules/.cache');
/** An engine so much slower has enough to do with one spec file, or one pod of a gate, at a time. */
const SLOW_PACE = 4;
const ANSWERS_MS = 60_000;

/**
 * Runs the engine specs and three gates on an engine, writes its row of docs/engines.md, and resolves to an exit code.
 * With names or paths of spec files, only these run, and no row is written.
 */
export async function testEngine(name, env, only = []) {
  const names = ENGINES.map((each) => each.name);
  const engine = ENGINES.find((each) => each.name === name);
  if (!engine) throw new SetupError(`unknown engine "${name ?? ''}"`, `Choose one: ${names.join(', ')}`);
  const machine = new EngineApi(env.DOCKER_HOST ?? DEFAULT_HOST);
  const place = new Place();
  let started;
  try {
    started = await engine.start({ place, machine });
    const row = await rowOf(engine, started, machine, env, only);
    // Results from an engine that has exited or hangs say nothing about it.
    await answering(started.host, ANSWERS_MS, started.isAlive, started.log);
    if (only.length === 0) writeFileSync(PAGE, withRow(readFileSync(PAGE, 'utf8'), row, names));
    console.log(`${name}: specs ${formatTotals(row.specs)}; gates ${formatTotals(row.gates)}`);
    return row.specs.failed + row.gates.failed > 0 ? 1 : 0;
  } finally {
    await started?.stop?.();
    await place.remove();
  }
}

async function rowOf({ name }, { host }, machine, env, only) {
  const pace = await paceOf(host, machine);
  console.log(`${name}: ${host}, ${pace.toFixed(1)} times slower than the engine of this machine`);
  const onEngine = { ...env, DOCKER_HOST: host, SPEC_ENGINE_PACE: String(pace) };
  const notApplicable = NOT_APPLICABLE[name];
  const info = await new EngineApi(host).get('/info');
  const gates = GATES.filter(({ manifest }) => !notApplicable.some(({ gate }) => gate === manifest));
  const specs = await runSpecs(only, notApplicable, onEngine, pace);
  const gateTotals = only.length > 0 ? { passed: 0, failed: 0 } : await runGates(gates, onEngine, pace > SLOW_PACE);
  return {
    name,
    engine: `Docker ${info.ServerVersion}`,
    cgroup: `v${info.CgroupVersion}`,
    architecture: info.Architecture,
    ...{ specs, gates: gateTotals, notApplicable },
    date: new Date().toISOString().slice(0, 10),
  };
}

async function runSpecs(only, notApplicable, env, pace) {
  mkdirSync(CACHE, { recursive: true });
  const totals = path.join(CACHE, `engine-${process.pid}.json`);
  const workers = pace > SLOW_PACE ? IN_BAND : [];
  try {
    const projects = only.length > 0 ? ['specs', 'docker', 'more'] : ['docker'];
    const files = jestArguments(only.length > 0 ? only : SPECS, notApplicable);
    await runJest(['--selectProjects', ...projects, ...workers, ...files], env, totals);
    const { passed, failed, brokenFiles } = JSON.parse(readFileSync(totals, 'utf8'));
    return { passed, failed: failed + brokenFiles };
  } finally {
    rmSync(totals, { force: true });
  }
}

const formatTotals = ({ passed, failed }) => `${passed} passed, ${failed} failed`;
