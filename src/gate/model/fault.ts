/** A row of the matrix, and of the table in docs/gate.md. */
export interface FaultDefinition {
  readonly fault: string;
  /** How it is injected. */
  readonly how: string;
  /** The right reaction, in words. */
  readonly right: string;
  /** Restarted by liveness, restarted at all, or not restarted because a restart does not help. */
  readonly expected: 'restartedByLiveness' | 'restarted' | 'notRestarted';
}
