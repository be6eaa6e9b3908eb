import { historyOf } from '../../../timeline/history/podHistory';
import type { Timeline } from '../../../timeline/timeline';
import { formatDuration } from '../../../wording/durations';
import type { Flag, Lane } from '../chart';

/** Returns the lane of the signals that a container received, if there were any. */
export function signalLane(timeline: Timeline, container: string): readonly Lane[] {
  const sent = historyOf(timeline).signals.filter((signal) => signal.container === container);
  const flags = sent.map(
    ({ at, signal, graceMs }): Flag => ({
      at,
      look: signal === 'SIGKILL' ? 'bad' : 'warn',
      label: signal,
      tip: graceMs === undefined ? `${signal} sent` : `${signal} sent, grace period ${formatDuration(graceMs)}`,
    }),
  );
  return flags.length === 0 ? [] : [{ title: 'signals', kind: 'signal', container, bars: [], dots: [], flags }];
}
