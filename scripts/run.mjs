import { isBuilt } from './build/build.mjs';
import { check } from './check.mjs';
import { testEngine } from './engines/testEngine.mjs';
import { runJest } from './jest/runJest.mjs';
import { run } from './processes.mjs';
import { orSayWhatIsMissing, setUp, setUpForTests, setUpTools } from './setup/set-up.mjs';

// Launcher of the npm scripts: setup first, then the script on the Node that setup found. It starts no second npm,
// because each takes a quarter of a second.

const SHORT_SOAK = '20s';

/** Specs of the manifest, lint, explain, the simulated pod, its matchers and its reports. */
const PORTABLE = [
  'specs/unit/(assertions|clock|kubelet|lint|manifest|matchers|pod|report|timeline|waiting)/',
  'specs/unit/cli/(explain|lint)/',
  'specs/fidelity/(kubelet|laws|pod|replay)/',
  'specs/docs/pages/simulate',
];

const TASKS = {
  async demo(args) {
    const env = await setUp();
    return (await build(env)) || run('node', ['examples/demo.mjs', ...args], env);
  },

  /** Runs all fast specs, with their totals in the file of `--totals=FILE`. Other arguments go to Jest, which then runs alone. */
  async test(given) {
    const env = await setUpForTests();
    const { totals, args } = splitTotals(given);
    const isAll = args.length === 0;
    const failed = (await build(env)) || (isAll && (await check(env)));
    if (!isAll) return failed || run('jest', args, env);
    const ran = await runJest(['--selectProjects', 'specs', 'docker'], env, totals);
    return ran || failed || soak([SHORT_SOAK], env);
  },

  /** Runs the specs that take long. */
  async 'test:more'(given) {
    const env = await setUpForTests();
    const { totals } = splitTotals(given);
    return (await build(env)) || runJest(['--selectProjects', 'more'], env, totals);
  },

  /** Runs the engine specs and three gates on another engine, and writes its row of docs/engines.md. */
  async 'test:engines'([name, ...only]) {
    const env = await setUp();
    return (await build(env)) || testEngine(name, env, only);
  },

  /** Runs the checks, and the specs that need no container engine, no root and no Debian. Other arguments go to Jest. */
  async 'test:portable'(args) {
    const env = await setUpTools();
    const jest = ['--selectProjects', 'specs', ...args, '--testPathPatterns', ...PORTABLE];
    const failed = (await build(env)) || (await check(env));
    return (await run('jest', jest, env)) || failed;
  },

  /**
   * Runs random pods and faults for a duration (default: 30m), and checks memory, open files and leftovers. With
   * `--overload`, runs planted cases on a busy machine.
   */
  async soak(args) {
    const env = await setUp();
    return (await build(env)) || soak(args, env);
  },

  /** Runs every attack in specs/hostile, and prints how many of them succeeded. */
  async 'test:hostile'(args) {
    const env = await setUpForTests();
    return (await build(env)) || run('node', ['scripts/hostile.mjs', ...args], env);
  },

  async check() {
    const env = await setUpTools();
    return (await build(env)) || check(env);
  },

  /** Installs the packed package from a registry in separate projects, and tests it. */
  async 'test:install'(args) {
    const env = await setUp();
    return (await build(env)) || run('node', ['specs/package/install/run.mjs', ...args], env);
  },

  /** Runs the conformance cases, or those of the given directories. */
  async conformance(args) {
    return run('node', ['scripts/conformance.mjs', ...args], await setUpTools());
  },

  /**
   * Compares the recordings of real nodes, or those of the given directories, with their simulation. `--on engine` uses
   * the engine.
   */
  async oracle(args) {
    if (args.includes('--on')) {
      const env = await setUpForTests();
      return (await build(env)) || run('node', ['scripts/oracle.mjs', ...args], env);
    }
    return run('node', ['scripts/oracle.mjs', ...args], await setUpTools());
  },

  /** Plants all faults into a good service, one at a time, and writes docs/gate.md; or those whose name contains an argument. */
  async 'gate:faults'([name = '']) {
    const env = { ...(await setUp()), __JEST_KUBELET_GATE_FAULTS: name };
    const jest = ['--selectProjects', 'more', '--testPathPatterns', 'specs/engine/gateFaults'];
    return (await build(env)) || run('jest', jest, env);
  },

  /** Puts the services of specs/gate/trial to the gate, and prints how often it is right. */
  async 'gate:trial'(args) {
    const env = await setUp();
    return (await build(env)) || run('node', ['scripts/trial.mjs', ...args], env);
  },

  /** Measures the figures of docs/performance.md. */
  async bench(args) {
    const env = await setUp();
    return (await build(env)) || run('node', ['bench/run.mts', ...args], env);
  },

  /** Builds the programs of the sandbox image from their C sources. `--check` only compares them. */
  async helper(args) {
    return run('node', ['scripts/helper.mjs', ...args], await setUpTools());
  },

  build: async () => build(await setUpTools()),

  /** docs/api.md, from the docstrings. */
  api: async () => run('node', ['scripts/api.mjs'], await setUpTools()),

  format: async (args) => run('biome', ['check', '--write', ...args], await setUpTools()),
};

/** Prints a message and succeeds without an engine. */
const soak = (args, env) => {
  const script = args.includes('--overload') ? 'scripts/soak/overload.mjs' : 'scripts/soak.mjs';
  return run('node', ['--expose-gc', script, ...args], env);
};

async function build(env) {
  return isBuilt() ? 0 : run('node', ['scripts/build.mjs'], env);
}

const TOTALS = '--totals=';

/** Separates the file that a run's totals go to from Jest's own arguments. */
function splitTotals(given) {
  return {
    totals: given.find((arg) => arg.startsWith(TOTALS))?.slice(TOTALS.length),
    args: given.filter((arg) => !arg.startsWith(TOTALS)),
  };
}

const [task, ...args] = process.argv.slice(2);

await orSayWhatIsMissing(async () => {
  process.exitCode = Number(await TASKS[task](args));
});
