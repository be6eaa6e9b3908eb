/** Chart of one pod. Times are milliseconds on the pod's clock, and texts contain no markup. */
export interface Chart {
  /** ID of the pod in links, unique in a report. */
  readonly id: string;
  readonly name: string;
  /** Last instant of the timeline. */
  readonly end: number;
  readonly cuts: readonly Cut[];
  readonly lanes: readonly Lane[];
  /** Texts of the dots. Many dots share a text. */
  readonly tips: readonly string[];
  /** Rows of `kubectl get pod`, each valid until the next. */
  readonly rows: readonly StatusRow[];
}

export interface StatusRow {
  readonly at: number;
  readonly ready: string;
  readonly status: string;
  readonly restarts: number;
  readonly lastEndAt?: number;
}

/** A stretch that the axis leaves out. */
export interface Cut {
  readonly from: number;
  readonly to: number;
  /** True if the time was skipped. False if no event happened in it. */
  readonly isSkipped: boolean;
}

export const LANE_KINDS = ['status', 'endpoint', 'state', 'probe', 'hook', 'signal', 'requests', 'action'] as const;
export type LaneKind = (typeof LANE_KINDS)[number];

/** A row of the chart. */
export interface Lane {
  readonly title: string;
  readonly kind: LaneKind;
  /** Container of the lane. Undefined for the lanes of the pod. */
  readonly container?: string;
  readonly bars: readonly Bar[];
  readonly dots: readonly Dot[];
  readonly flags: readonly Flag[];
}

export type Look = 'calm' | 'good' | 'wait' | 'warn' | 'bad' | 'hatched' | 'gone';

/** A state or a hook, from one instant to another. */
export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly look: Look;
  /** Text inside the bar if it fits. */
  readonly label: string;
  readonly tip: string;
}

/** `wait` is a failure of a startup probe below its threshold, which is expected during a start. */
export type DotLook = 'ok' | 'wait' | 'odd' | 'bad';

/** A probe run or a request. `tip` is an index into the tips of the chart. */
export type Dot = readonly [at: number, look: DotLook, tip: number, tookMs: number];

/** A single event with a caption. */
export interface Flag {
  readonly at: number;
  readonly look: Look;
  readonly label: string;
  readonly tip: string;
}
