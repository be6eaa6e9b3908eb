import { runWatched } from '../processes.mts';
import { ROOT } from '../root.mts';
import type { Bench } from '../row.mts';
import { inTurns, median, series } from '../samples.mts';

const GOAL_MS = 3_000;
const FIGURE = '`npm run conformance`, user and system time';

export const conformance: Bench = {
  name: 'conformance',
  async measure({ runs, say }) {
    if (process.platform !== 'linux')
      return [{ figure: FIGURE, missing: 'measured with /proc, which this machine does not have' }];
    let told = '';
    const { ours } = await inTurns(
      {
        ours: async () => {
          const { exitCode, output, cpuMs } = await runWatched(['scripts/conformance.mjs'], { cwd: ROOT });
          if (exitCode !== 0) throw new Error(`conformance exited with ${exitCode}:\n${output}`);
          told = output.trimEnd().split('\n').at(-1) ?? '';
          return cpuMs ?? Number.NaN;
        },
      },
      runs,
      say,
    );
    return [
      {
        figure: FIGURE,
        ours: series('jest-kubelet', 'ms', ours),
        against: [],
        goal: `≤ ${GOAL_MS / 1_000}s`,
        reached: median(ours) <= GOAL_MS,
        score: told,
        limit: 'some cases use real sockets, and all code is loaded and compiled',
      },
    ];
  },
};
