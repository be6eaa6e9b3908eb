import { told } from '../processes.mts';
import type { Bench } from '../row.mts';
import { inTurns, median, series } from '../samples.mts';

const GOAL_S = 10;

interface Masked {
  readonly maskedMs: number;
  readonly plainMs: number;
  readonly megabytes: number;
}

/** The CPU time to mask the Secrets of a pod in its output. */
export const masking: Bench = {
  name: 'masking',
  async measure({ runs, say }) {
    const measured: Masked[] = [];
    const { ours } = await inTurns(
      {
        ours: async () => {
          const one = await told<Masked>('mask');
          measured.push(one);
          return one.maskedMs / 1_000;
        },
      },
      runs,
      say,
    );
    const memory = Math.max(...measured.map(({ megabytes }) => megabytes));
    const plain = measured.map(({ plainMs }) => plainMs / 1_000);
    return [
      {
        figure: 'masking 100 MB of log of a pod with a Secret, in processor time',
        ours: series('jest-kubelet', 's', ours),
        against: [series('without a Secret', 's', plain)],
        goal: `≤ ${GOAL_S}s`,
        reached: median(ours) <= GOAL_S,
        score: `at most ${Math.round(memory)} MB of memory`,
        limit: 'one processor, which checks every character',
      },
    ];
  },
};
