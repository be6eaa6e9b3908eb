import { isBuilt } from './build/build.mjs';
import { check } from './check.mjs';
import { run } from './processes.mjs';
import { orSayWhatIsMissing, setUp, setUpForTests, setUpTools } from './setup/set-up.mjs';

// One launcher for all the npm scripts: set-up first, then the rest on the Node it found. npm starts no npm here, as
// each costs a quarter of a second.

const SHORT_SOAK = '20s';

const TASKS = {
  async demo(args) {
    const env = await setUp();
    return (await build(env)) || run('node', ['examples/demo.mjs', ...args], env);
  },

  /** All there is; with arguments they are Jest's, and Jest alone runs. */
  async test(args) {
    const env = await setUpForTests();
    const isAll = args.length === 0;
    const failed = (await build(env)) || (isAll && (await check(env)));
    const ran = await run('jest', [...resultsTo(process.env.JEST_KUBELET_RESULTS), ...args], env);
    return ran || failed || (isAll && (await soak([SHORT_SOAK], env)));
  },

  /** Random pods and faults for so long (30m), with an eye on memory, open files and what is left. */
  async soak(args) {
    const env = await setUp();
    return (await build(env)) || soak(args, env);
  },

  /** Every attack in specs/hostile, and how many of them came through. */
  async 'test:hostile'(args) {
    const env = await setUpForTests();
    return (await build(env)) || run('node', ['scripts/hostile.mjs', ...args], env);
  },

  async check() {
    const env = setUpTools();
    return (await build(env)) || check(env);
  },

  /** The packed package in projects of its own, installed from a registry. */
  async 'test:install'(args) {
    const env = await setUp();
    return (await build(env)) || run('node', ['specs/install/run.mjs', ...args], env);
  },

  /** The conformance cases, or those of the directories named. */
  async conformance(args) {
    return run('node', ['scripts/conformance.mjs', ...args], setUpTools());
  },

  /** All faults planted into a good service, one at a time, and the table of docs/gate.md. */
  async 'gate:faults'() {
    const env = { ...(await setUp()), JEST_KUBELET_GATE_FAULTS: 'all' };
    const jest = ['--selectProjects', 'docker', '--testPathPatterns', 'specs/docker/gateFaults'];
    return (await build(env)) || run('jest', jest, env);
  },

  /** The figures of docs/performance.md. */
  async bench(args) {
    const env = await setUp();
    return (await build(env)) || run('node', ['bench/run.mts', ...args], env);
  },

  build: async () => build(setUpTools()),

  /** docs/api.md, from the docstrings. */
  api: async () => run('node', ['scripts/api.mjs'], setUpTools()),

  format: async (args) => run('biome', ['check', '--write', ...args], setUpTools()),
};

/** Says so, and is content, where there is no engine. */
const soak = (args, env) => run('node', ['--expose-gc', 'scripts/soak.mjs', ...args], env);

async function build(env) {
  return isBuilt() ? 0 : run('node', ['scripts/build.mjs'], env);
}

const resultsTo = (file) => (file ? ['--json', `--outputFile=${file}`] : []);

const [task, ...args] = process.argv.slice(2);

await orSayWhatIsMissing(async () => {
  process.exitCode = Number(await TASKS[task](args));
});
