import type { ProbeOutcome } from '../../kubelet/state/protocol';
import type { CommandResult } from './result';

/**
 * Returns the outcome of an exec probe. A command that could not run is an error, which is ignored, and so is a timeout
 * without `execProbeTimeout`, a feature gate that is on since 1.20.
 *
 * Source: probe/exec/exec.go `Probe`.
 */
export function judgeExec({ output, error }: CommandResult, execProbeTimeout = true): ProbeOutcome {
  const why = error?.failure && { failure: error.failure };
  switch (error?.kind) {
    case undefined:
      return { result: 'Success', output };
    case 'Exited':
      return error.status === 0 ? { result: 'Success', output } : { result: 'Failure', output, ...why };
    case 'TimedOut':
      if (execProbeTimeout) return { result: 'Failure', output: error.message, ...why };
      return { result: 'Errored', state: 'unknown', output: error.message, ...why };
    case 'CouldNotRun':
      return { result: 'Errored', state: 'unknown', output: error.message, ...why };
  }
}
