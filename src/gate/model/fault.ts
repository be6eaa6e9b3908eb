export type FaultId = 'hang' | 'crash' | 'portClosed' | 'serviceCut' | 'outOfMemory' | 'cpuThrottled' | 'diskFull';

/** A row of the matrix, and of the table in docs/gate.md. */
export interface FaultDefinition {
  readonly fault: FaultId;
  /** Restarted by liveness, restarted at all, or not restarted because a restart does not help. */
  readonly expected: 'restartedByLiveness' | 'restarted' | 'notRestarted';
}
