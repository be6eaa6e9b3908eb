/** What is drawn of a pod's life; times are milliseconds on its clock. It holds texts as they are, and no markup. */
export interface Chart {
  /** Names the pod in links; no two of a report have the same. */
  readonly id: string;
  readonly name: string;
  /** How far the clock had come. */
  readonly end: number;
  readonly cuts: readonly Cut[];
  readonly lanes: readonly Lane[];
  /** What is said of dots; many say the same. */
  readonly tips: readonly string[];
  /** The columns of `kubectl get pod`, each from an instant on. */
  readonly rows: readonly StatusRow[];
}

export interface StatusRow {
  readonly at: number;
  readonly ready: string;
  readonly status: string;
  readonly restarts: number;
  readonly lastEndAt?: number;
}

/** A stretch that is left out of the axis. */
export interface Cut {
  readonly from: number;
  readonly to: number;
  /** True where the clock was put forward; else nothing happened. */
  readonly skipped: boolean;
}

export const LANE_KINDS = ['status', 'endpoint', 'state', 'probe', 'hook', 'signal', 'requests', 'act'] as const;
export type LaneKind = (typeof LANE_KINDS)[number];

/** One line of the picture. */
export interface Lane {
  readonly title: string;
  readonly kind: LaneKind;
  /** The container it is about; the pod as a whole where there is none. */
  readonly container?: string;
  readonly bars: readonly Bar[];
  readonly dots: readonly Dot[];
  readonly flags: readonly Flag[];
}

export type Look = 'calm' | 'good' | 'wait' | 'warn' | 'bad' | 'hatched' | 'gone';

/** Something that lasts. */
export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly look: Look;
  /** Written into the bar where there is room. */
  readonly label: string;
  readonly tip: string;
}

/** `wait` is a failure that is expected: what starts is asked whether it has started. */
export type DotLook = 'ok' | 'wait' | 'odd' | 'bad';

/** One of many of the same: `tip` is a place in the picture's tips. */
export type Dot = readonly [at: number, look: DotLook, tip: number, tookMs: number];

/** Something that happens at an instant, and is worth a word. */
export interface Flag {
  readonly at: number;
  readonly look: Look;
  readonly label: string;
  readonly tip: string;
}
