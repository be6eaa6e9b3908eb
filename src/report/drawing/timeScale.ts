import type { Instant } from '../../clock/instant';
import type { Event } from '../../timeline/event';
import type { Timeline } from '../../timeline/timeline';

/** Width of a cut. */
const CUT_COLUMNS = 2;
/** Minimum length of a cut. */
const CUT_MIN_MS = 30_000;
const CUT_MIN_SHARE = 0.15;
/** Minimum distance between the labels of the axis. */
const LABEL_COLUMNS = 8;
const STEPS_MS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600].map((seconds) => seconds * 1000);

interface TimeStretch {
  readonly from: Instant;
  readonly to: Instant;
}

/** Linear time scale of a timeline that shortens long stretches without events. */
export class TimeScale {
  readonly columns: number;
  readonly #end: Instant;
  readonly #cuts: readonly TimeStretch[];
  readonly #msPerColumn: number;

  constructor(timeline: Timeline, columns: number) {
    this.columns = columns;
    this.#end = timeline.now;
    this.#cuts = findQuietStretches(timeline);
    const shown = this.#end - this.#cuts.reduce((sum, { from, to }) => sum + to - from, 0);
    this.#msPerColumn = Math.max(1, shown) / Math.max(1, columns - 1 - this.#cuts.length * CUT_COLUMNS);
  }

  columnAt(at: Instant): number {
    let columns = 0;
    let shown: number = at;
    for (const { from, to } of this.#cuts) {
      if (at <= from) break;
      shown -= Math.min(at, to) - from;
      columns += at < to ? CUT_COLUMNS / 2 : CUT_COLUMNS;
    }
    return Math.min(this.columns - 1, Math.floor(shown / this.#msPerColumn + columns));
  }

  /** First column and width of each cut. */
  get cuts(): readonly { readonly column: number; readonly width: number }[] {
    return this.#cuts.map(({ from }) => ({ column: this.columnAt(from) + 1, width: CUT_COLUMNS }));
  }

  /** Returns the axis with its labels, and `//` for each cut: `0s        10s  //  2m`. */
  axis(): string {
    const line = new Array<string>(this.columns).fill(' ');
    const write = (column: number, text: string) => {
      const free = line.slice(Math.max(0, column - 1), column + text.length + 1).every((one) => one === ' ');
      if (free && column + text.length <= this.columns) line.splice(column, text.length, ...text);
    };
    for (const { column, width } of this.cuts) write(column, '/'.repeat(width));
    const step = STEPS_MS.find((ms) => ms / this.#msPerColumn >= LABEL_COLUMNS) ?? 86_400_000;
    for (const { to } of this.#cuts) {
      const next = Math.ceil(to / step) * step;
      if (next <= this.#end) write(this.columnAt(next as Instant), label(next));
    }
    for (let at = 0; at <= this.#end; at += step) {
      if (!this.#isCut(at)) write(this.columnAt(at as Instant), label(at));
    }
    return line.join('');
  }

  #isCut(at: number): boolean {
    return this.#cuts.some(({ from, to }) => from < at && at < to);
  }
}

function label(ms: number): string {
  const [hours, minutes, seconds] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, (ms / 1000) % 60];
  return [hours && `${hours}h`, minutes && `${minutes}m`, seconds && `${seconds}s`].filter(Boolean).join('') || '0s';
}

/** Finds the stretches without a drawn event that are too long to draw. Without cuts, the rest would be too small. */
export function findQuietStretches(timeline: Timeline): readonly TimeStretch[] {
  const marks = [0, ...timeline.events.filter(isDrawn).map(({ at }) => at), timeline.now] as Instant[];
  const least = Math.max(CUT_MIN_MS, timeline.now * CUT_MIN_SHARE);
  return marks.flatMap((to, index) => {
    const from = marks[index - 1] ?? to;
    return to - from >= least ? [{ from, to }] : [];
  });
}

/** Events that the lanes do not draw. */
const NOT_DRAWN: readonly Event['kind'][] = ['BackOff', 'StatusPublished', 'TimeSkipped', 'Pulled', 'Created'];

function isDrawn({ kind }: Event): boolean {
  return !NOT_DRAWN.includes(kind);
}
