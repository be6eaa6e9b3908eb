import { BareEngine } from '../bareEngine.mts';
import { HTTPD } from '../pods.mts';
import { told } from '../processes.mts';
import type { Bench, Row } from '../row.mts';
import { inTurns, median, series, withUnit } from '../samples.mts';

const COUNTS = [1, 5, 20];
const MEMORY_MB = 3;

interface Together {
  readonly tookMs: number;
  readonly cpuMs: number;
  readonly memoryMB: number;
}

/** So many pods at once, each in its own sandbox, until all are Ready; each sample in processes of its own. */
export const together: Bench = {
  name: 'together',
  async measure({ runs, say }) {
    const engine = await BareEngine.find();
    const measured = new Map<number, { ours: Together[]; bare: number[] }>();
    for (const count of COUNTS) {
      const ours: Together[] = [];
      const { bare } = await inTurns(
        {
          ours: async () => {
            const sample = await told<Together>('together', [String(count)]);
            ours.push(sample);
            return sample.tookMs;
          },
          bare: async () => {
            const from = performance.now();
            const pods = await Promise.all(Array.from({ length: count }, () => engine.startPod(HTTPD)));
            const ms = performance.now() - from;
            await Promise.all(pods.map((pod) => pod.remove()));
            return ms;
          },
        },
        runs,
        (text) => say(`${count} at once: ${text}`),
      );
      // The first turn does not count.
      measured.set(count, { ours: ours.slice(1), bare });
    }
    const most = COUNTS.at(-1) ?? 1;
    const alone = measured.get(1);
    const all = measured.get(most);
    if (!alone || !all) return [];
    const memory = all.ours.map(({ memoryMB }) => memoryMB / most);
    return [
      ...[...measured].map(([count, { ours, bare }]) => wall(count, ours, bare, alone)),
      {
        figure: `memory of the harness a pod, of ${most} at once`,
        ours: series('test process and agent', 'MB', memory),
        against: [],
        goal: `≤ ${MEMORY_MB} MB`,
        reached: median(memory) <= MEMORY_MB,
        limit: 'resident memory: what the collector has not got to yet counts as well',
      },
      {
        figure: `processor time of the harness a pod, of ${most} at once, until Ready`,
        ours: series(
          'test process and agent',
          'ms',
          all.ours.map(({ cpuMs }) => cpuMs / most),
        ),
        against: [],
        limit: 'about ten requests to the engine, and their answers',
      },
    ];
  },
};

function wall(
  count: number,
  ours: readonly Together[],
  bare: readonly number[],
  alone: { readonly ours: readonly Together[]; readonly bare: readonly number[] },
): Row {
  const took = ours.map(({ tookMs }) => tookMs);
  const grown = median(took) / median(alone.ours.map(({ tookMs }) => tookMs));
  const engineGrown = median(bare) / median(alone.bare);
  const isOne = count === 1;
  return {
    figure: `${count} ${isOne ? 'pod' : 'pods at once'} to all Ready`,
    ours: series('jest-kubelet', 'ms', took),
    against: [series('engine alone', 'ms', bare)],
    ...(!isOne && { goal: 'grows no faster than the engine alone', reached: grown <= engineGrown }),
    score: isOne
      ? `${withUnit(median(took) / median(bare), '×')} engine alone`
      : `${withUnit(grown, '×')} one pod; the engine alone ${withUnit(engineGrown, '×')}`,
    limit: 'the engine starts containers; on this machine it has as many processors as the table says',
  };
}
