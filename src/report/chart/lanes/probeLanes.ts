import { type EventOf, isA, type ProbeResult, type ProbeType } from '../../../timeline/event';
import { historyOf } from '../../../timeline/history/podHistory';
import type { Timeline } from '../../../timeline/timeline';
import type { Dot, DotLook, Flag, Lane } from '../chart';
import type { Tips } from './tips';

const PROBES: readonly ProbeType[] = ['startup', 'liveness', 'readiness'];
const LOOKS: Readonly<Record<ProbeResult, DotLook>> = { Success: 'ok', Warning: 'ok', Failure: 'bad', Errored: 'odd' };

/** A dot for each run of a probe; a word where it has failed for good. */
export function probeLanes(timeline: Timeline, container: string, tips: Tips): readonly Lane[] {
  const answers = historyOf(timeline).attempts.filter((answer) => answer.container === container);
  return PROBES.flatMap((probe): readonly Lane[] => {
    const runs = answers.filter((answer) => answer.probe === probe);
    if (runs.length === 0) return [];
    const dots = runs.map((run): Dot => [run.at, lookOf(run), tips.placeOf(textOf(run)), run.tookMs]);
    return [{ title: probe, kind: 'probe', container, bars: [], dots, flags: runs.flatMap(flagOf) }];
  });
}

/** As long as a startup probe may fail, its failures are no news. */
function lookOf({ probe, result, run, threshold }: EventOf<'ProbeFinished'>): DotLook {
  return probe === 'startup' && result === 'Failure' && run < threshold ? 'wait' : LOOKS[result];
}

function textOf({ result, run, threshold, output }: EventOf<'ProbeFinished'>): string {
  const said = output === '' ? '' : `: ${output}`;
  if (result === 'Failure') return `failed, ${run} of ${threshold}${said}`;
  if (result === 'Errored') return `could not be carried out, which counts for nothing${said}`;
  return `passed${said}`;
}

function flagOf(run: EventOf<'ProbeFinished'>): readonly Flag[] {
  if (!isA('ProbeFinished', run) || run.result !== 'Failure' || run.run !== run.threshold) return [];
  const label = run.threshold === 1 ? 'failed' : `failed ${run.threshold}×`;
  return [{ at: run.at, look: 'bad', label, tip: textOf(run) }];
}
