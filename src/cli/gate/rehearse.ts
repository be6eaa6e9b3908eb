import type { Progress } from '../../gate/gate';
import { PodsTime } from '../../gate/podsTime';
import type { Times } from '../../gate/verdict';
import { removePods } from '../../pod/registry';
import type { Console } from '../console';
import type { Chosen } from '../workloads';
import { unlessInterrupted } from './interrupted';
import { LiveProgress, plainProgress, timed } from './progress';
import type { GateRequest } from './request';

/** What a rehearsal of a workload goes on in. */
export interface Surroundings {
  readonly progress: Progress;
  readonly deadline: AbortSignal;
  readonly onNote: (note: string) => void;
}

export interface Rehearsals<Outcome> {
  readonly outcomes: readonly Outcome[];
  readonly times: Times;
}

/**
 * Rehearses one workload after the other, with progress told and time measured. `ready` is asked of all of them first: what
 * is refused is refused before anything is started.
 *
 * @throws Interrupted when somebody ends it.
 */
export async function rehearse<Outcome>(
  { withinMs }: GateRequest,
  chosen: readonly Chosen[],
  console: Console,
  ready: (one: Chosen, surroundings: Surroundings) => () => Promise<Outcome>,
): Promise<Rehearsals<Outcome>> {
  const elapsedMs = () => performance.now();
  const time = new PodsTime();
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
    await unlessInterrupted(console, async () => {
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
