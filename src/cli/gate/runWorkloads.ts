import type { Times } from '../../gate/gateResult';
import type { Progress } from '../../gate/runner/runExperiments';
import { PodTime } from '../../gate/runner/session/podTime';
import { removePods } from '../../pod/shared/registry';
import type { Console } from '../console';
import type { Chosen } from '../workloads';
import { LiveProgress, plainProgress, timed } from './progress';
import type { GateRequest } from './request';
import { runUntilInterrupted } from './runUntilInterrupted';

/** What a rehearsal of a workload goes on in. */
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
 * Rehearses one workload after the other, with progress told and time measured. `ready` is asked of all of them first: what
 * is refused is refused before anything is started.
 *
 * @throws Interrupted when somebody ends it.
 */
export async function runWorkloads<Outcome>(
  { withinMs }: GateRequest,
  chosen: readonly Chosen[],
  console: Console,
  ready: (one: Chosen, surroundings: GateIO) => () => Promise<Outcome>,
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
    const plays = chosen.map((one) =>
      ready(one, {
        progress: timed(progress, time, chosen.length > 1 ? `${one.name}: ` : ''),
        deadline: deadline.signal,
        onNote: (note) => console.err(`note: ${note}`),
      }),
    );
    const outcomes: Outcome[] = [];
    await runUntilInterrupted(console, async () => {
      for (const play of plays) outcomes.push(await play());
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
