import { type AppScript, type PodRun, runPod, simulatePod } from 'jest-kubelet';
import { expect, podOf } from '../pods.mts';
import type { Bench } from '../row.mts';
import { inTurns, median, series } from '../samples.mts';

const RESTARTS = 6;
const WAITED_MS = 310_000;
const FASTER = 60;
const MANIFEST = podOf({ image: 'busybox:1.36', command: ['false'] });
const SCRIPT: AppScript = { web: [{ at: '0s', exit: 1 }] };

/**
 * Six restarts of a container that exits immediately. The 310s of back-off take no real time, and the timeline records
 * all of it.
 */
export const crashLoop: Bench = {
  name: 'crash-loop',
  async measure({ runs, say }) {
    const expected = await simulate();
    let same = true;
    const { ours } = await inTurns(
      {
        ours: async () => {
          const from = performance.now();
          const pod = await runPod(MANIFEST);
          await expect(pod).toRestart({ times: RESTARTS, within: '10m' });
          const ms = performance.now() - from;
          same &&= JSON.stringify(reasonsOf(pod)) === JSON.stringify(expected);
          await pod.remove();
          return ms;
        },
      },
      runs,
      say,
    );
    const faster = WAITED_MS / median(ours);
    return [
      {
        figure: `crash loop through ${RESTARTS} restarts (back-off 10 + 20 + 40 + 80 + 160s)`,
        ours: series('jest-kubelet', 'ms', ours),
        against: [series('a kubelet that waits', 'ms', [WAITED_MS])],
        goal: `≥ ${FASTER}× faster, the same events`,
        reached: faster >= FASTER && same,
        score: `${faster.toFixed(0)}× faster, ${same ? 'the same events as simulated' : 'OTHER events than simulated'}`,
        limit: `the engine creates and starts ${RESTARTS + 1} containers and a sandbox`,
      },
    ];
  },
};

async function simulate(): Promise<readonly string[]> {
  const pod = simulatePod(MANIFEST, SCRIPT);
  await expect(pod).toRestart({ times: RESTARTS, within: '10m' });
  return reasonsOf(pod);
}

/**
 * Returns the events up to the last restart that counts. A real run does not pull an image that the engine has, but a
 * simulation does.
 */
function reasonsOf({ timeline }: PodRun): readonly string[] {
  const told = timeline.events.filter(({ source, kind }) => source === 'kubelet' && kind !== 'Pulling');
  const reasons = told.map(({ kind }) => kind);
  let starts = 0;
  return reasons.filter((reason) => {
    if (starts > RESTARTS) return false;
    if (reason === 'Started') starts += 1;
    return true;
  });
}
