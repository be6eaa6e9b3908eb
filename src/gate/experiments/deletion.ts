import { endedInGrace } from '../../judgements/endedInGrace';
import { type SignalTrouble, troubleText, whyStillThere } from '../../timeline/signalTrouble';
import { stopsOf } from '../../timeline/stop';
import type { Actor } from '../model/actor';
import { clientsOf } from '../model/clients';
import { assumed, pathOf, type Subject, unreachable } from '../model/subject';
import type { Evidence, TargetResult } from '../model/targetResult';
import { patchDrain } from '../patches/drain';
import { patchGrace } from '../patches/grace';
import { deleteAsked } from '../runner/deleteAsked';
import type { Stage } from '../runner/session';
import { whyDropped } from './dropCause';
import { hooksRun } from './hooksRun';
import { answered } from './toTargetResult';

/** Deletes a pod while clients go on asking it: what becomes of its hooks, its containers and the requests. */
export async function deletion(stage: Stage, actor: Actor): Promise<void> {
  stage.tell('the pod to end');
  const deletedAt = actor.timeline.now;
  const asked = await deleteAsked(stage, actor);
  const { timeline, pod } = actor;
  for (const hook of hooksRun(stage.subject, actor)) stage.answer(hook);
  const ended = stage.answer(
    answered(
      {
        check: 'terminates-in-grace',
        field: 'spec.terminationGracePeriodSeconds',
        passed: (took) => `deleted, the pod is gone after ${took}, without SIGKILL`,
        failed: (failure) => `deleted, the pod does not end by itself: ${whyNotEnded(failure)}`,
        from: deletedAt,
      },
      { judgement: endedInGrace(timeline), timeline, pod },
    ),
  );
  const unreached = unreachable(stage.subject, 'drains');
  if (unreached) stage.answer(unreached);
  const drained = asked && stage.answer(drains(stage.subject, asked));
  await stage.mend(ended, () => patchGrace(stage, { judgement: endedInGrace(timeline), timeline, pod }));
  const { container } = drained ?? {};
  if (drained && container !== undefined) await stage.mend(drained, () => patchDrain(stage, container));
}

/** What was still there, and what of its processes kept it from ending. */
function whyNotEnded(record: Evidence): string {
  const { timeline, judgement } = record;
  const { received } = judgement;
  const why = [received, judgement.why].filter(Boolean).join(': ');
  const seen = stopsOf(timeline).find(({ killed }) => killed !== undefined)?.seen;
  const trouble: SignalTrouble | undefined = seen && whyStillThere(seen);
  return trouble && !why.includes(trouble.wrong) ? `${why}; ${troubleText(trouble)}` : why;
}

function drains(subject: Subject, record: Evidence): TargetResult {
  const { judgement, timeline } = record;
  const asked = timeline.of('RequestFinished').length;
  if (judgement.outcome !== 'violated') {
    const sentence = `deleted, the pod drops none of ${asked} requests${assumed(subject)}`;
    return { check: 'drains', outcome: 'passed', sentence };
  }
  const container = whoDrops(subject, record);
  const why = whyDropped(timeline, container);
  return {
    check: 'drains',
    outcome: 'failed',
    container,
    sentence: `deleted, the pod drops requests: ${[judgement.received, ...why].join('; ')}`,
    record,
    field: `${pathOf(subject, container)}.lifecycle`,
  };
}

/** Of several that are asked for that path, the one that was gone first. */
function whoDrops(subject: Subject, { judgement: { event }, timeline }: Evidence): string {
  const clients = clientsOf(subject);
  const path = event?.kind === 'RequestFinished' ? event.path : undefined;
  const asked = clients.filter((client) => client.path === path);
  const names = (asked.length > 0 ? asked : clients).map(({ container }) => container);
  return timeline.of('ContainerExited').find(({ container }) => names.includes(container))?.container ?? names[0] ?? '';
}
