import { historyOf } from '../../../timeline/history/podHistory';
import type { Timeline } from '../../../timeline/timeline';
import { formatSeconds } from '../../../wording/durations';
import type { Flag, Lane } from '../chart';

/** Every signal that a container was sent; none where there was none. */
export function signalLane(timeline: Timeline, container: string): readonly Lane[] {
  const sent = historyOf(timeline).signals.filter((signal) => signal.container === container);
  const flags = sent.map(
    ({ at, signal, graceMs }): Flag => ({
      at,
      look: signal === 'SIGKILL' ? 'bad' : 'warn',
      label: signal,
      tip: graceMs === undefined ? `${signal} was sent` : `${signal} was sent, with ${formatSeconds(graceMs)} to stop`,
    }),
  );
  return flags.length === 0 ? [] : [{ title: 'signals', kind: 'signal', container, bars: [], dots: [], flags }];
}
