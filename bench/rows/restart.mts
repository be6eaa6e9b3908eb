import { BareEngine } from '../bareEngine.mts';
import { expect, HTTPD, httpdPod, readyPod } from '../pods.mts';
import type { Bench } from '../row.mts';
import { inTurns, median, series, withUnit } from '../samples.mts';

const RATIO = 1.3;

/**
 * The time from the exit of a container, by the clock of the engine, until the test process knows that the next one has
 * started.
 */
export const restart: Bench = {
  name: 'restart',
  async measure({ runs, say }) {
    const engine = await BareEngine.find();
    const news: number[] = [];
    const took = await inTurns(
      {
        ours: async () => {
          const pod = await readyPod(httpdPod);
          const id = pod.timeline.of('ContainerStarted')[0]?.id ?? '';
          await pod.container('web').kill('SIGKILL');
          await expect(pod).toRestart();
          const ms = Date.now() - (await engine.lifeOf(id)).finishedAt;
          await pod.remove();
          return ms;
        },
        bare: async () => {
          const pod = await engine.startPod(HTTPD);
          const dead = engine.docker.getContainer(pod.container).wait();
          await engine.docker.getContainer(pod.container).kill({ signal: 'SIGKILL' });
          await dead;
          const heardAt = Date.now();
          const from = performance.now();
          const next = await engine.startIn(pod.sandbox, HTTPD);
          const ms = performance.now() - from;
          news.push(heardAt - (await engine.lifeOf(pod.container)).finishedAt);
          await engine.remove([next]);
          await pod.remove();
          return ms;
        },
      },
      runs,
      say,
    );
    const ratio = median(took.ours) / median(took.bare);
    const newsMs = median(news);
    const sinceNews = (median(took.ours) - newsMs) / median(took.bare);
    return [
      {
        figure: 'restart of a container killed with SIGKILL: from its exit to its next start',
        ours: series('jest-kubelet', 'ms', took.ours),
        against: [series('engine alone: create and start', 'ms', took.bare)],
        goal: `≤ ${RATIO}× engine alone`,
        reached: ratio <= RATIO,
        score: `${withUnit(ratio, '×')} engine alone, ${withUnit(sinceNews, '×')} from the engine's report of the exit`,
        limit: `the engine reports an exit ${withUnit(newsMs, 'ms')} after it, which our figure includes`,
      },
    ];
  },
};
