import { told } from '../processes.mts';
import type { Bench } from '../row.mts';
import { inTurns, median, series } from '../samples.mts';

const GOAL = 86_400;
const PROBES_A_DAY = 3 * 86_400;

interface Day {
  readonly cpuMs: number;
  readonly simulatedMs: number;
  readonly probes: number;
}

/** The ratio of simulated time to CPU time. */
export const simulation: Bench = {
  name: 'simulation',
  async measure({ runs, say }) {
    const { ours } = await inTurns(
      {
        ours: async () => {
          const { cpuMs, simulatedMs, probes } = await told<Day>('simulate');
          if (probes < PROBES_A_DAY - 3) throw new Error(`only ${probes} probes in a day`);
          return simulatedMs / cpuMs;
        },
      },
      runs,
      say,
    );
    const days = median(ours) / GOAL;
    return [
      {
        figure: 'speed of a simulated pod with three probes per second, by processor time',
        ours: series('jest-kubelet', '×', ours),
        against: [series('real time', '×', [1])],
        goal: `≥ ${GOAL.toLocaleString('en')}×`,
        reached: median(ours) >= GOAL,
        score: `${days.toFixed(2)} pod-days and ${Math.round(days * PROBES_A_DAY).toLocaleString('en')} probes per second`,
        limit: 'one processor, because each probe is a step of the kubelet and an event',
      },
    ];
  },
};
