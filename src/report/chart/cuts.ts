import { historyOf } from '../../timeline/history/podHistory';
import type { Timeline } from '../../timeline/timeline';
import { quietStretches } from '../drawing/timeScale';
import type { Cut } from './chart';

/** So much of a stretch without events is still drawn at each end. */
const MARGIN_MS = 2_000;
const SKIPPED_LEAST_MS = 1_000;

/** What is left out of the axis: the time that was skipped, and stretches in which nothing happened. */
export function cutsOf(timeline: Timeline): readonly Cut[] {
  const skipped = historyOf(timeline)
    .skips.filter(({ byMs }) => byMs >= SKIPPED_LEAST_MS)
    .map(({ at, byMs }): Cut => ({ from: at, to: at + byMs, skipped: true }));
  const quiet = quietStretches(timeline)
    .map(({ from, to }): Cut => ({ from: from + MARGIN_MS, to: to - MARGIN_MS, skipped: false }))
    .filter((cut) => !skipped.some((other) => other.from < cut.to && cut.from < other.to));
  return [...skipped, ...quiet].sort((a, b) => a.from - b.from);
}
