export type FaultId = 'hang' | 'crash' | 'portClosed' | 'serviceCut' | 'outOfMemory' | 'cpuThrottled' | 'diskFull';

/** A row of the matrix, and of the table in docs/gate.md. */
export interface FaultDefinition {
  readonly fault: FaultId;
  /** A restart by liveness, any restart, or no restart because it does not help. */
  readonly expected: 'restartedByLiveness' | 'restarted' | 'notRestarted';
}
