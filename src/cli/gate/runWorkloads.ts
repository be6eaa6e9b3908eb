import type { Times } from '../../gate/gateResult';
import type { Progress } from '../../gate/runner/runExperiments';
import { PodTime } from '../../gate/runner/session/podTime';
import { removePods } from '../../pod/shared/registry';
import type { Console } from '../console';
import type { ChosenWorkload } from '../workloads';
import { LiveProgress, plainProgress, trackPodTime } from './progress';
import type { GateRequest } from './request';
import { runUntilInterrupted } from './runUntilInterrupted';

/** Progress, deadline and notes for one workload. */
export interface GateIO {
  readonly progress: Progress;
  readonly deadline: AbortSignal;
  readonly onNote: (note: string) => void;
}

export interface WorkloadRuns<Outcome> {
  readonly outcomes: readonly Outcome[];
  readonly times: Times;
}

/**
 * Runs one workload after the other, reports progress and measures time. Calls `prepare` for all of them first, so that
 * invalid input is rejected before any container starts.
 *
 * @throws Interrupted on Ctrl-C.
 */
export async function runWorkloads<Outcome>(
  { withinMs }: GateRequest,
  chosen: readonly ChosenWorkload[],
  console: Console,
  prepare: (one: ChosenWorkload, io: GateIO) => () => Promise<Outcome>,
): Promise<WorkloadRuns<Outcome>> {
  const elapsedMs = () => performance.now();
  const time = new PodTime();
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), withinMs);
  const screen = await console.screen?.();
  const live = screen && new LiveProgress(screen, elapsedMs);
  let isOver = false;
  const progress = live ?? plainProgress((line) => isOver || console.err(line), elapsedMs);
  try {
    const runs = chosen.map((one) =>
      prepare(one, {
        progress: trackPodTime(progress, time, chosen.length > 1 ? `${one.name}: ` : ''),
        deadline: deadline.signal,
        onNote: (note) => console.err(`note: ${note}`),
      }),
    );
    const outcomes: Outcome[] = [];
    await runUntilInterrupted(console, async () => {
      for (const run of runs) outcomes.push(await run());
    });
    const totalMs = Math.round(elapsedMs());
    const podsMs = Math.round(time.ms);
    return { outcomes, times: { totalMs, podsMs, ownMs: totalMs - podsMs } };
  } finally {
    isOver = true;
    clearTimeout(timer);
    live?.close();
    removePods('file');
  }
}
