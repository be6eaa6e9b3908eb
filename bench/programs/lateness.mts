import type { LivePod } from 'jest-kubelet';
import { everySecond, HTTPD, podOf, readyPod } from '../pods.mts';

// Prints how late each probe run of so many pods began, by its own worker's schedule, while this process had no time for
// anything else; and how many runs there were fewer than the schedule has.

const PERIOD_MS = 1_000;
/** A processor is kept busy that long at a time; in between, what has come is taken. */
const BUSY_MS = 900;

const [, , kind, ...numbers] = process.argv;
const [count = 0, stretches = 0, stretchSeconds = 0] = numbers.map(Number);
const totalMs = stretches * stretchSeconds * 1_000;
const exec = { exec: { command: ['true'] }, periodSeconds: 1, timeoutSeconds: 5 };
const web = { name: 'web', ...HTTPD };
const beside = { name: 'beside', image: HTTPD.image, command: ['sleep', '3600'] };
const manifest =
  kind === 'exec'
    ? podOf({ ...web, readinessProbe: exec })
    : podOf(
        {},
        {
          containers: [
            { ...web, readinessProbe: everySecond, livenessProbe: everySecond },
            { ...beside, livenessProbe: everySecond },
          ],
        },
      );

const pods = await Promise.all(Array.from({ length: count }, () => readyPod(manifest)));
const begin = performance.now();
// Times are those of each pod's clock.
const begins = pods.map(({ timeline }) => timeline.now + PERIOD_MS);
while (performance.now() < begin + 2 * PERIOD_MS + totalMs) {
  keepBusy();
  await new Promise((resolve) => setImmediate(resolve));
}
await new Promise((resolve) => setTimeout(resolve, PERIOD_MS));
const windows = Array.from({ length: stretches }, (): number[] => []);
let lost = 0;
for (const [index, pod] of pods.entries()) {
  const from = begins[index] ?? 0;
  for (const [worker, starts] of startsByWorker(pod)) {
    const due = starts.filter((at) => at >= from && at < from + totalMs);
    const ticksFrom = worker.endsWith('liveness') ? lookedAtFirst(pod) : earliestOf(due);
    for (const at of due) {
      const window = Math.floor((at - from) / (stretchSeconds * 1_000));
      windows[window]?.push((at - ticksFrom) % PERIOD_MS);
    }
    lost += lostOf(due);
  }
}
await Promise.all(pods.map((pod) => pod.remove()));
console.log(JSON.stringify({ windows, lost }));

function keepBusy(): void {
  for (const end = performance.now() + BUSY_MS; performance.now() < end; );
}

/** Returns when the runs of each probe began, by the clock of the pod. */
function startsByWorker({ timeline }: LivePod): ReadonlyMap<string, readonly number[]> {
  const workers = new Map<string, number[]>();
  for (const { container, probe, at, tookMs } of timeline.of('ProbeFinished')) {
    const worker = `${container} ${probe}`;
    workers.set(worker, [...(workers.get(worker) ?? []), at - tookMs]);
  }
  return workers;
}

/** Returns when the kubelet first saw the pod and created its workers. The status before that comes from the API. */
function lookedAtFirst({ timeline }: LivePod): number {
  return timeline.of('StatusPublished')[1]?.at ?? 0;
}

/**
 * Returns the earliest start within a period that was not late. A readiness worker restarts its periods after an extra
 * probe.
 */
function earliestOf(starts: readonly number[]): number {
  const first = starts[0] ?? 0;
  return first + Math.min(...starts.map((at) => at - first - turnOf(at, starts) * PERIOD_MS));
}

/** Runs that are missing between others, and at the ends; there one may fall just outside. */
function lostOf(starts: readonly number[]): number {
  const span = turnOf(starts.at(-1) ?? 0, starts) + 1;
  return span - starts.length + Math.max(0, Math.floor(totalMs / PERIOD_MS) - 1 - span);
}

function turnOf(at: number, [first = at]: readonly number[]): number {
  return Math.round((at - first) / PERIOD_MS);
}
