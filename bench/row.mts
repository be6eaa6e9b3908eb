/** A quantity with its measurements. */
export interface Series {
  readonly label: string;
  readonly unit: 'ms' | 's' | '×' | 'MB';
  readonly samples: readonly number[];
}

/** A line of the table. */
export interface Row {
  readonly figure: string;
  readonly ours: Series;
  /** The alternative of a user, or the time that the engine itself needs, measured in turns with ours. */
  readonly against: readonly Series[];
  /** Goal of the figure, if it has one. */
  readonly goal?: string;
  readonly reached?: boolean;
  /** Ours as the goal counts it: `bare + 22ms`. */
  readonly score?: string;
  /** The lower limit of the figure, with the reason. */
  readonly limit: string;
}

/** A line of the table without a figure. */
export interface Missing {
  readonly figure: string;
  readonly missing: string;
}

export interface Order {
  /** The number of measurements. */
  readonly runs: number;
  readonly say: (text: string) => void;
}

/** Measures what makes up some lines of the table. */
export interface Bench {
  readonly name: string;
  readonly measure: (order: Order) => Promise<readonly (Row | Missing)[]>;
}
