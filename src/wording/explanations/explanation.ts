/** The cause of a failure, its fix, and the page that explains both. */
export interface Explanation {
  /** The cause as sentences. */
  readonly cause: string;
  /** The fix as sentences. Absent if there is nothing to change. */
  readonly fix?: string;
  /** Page and anchor in docs/faq. Absent if no page has the answer. */
  readonly faq?: string;
}

export interface NamedContainer {
  readonly container: string;
}

/** A probe of a container: `readiness` is set by the field `readinessProbe`. */
export interface ProbeOfContainer extends NamedContainer {
  readonly probe: 'startup' | 'liveness' | 'readiness';
}

/** The name of a stop signal. */
export interface SignalFact {
  readonly signal: string;
}

export interface AddressesFact {
  /** The addresses on which the pod listens: `0.0.0.0:3000`. */
  readonly addresses: readonly string[];
}

export interface PortFact {
  readonly port: number;
}

export interface ExitsFact {
  /** Exits without a stop signal: their number, and the lifetime of the last instance. */
  readonly exits: { readonly count: number; readonly lastMs: number } | undefined;
}
