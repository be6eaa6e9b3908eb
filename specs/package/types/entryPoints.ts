import { type LivePod, runPod, type SimulatedPod, simulatePod } from 'jest-kubelet';
import * as preset from 'jest-kubelet/jest-preset';
import { toBecomeReady } from 'jest-kubelet/matchers';
import type { PodRecord, ReporterOptions, RunReport } from 'jest-kubelet/reporter';

/** Uses the exports of each entry point besides the matchers. The compiler checks it, and it never runs. */
export async function entryPoints(report: RunReport): Promise<readonly PodRecord[]> {
  const pod = await runPod('k8s/web.yaml', { images: { web: 'web:dev' } });
  await pod.delete({ gracePeriodSeconds: 1 });
  simulatePod({ kind: 'Pod' }).advance('1m');
  // @ts-expect-error an image has a name
  await runPod('k8s/web.yaml', { images: { web: 1 } });

  const setup: readonly string[] = preset.setupFilesAfterEnv;
  const timeout: number = preset.testTimeout;
  const options: ReporterOptions = { outputFile: `${setup[0]}${timeout}.json` };
  // @ts-expect-error the report has one form
  const { pages } = options;

  const ready: (...args: never[]) => unknown = toBecomeReady;
  // @ts-expect-error a later version is another type
  const later: 2 = report.version;
  return [ready, pages, later].length > 0 ? report.pods : [];
}

type Same<A, B> = [A, B] extends [B, A] ? true : never;
type Readable = 'pod' | 'timeline' | 'status' | 'events' | 'ended' | 'broken';
type Acted = 'container' | 'requests' | 'note' | 'delete';
type OnEngine = 'service' | 'disconnect' | 'reconnect' | 'remove' | typeof Symbol.asyncDispose;

/** The exact members of the handles. */
export const timeline: Extract<keyof LivePod['timeline'], 'append' | 'write' | 'advance'> extends never ? true : never =
  true;
export const output: Extract<keyof LivePod['timeline']['output'], 'append'> extends never ? true : never = true;
export const live: Same<keyof LivePod, Readable | Acted | OnEngine> = true;
export const simulated: Same<keyof SimulatedPod, Readable | Acted | 'advance'> = true;
