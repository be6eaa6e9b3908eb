import path from 'node:path';
import { runWatched } from '../processes.mts';
import { ROOT } from '../root.mts';
import type { Bench } from '../row.mts';
import { series, withUnit } from '../samples.mts';

const OURS_MS = 3_000;
const FIGURE = '`jest-kubelet gate` on examples/kubia, all checks';
const CLI = path.join(ROOT, 'dist/cli.mjs');
const PLACE = 'jest-kubelet-example/kubia';
const ORDER = [
  ...['gate', '-f', path.join(ROOT, 'examples/kubia/pod.yaml')],
  ...['--image', `kubia=${PLACE}-service`, '--image', `proxy=${PLACE}-proxy`],
];

/** Runs once, because grace periods and probe periods take more than a minute in real time. */
export const gate: Bench = {
  name: 'gate',
  async measure({ say }) {
    const help = await runWatched([CLI, 'gate', '--help']);
    if (help.exitCode !== 0) return [{ figure: FIGURE, missing: '`jest-kubelet` has no command `gate`' }];
    const { exitCode, output, tookMs, cpuMs } = await runWatched([CLI, ...ORDER]);
    say(`exited with ${exitCode} after ${withUnit(tookMs / 1_000, 's')}`);
    if (exitCode !== 0 && exitCode !== 1) throw new Error(`the gate exited with ${exitCode}:\n${output}`);
    const total = series('total', 's', [tookMs / 1_000]);
    const limit = 'pods run in real time: probe periods, grace periods, restarts';
    if (cpuMs === undefined) return [{ figure: FIGURE, ours: total, against: [], limit }];
    return [
      { figure: FIGURE, ours: total, against: [], score: `exit code ${exitCode}, measured once`, limit },
      {
        figure: 'the share of jest-kubelet in it: processor time of the gate and its agent',
        ours: series('jest-kubelet', 's', [cpuMs / 1_000]),
        against: [total],
        goal: `≤ ${OURS_MS / 1_000}s`,
        reached: cpuMs <= OURS_MS,
        score: `${((100 * cpuMs) / tookMs).toFixed(1)} % of the total`,
        limit: 'two Node processes start, and each pod has one or two probes per second',
      },
    ];
  },
};
