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

/** The time until this number of pods is Ready in parallel, each in its own sandbox. Each sample uses new processes. */
export const together: Bench = {
  name: 'together',
  async measure({ runs, say }) {
    const engine = await BareEngine.find();
    const measured = new Map(COUNTS.map((count) => [count, { ours: [] as Together[], bare: [] as number[] }]));
    const subjects = [...measured].flatMap(([count, { ours, bare }]) => [
      [
        `${count} of ours`,
        async () => {
          const sample = await told<Together>('together', [String(count)]);
          ours.push(sample);
          return sample.tookMs;
        },
      ],
      [
        `${count} bare`,
        async () => {
          const ms = await startBare(engine, count);
          bare.push(ms);
          return ms;
        },
      ],
    ]);
    await inTurns(Object.fromEntries(subjects), runs, say, { isWarm: true });
    const most = COUNTS.at(-1) ?? 1;
    const alone = measured.get(1);
    const all = measured.get(most);
    if (!alone || !all) return [];
    const memory = all.ours.map(({ memoryMB }) => memoryMB / most);
    return [
      ...[...measured].map(([count, { ours, bare }]) => wall(count, ours, bare, alone)),
      {
        figure: `memory of jest-kubelet per pod, with ${most} in parallel`,
        ours: series('test process and agent', 'MB', memory),
        against: [],
        goal: `≤ ${MEMORY_MB} MB`,
        reached: median(memory) <= MEMORY_MB,
        limit: 'resident memory, which includes garbage that is not yet collected',
      },
      {
        figure: `processor time of jest-kubelet per pod until Ready, with ${most} in parallel`,
        ours: series(
          'test process and agent',
          'ms',
          all.ours.map(({ cpuMs }) => cpuMs / most),
        ),
        against: [],
        limit: 'seven requests to the engine, their responses, and a message for each result',
      },
    ];
  },
};

async function startBare(engine: BareEngine, count: number): Promise<number> {
  const from = performance.now();
  const pods = await Promise.all(Array.from({ length: count }, () => engine.startPod(HTTPD)));
  const ms = performance.now() - from;
  await Promise.all(pods.map((pod) => pod.remove()));
  return ms;
}

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
    figure: isOne ? '1 pod, until Ready' : `${count} pods in parallel, until all are Ready`,
    ours: series('jest-kubelet', 'ms', took),
    against: [series('engine alone', 'ms', bare)],
    ...(!isOne && { goal: 'grows no faster than the engine alone', reached: grown <= engineGrown }),
    score: isOne
      ? `${withUnit(median(took) / median(bare), '×')} engine alone`
      : `${withUnit(grown, '×')} one pod, the engine alone ${withUnit(engineGrown, '×')}`,
    limit: 'the engine starts two containers per pod on the same processors',
  };
}
