import { GenericContainer, Wait } from 'testcontainers';
import { type BareContainer, BareEngine, BENCH_LABEL } from '../bareEngine.mts';
import { everySecond, HTTPD, HTTPD_PATH, httpdPod, podOf, readyPod } from '../pods.mts';
import type { Bench, Order, Row } from '../row.mts';
import { inTurns, median, series, withUnit } from '../samples.mts';

const OVER_BARE_MS = 40;
const SERVE = `require('node:http').createServer((_, answer) => answer.end()).listen(8080, () => console.log('listens'))`;
const NODE: BareContainer = { image: 'node:24-slim', command: ['node', '-e', SERVE] };

/** The time from `runPod` to Ready, for a server that listens immediately and for a slower one. */
export const ready: Bench = {
  name: 'ready',
  measure: async (order) => [await readyHttpd(order), await readyNode(order)],
};

async function readyHttpd({ runs, say }: Order): Promise<Row> {
  const engine = await BareEngine.find();
  const took = await inTurns(
    {
      ours: async () => {
        const from = performance.now();
        const pod = await readyPod(httpdPod);
        const ms = performance.now() - from;
        await pod.remove();
        return ms;
      },
      bare: async () => {
        const from = performance.now();
        const pod = await engine.startPod(HTTPD);
        const ms = performance.now() - from;
        await pod.remove();
        return ms;
      },
      testcontainers: () => withTestcontainers(HTTPD, HTTPD_PATH),
    },
    runs,
    say,
  );
  const overMs = median(took.ours) - median(took.bare);
  const ratio = median(took.ours) / median(took.testcontainers);
  const bareRatio = median(took.bare) / median(took.testcontainers);
  return {
    figure: '`runPod` of one container to Ready (httpGet each second, busybox httpd)',
    ours: series('jest-kubelet', 'ms', took.ours),
    against: [
      series('engine alone: sandbox and container', 'ms', took.bare),
      series('testcontainers, one container, Wait.forHttp', 'ms', took.testcontainers),
    ],
    goal: `≤ engine alone + ${OVER_BARE_MS}ms`,
    reached: overMs <= OVER_BARE_MS,
    score: `engine alone + ${withUnit(overMs, 'ms')}, ${withUnit(ratio, '×')} testcontainers`,
    limit: `the engine alone, which takes ${withUnit(bareRatio, '×')} testcontainers, because a pod is two containers`,
  };
}

async function readyNode({ runs, say }: Order): Promise<Row> {
  const manifest = podOf({ image: NODE.image, command: NODE.command, readinessProbe: everySecond });
  const listened: number[] = [];
  const judged: number[] = [];
  const took = await inTurns(
    {
      ours: async () => {
        const from = performance.now();
        const pod = await readyPod(manifest);
        const ms = performance.now() - from;
        const startedAt = pod.timeline.of('ContainerStarted')[0]?.at ?? 0;
        const success = pod.timeline.of('ProbeFinished').find(({ result }) => result === 'Success');
        judged.push((success?.at ?? 0) - startedAt);
        listened.push((pod.timeline.output.of('web')[0]?.at ?? 0) - startedAt);
        await pod.remove();
        return ms;
      },
      testcontainers: () => withTestcontainers(NODE, '/'),
    },
    runs,
    say,
  );
  const [listens, probed] = [listened, judged].map((each) => withUnit(median(each), 'ms'));
  return {
    figure: '`runPod` of a Node server to Ready (httpGet each second)',
    ours: series('jest-kubelet', 'ms', took.ours),
    against: [series('testcontainers, one container, Wait.forHttp', 'ms', took.testcontainers)],
    score: `it reports that it listens ${listens} after the engine reports its start. The successful probe ends ${probed} after that start`,
    limit:
      'the kubelet probes at the start and then once per period, so a server that listens later waits for the next tick',
  };
}

async function withTestcontainers({ image, command }: BareContainer, path: string): Promise<number> {
  const from = performance.now();
  const container = await new GenericContainer(image)
    .withCommand([...command])
    .withExposedPorts(8080)
    .withLabels(BENCH_LABEL)
    .withWaitStrategy(Wait.forHttp(path, 8080))
    .start();
  const ms = performance.now() - from;
  await container.stop();
  return ms;
}
