import type { Instant } from '../../clock/instant';
import type { Event } from '../../timeline/event';
import type { Timeline } from '../../timeline/timeline';

/** How wide a stretch is drawn that is left out. */
const CUT_COLUMNS = 2;
/** Shorter stretches are not worth it. */
const CUT_MIN_MS = 30_000;
const CUT_MIN_SHARE = 0.15;
/** Between the labels of the axis, at least. */
const LABEL_COLUMNS = 8;
const STEPS_MS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600].map((seconds) => seconds * 1000);

interface TimeStretch {
  readonly from: Instant;
  readonly to: Instant;
}

/** Where an instant of a pod's life is drawn: evenly, but for the stretches in which nothing happened. */
export class TimeScale {
  readonly columns: number;
  readonly #end: Instant;
  readonly #cuts: readonly TimeStretch[];
  readonly #msPerColumn: number;

  constructor(timeline: Timeline, columns: number) {
    this.columns = columns;
    this.#end = timeline.now;
    this.#cuts = quietStretches(timeline);
    const shown = this.#end - this.#cuts.reduce((sum, { from, to }) => sum + to - from, 0);
    this.#msPerColumn = Math.max(1, shown) / Math.max(1, columns - 1 - this.#cuts.length * CUT_COLUMNS);
  }

  columnOf(at: Instant): number {
    let columns = 0;
    let shown: number = at;
    for (const { from, to } of this.#cuts) {
      if (at <= from) break;
      shown -= Math.min(at, to) - from;
      columns += at < to ? CUT_COLUMNS / 2 : CUT_COLUMNS;
    }
    return Math.min(this.columns - 1, Math.floor(shown / this.#msPerColumn + columns));
  }

  /** The first column of each stretch that is left out, and how wide it is. */
  get cuts(): readonly { readonly column: number; readonly width: number }[] {
    return this.#cuts.map(({ from }) => ({ column: this.columnOf(from) + 1, width: CUT_COLUMNS }));
  }

  /** `0s        10s       20s`, and `//` where something is left out. */
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
      if (next <= this.#end) write(this.columnOf(next as Instant), label(next));
    }
    for (let at = 0; at <= this.#end; at += step) {
      if (!this.#isCut(at)) write(this.columnOf(at as Instant), label(at));
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

/** What is skipped, or so long without anything to draw that it would press the rest together. */
export function quietStretches(timeline: Timeline): readonly TimeStretch[] {
  const marks = [0, ...timeline.events.filter(isDrawn).map(({ at }) => at), timeline.now] as Instant[];
  const least = Math.max(CUT_MIN_MS, timeline.now * CUT_MIN_SHARE);
  return marks.flatMap((to, index) => {
    const from = marks[index - 1] ?? to;
    return to - from >= least ? [{ from, to }] : [];
  });
}

const CHATTER: readonly Event['kind'][] = ['BackOff', 'StatusPublished', 'TimeSkipped', 'Pulled', 'Created'];

function isDrawn({ kind }: Event): boolean {
  return !CHATTER.includes(kind);
}
