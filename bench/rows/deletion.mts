import { podOf, readyPod } from '../pods.mts';
import type { Bench, Row } from '../row.mts';
import { inTurns, median, series, withUnit } from '../samples.mts';

const HOOK_MS = 2_000;
const GOAL_MS = 2_300;
/** Exits immediately on SIGTERM. */
const HEEDS = ['sh', '-c', 'trap "exit 0" TERM; httpd -f -p 8080 -h /etc & wait'];
const READY = { httpGet: { path: '/hostname', port: 8080 }, periodSeconds: 1 };

/** The time of `pod.delete()` with a preStop hook of 2s. */
export const deletion: Bench = {
  name: 'deletion',
  async measure({ runs, say }) {
    const took = await inTurns(
      {
        exec: () => measureDeletion({ exec: { command: ['sleep', '2'] } }),
        sleep: () => measureDeletion({ sleep: { seconds: 2 } }),
      },
      runs,
      say,
    );
    return [
      row('exec', took.exec, 'an exec, a signal, and the exit of two containers'),
      row('sleep', took.sleep, 'a signal, and the exit of two containers'),
    ];
  },
};

async function measureDeletion(preStop: object): Promise<number> {
  const pod = await readyPod(
    podOf({ image: 'busybox:1.36', command: HEEDS, readinessProbe: READY, lifecycle: { preStop } }),
  );
  const from = performance.now();
  await pod.delete();
  const ms = performance.now() - from;
  await pod.remove();
  return ms;
}

function row(kind: string, samples: readonly number[], engines: string): Row {
  return {
    figure: `deletion with a preStop sleep of 2s (\`${kind}\`)`,
    ours: series('jest-kubelet', 'ms', samples),
    against: [series('the hook alone', 'ms', [HOOK_MS])],
    goal: `≤ ${GOAL_MS / 1_000}s`,
    reached: median(samples) <= GOAL_MS,
    score: `2s + ${withUnit(median(samples) - HOOK_MS, 'ms')}`,
    limit: `2s, then ${engines}`,
  };
}
