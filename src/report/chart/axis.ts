import type { Cut } from './chart';

/** Width of a cut in pixels, at zoom 1. */
const CUT_WIDTH = 22;
const LABEL_WIDTH = 64;
const STEPS_MS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
  1_800_000, 3_600_000, 7_200_000, 21_600_000, 86_400_000,
];

/** Visible part of the axis: the zoom factor `k`, and the shift `x` in pixels. */
export interface AxisView {
  readonly k: number;
  readonly x: number;
}

export const WHOLE: AxisView = { k: 1, x: 0 };

interface AxisPiece {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
  readonly cut: Cut | undefined;
}

/** Linear time axis that shortens its cuts. */
export class Axis {
  readonly width: number;
  readonly #view: AxisView;
  readonly #pieces: readonly AxisPiece[];
  readonly #msPerPixel: number;

  constructor(end: number, cuts: readonly Cut[], width: number, view: AxisView = WHOLE) {
    this.width = width;
    this.#view = view;
    const cutWidth = cuts.length > 0 ? Math.min(CUT_WIDTH, width / 3 / cuts.length) : 0;
    const shownMs = Math.max(1, end - cuts.reduce((sum, { from, to }) => sum + to - from, 0));
    this.#msPerPixel = shownMs / Math.max(1, width - cuts.length * cutWidth);
    this.#pieces = this.#cutUp(Math.max(1, end), cuts, cutWidth);
  }

  #cutUp(end: number, cuts: readonly Cut[], cutWidth: number): readonly AxisPiece[] {
    const pieces: AxisPiece[] = [];
    let from = 0;
    let start = 0;
    const add = (to: number, width: number, cut?: Cut) => {
      if (to <= from) return;
      pieces.push({ from, to, start, end: start + width, cut });
      from = to;
      start += width;
    };
    for (const cut of cuts) {
      add(cut.from, (cut.from - from) / this.#msPerPixel);
      add(cut.to, cutWidth, cut);
    }
    add(end, (end - from) / this.#msPerPixel);
    return pieces;
  }

  /** Returns the pixel of an instant. It is outside of the axis if the instant is not visible. */
  x(at: number): number {
    const piece = this.#pieces.find(({ to }) => at <= to) ?? this.#pieces.at(-1);
    if (!piece) return 0;
    const share = (at - piece.from) / (piece.to - piece.from);
    return (piece.start + share * (piece.end - piece.start)) * this.#view.k + this.#view.x;
  }

  /** Returns the instant at a pixel. */
  at(x: number): number {
    const plain = (x - this.#view.x) / this.#view.k;
    const piece = this.#pieces.find(({ end }) => plain <= end) ?? this.#pieces.at(-1);
    if (!piece) return 0;
    const share = Math.min(1, Math.max(0, (plain - piece.start) / (piece.end - piece.start)));
    return piece.from + share * (piece.to - piece.from);
  }

  /** Labelled instants, with room for their labels. */
  get ticks(): readonly { readonly x: number; readonly label: string }[] {
    const step = STEPS_MS.find((ms) => (ms / this.#msPerPixel) * this.#view.k >= LABEL_WIDTH) ?? 86_400_000;
    const ticks: { x: number; label: string }[] = [];
    for (const { from, to, cut } of this.#pieces) {
      if (cut || this.x(to) < 0 || this.x(from) > this.width) continue;
      const first = Math.ceil(Math.max(from, this.at(0)) / step) * step;
      for (let at = first; at <= Math.min(to, this.at(this.width)); at += step) {
        const x = this.x(at);
        const before = ticks.at(-1);
        if (!before || x - before.x >= LABEL_WIDTH * 0.8) ticks.push({ x, label: formatClock(at) });
      }
    }
    return ticks;
  }

  /** Visible cuts. */
  get cuts(): readonly { readonly x: number; readonly width: number; readonly cut: Cut }[] {
    return this.#pieces.flatMap(({ from, to, cut }) => {
      const x = this.x(from);
      const end = this.x(to);
      return cut && end > 0 && x < this.width ? [{ x, width: end - x, cut }] : [];
    });
  }
}

/** Returns the shortest form of a duration: `1h2m`, `1m5s`, `12.5s`. */
export function formatClock(ms: number): string {
  const rounded = Math.round(ms);
  const hours = Math.floor(rounded / 3_600_000);
  const minutes = Math.floor(rounded / 60_000) % 60;
  const seconds = (rounded % 60_000) / 1000;
  const parts = [hours && `${hours}h`, minutes && `${minutes}m`, seconds && `${seconds}s`];
  return parts.filter(Boolean).join('') || '0s';
}

/** Returns an instant as `+12.3s`, or as `+2m5.1s` from two minutes. */
export function formatInstant(ms: number): string {
  if (ms < 120_000) return `+${(ms / 1000).toFixed(1)}s`;
  const tenths = Math.round(ms / 100);
  const minutes = Math.floor(tenths / 600);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `+${hours > 0 ? `${hours}h` : ''}${rest}m${((tenths % 600) / 10).toFixed(1)}s`;
}
