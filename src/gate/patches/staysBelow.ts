import { evaluate } from '../../assertions/evaluate';
import type { Pod } from '../../manifest/model';
import { historyOf } from '../../timeline/history/podHistory';
import { MEMORY_WATCH_MS } from '../../timing/watches';
import type { PodTrial } from '../../wording/gate/progress/trials';
import { clientsOf } from '../model/clients';
import type { MemorySample } from '../model/memory/memorySample';
import { isLongEnough, risingTrend } from '../model/memory/memoryTrend';
import { act } from '../runner/actions';
import type { Session } from '../runner/session/session';

/**
 * Resolves to true if a pod becomes Ready, stays Ready for a minute of requests, and its memory does not rise at the end. If
 * the memory still rises or could not be measured, the limit is not a fix.
 */
export async function staysBelow(
  session: Session,
  pod: Pod,
  { name, trial }: { readonly name: string; readonly trial: PodTrial },
): Promise<boolean> {
  const actor = await session.start(pod, trial);
  try {
    const up = await session.comesUp(actor);
    if (up.result.outcome !== 'passed') return false;
    const clients = clientsOf(session.subject);
    const memory: MemorySample[] = [];
    const target = { session, actor, clients: [], targets: new Map(), looks: [], memory };
    const since = historyOf(actor.timeline).end;
    await act(target, { do: 'chooseTargets', clients });
    await act(target, { do: 'requests', clients });
    await act(target, { do: 'measureMemory' });
    const kept = await session.wait(actor, {
      for: { kind: 'steadyMemory' },
      limit: MEMORY_WATCH_MS,
      evaluate: (timeline) =>
        evaluate({ kind: 'steadyState' }, { timeline, pod: actor.pod, since, actedAt: timeline.now }),
    });
    const own = memory.filter(({ container }) => container === name);
    return kept.result.outcome !== 'failed' && isLongEnough(own) && !risingTrend(own);
  } finally {
    await session.done(actor);
  }
}
