import { type EventOf, isA, type ProbeResult, type ProbeType } from '../../../timeline/event';
import { historyOf } from '../../../timeline/history/podHistory';
import type { Timeline } from '../../../timeline/timeline';
import type { Dot, DotLook, Flag, Lane } from '../chart';
import type { Tips } from './tips';

const PROBES: readonly ProbeType[] = ['startup', 'liveness', 'readiness'];
const LOOKS: Readonly<Record<ProbeResult, DotLook>> = { Success: 'ok', Warning: 'ok', Failure: 'bad', Errored: 'odd' };

/** Returns a lane for each probe of a container, with a dot for each run and a flag for each reached threshold. */
export function probeLanes(timeline: Timeline, container: string, tips: Tips): readonly Lane[] {
  const attempts = historyOf(timeline).attempts.filter((attempt) => attempt.container === container);
  return PROBES.flatMap((probe): readonly Lane[] => {
    const runs = attempts.filter((attempt) => attempt.probe === probe);
    if (runs.length === 0) return [];
    const dots = runs.map((run): Dot => [run.at, getLook(run), tips.addText(describeRun(run)), run.tookMs]);
    return [{ title: probe, kind: 'probe', container, bars: [], dots, flags: runs.flatMap(flagThreshold) }];
  });
}

/** Returns the look of a run. A startup probe may fail until the app is up, so failures below its threshold look harmless. */
function getLook({ probe, result, run, threshold }: EventOf<'ProbeFinished'>): DotLook {
  return probe === 'startup' && result === 'Failure' && run < threshold ? 'wait' : LOOKS[result];
}

function describeRun({ result, run, threshold, output }: EventOf<'ProbeFinished'>): string {
  const details = output === '' ? '' : `: ${output}`;
  if (result === 'Failure') return `failure ${run} of ${threshold}${details}`;
  if (result === 'Errored') return `could not run, so the kubelet ignores the result${details}`;
  return `success${details}`;
}

function flagThreshold(run: EventOf<'ProbeFinished'>): readonly Flag[] {
  if (!isA('ProbeFinished', run) || run.result !== 'Failure' || run.run !== run.threshold) return [];
  const label = run.threshold === 1 ? 'failed' : `failed ${run.threshold} times`;
  return [{ at: run.at, look: 'bad', label, tip: describeRun(run) }];
}
