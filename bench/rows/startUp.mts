import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { httpdPod } from '../pods.mts';
import { runWatched } from '../processes.mts';
import { Project, usersEnvironment } from '../project.mts';
import type { Bench } from '../row.mts';
import { inTurns, median, series, withUnit } from '../samples.mts';

const IMPORT_MS = 60;
const AGENT_MS = 400;
const FILES = 10;
const JEST = 'node_modules/jest/bin/jest.js';

const EMPTY = `test('passes', () => {});\n`;
// The modules that setupFilesAfterEnv and a spec load.
const USING = `
const from = performance.now();
require('jest-kubelet/register');
require('node:fs').appendFileSync('import.ms', performance.now() - from + ' ');
require('jest-kubelet');
${EMPTY}`;
const AGENT = `
const { runPod } = require('jest-kubelet');
const from = performance.now();
runPod(${JSON.stringify(httpdPod)}).then(async (pod) => {
  console.log(performance.now() - from);
  await pod.remove();
});
`;

/** The time before a pod starts, in a project that has the package installed. */
export const startUp: Bench = {
  name: 'start-up',
  async measure({ runs, say }) {
    using project = new Project({ 'package.json': '{}', 'agent.cjs': AGENT });
    for (let file = 0; file < FILES; file += 1) {
      project.write(`empty/${file}.spec.js`, EMPTY);
      project.write(`using/${file}.spec.js`, USING);
    }
    const imports: number[] = [];
    const took = await inTurns(
      {
        using: async () => {
          const ms = await jest(project, 'using');
          const [first] = readFileSync(path.join(project.folder, 'import.ms'), 'utf8').split(' ');
          rmSync(path.join(project.folder, 'import.ms'));
          imports.push(Number(first));
          return ms;
        },
        empty: () => jest(project, 'empty'),
        agent: async () => {
          const { output } = await run(project, ['agent.cjs']);
          return Number(output.trim().split('\n').at(-1));
        },
      },
      runs,
      say,
    );
    const imported = imports.slice(1);
    const overhead = took.using.map((ms, index) => ms - (took.empty[index] ?? 0));
    return [
      {
        figure: 'first import of `jest-kubelet/register`, in Jest',
        ours: series('jest-kubelet', 'ms', imported),
        against: [],
        goal: `≤ ${IMPORT_MS}ms`,
        reached: median(imported) <= IMPORT_MS,
        limit: 'Jest reads, wraps and compiles each module again in every test file',
      },
      {
        figure: 'agent ready: the first `runPod` of a process, until it resolves',
        ours: series('jest-kubelet', 'ms', took.agent),
        against: [],
        goal: `≤ ${AGENT_MS}ms`,
        reached: median(took.agent) <= AGENT_MS,
        limit: 'a Node process starts, loads testcontainers, and finds the engine',
      },
      {
        figure: `a spec file that imports \`register\` and \`runPod\`, minus an empty one (${FILES} files in one process)`,
        ours: series('jest-kubelet', 'ms', overhead),
        against: [series('an empty spec file', 'ms', took.empty)],
        score: `an empty one + ${withUnit(median(overhead), 'ms')}`,
        limit: 'each test file has its own modules',
      },
    ];
  },
};

/** Returns how long Jest takes for a spec file, except for the first one. */
async function jest(project: Project, folder: string): Promise<number> {
  await run(project, [
    JEST,
    '--runInBand',
    '--json',
    '--outputFile=results.json',
    `--rootDir=${project.folder}`,
    `${folder}/`,
  ]);
  const results = JSON.parse(readFileSync(path.join(project.folder, 'results.json'), 'utf8')) as {
    readonly success: boolean;
    readonly testResults: readonly { readonly startTime: number; readonly endTime: number }[];
  };
  if (!results.success) throw new Error(`the specs of ${folder} failed`);
  const inOrder = results.testResults.toSorted((a, b) => a.startTime - b.startTime);
  return median(inOrder.slice(1).map(({ startTime, endTime }) => endTime - startTime));
}

async function run({ folder }: Project, argv: readonly string[]) {
  const ended = await runWatched(argv, { cwd: folder, env: usersEnvironment() });
  if (ended.exitCode !== 0) throw new Error(`${argv.join(' ')} exited with ${ended.exitCode}:\n${ended.output}`);
  return ended;
}
