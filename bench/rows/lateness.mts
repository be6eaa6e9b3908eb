import { told } from '../processes.mts';
import type { Bench, Order, Row } from '../row.mts';
import { quantile, series, withUnit } from '../samples.mts';

const PODS = 20;
const EXEC_PODS = 5;
const WINDOW_S = 12;
const EXEC_WINDOW_S = 3;
const GOAL_MS = 10;

interface Lateness {
  /** The lateness of each probe run, by the window in which it was due. */
  readonly windows: readonly (readonly number[])[];
  readonly lost: number;
}

/**
 * The delay of probes while the process of the test keeps a processor busy. A run is a window in the life of the pods.
 */
export const lateness: Bench = {
  name: 'lateness',
  measure: async (order) => [await httpGet(order), await exec(order)],
};

async function httpGet({ runs, say }: Order): Promise<Row> {
  const late = await measureLateness('httpGet', PODS, runs, WINDOW_S, say);
  const overall = quantile(late.windows.flat(), 0.99);
  return {
    figure: `p99 lateness of ${3 * PODS} httpGet probes per second (${PODS} pods, ${runs * WINDOW_S}s, busy test process)`,
    ours: series('jest-kubelet', 'ms', p99Of(late)),
    against: [series('the schedule', 'ms', [0])],
    goal: `p99 ≤ ${GOAL_MS}ms, none lost`,
    reached: overall <= GOAL_MS && late.lost === 0,
    score: toldOf(late),
    limit:
      'pods that start together have liveness probes due together, and one process sends them on one processor less',
  };
}

async function exec({ runs, say }: Order): Promise<Row> {
  const late = await measureLateness('exec', EXEC_PODS, runs, EXEC_WINDOW_S, say);
  return {
    figure: `the same for ${EXEC_PODS} exec probes per second (${runs * EXEC_WINDOW_S}s)`,
    ours: series('jest-kubelet', 'ms', p99Of(late)),
    against: [series('the schedule', 'ms', [0])],
    score: toldOf(late),
    limit: 'the engine starts a process for each probe. If one takes longer than a period, the next is late or skipped',
  };
}

async function measureLateness(
  kind: string,
  pods: number,
  runs: number,
  windowS: number,
  say: Order['say'],
): Promise<Lateness> {
  const lateness = await told<Lateness>('lateness', [kind, ...[pods, runs, windowS].map(String)]);
  say(`${kind} ${toldOf(lateness)}`);
  return lateness;
}

function toldOf({ windows, lost }: Lateness): string {
  const all = windows.flat();
  const [p50, p99, most] = [0.5, 0.99, 1].map((share) => withUnit(quantile(all, share), 'ms'));
  return `${all.length} runs: p50 ${p50}, p99 ${p99}, maximum ${most}, ${lost} lost`;
}

function p99Of({ windows }: Lateness): readonly number[] {
  return windows.map((late) => quantile(late, 0.99));
}
