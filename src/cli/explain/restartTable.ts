import { alignTabs } from '../../report/kubectl/alignTabs';
import { formatDuration } from '../../wording/durations';
import type { RestartSchedule, ScheduledRestart } from './schedule';

const GAP = 3;

/** Returns the loops side by side, with a row for each restart. */
export function restartTable(
  loops: readonly { readonly title: string; readonly schedule: RestartSchedule }[],
): readonly string[] {
  const rows = Math.max(0, ...loops.map(({ schedule }) => schedule.restarts.length));
  if (rows === 0) return [];
  const header = ['RESTART', ...loops.flatMap(({ title }) => [`${title} WAITS`, 'STARTS AT'])].join('\t');
  const lines = Array.from({ length: rows }, (_, index) =>
    [`${index + 1}`, ...loops.flatMap(({ schedule }) => formatCells(schedule.restarts[index]))].join('\t'),
  );
  return alignTabs([header, ...lines], GAP).map((line) => line.trimEnd());
}

function formatCells(restart: ScheduledRestart | undefined): readonly [string, string] {
  return restart ? [`${restart.waitMs / 1000}s`, formatDuration(restart.atMs)] : ['-', '-'];
}
