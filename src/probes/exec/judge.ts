import type { ProbeOutcome } from '../../kubelet/state/protocol';
import type { CommandResult } from './result';

/**
 * What an exec probe makes of its command. One that could not be run is an error, which counts for nothing: a missing
 * binary never fails the probe.
 *
 * `execProbeTimeout` is the feature gate of that name, on since 1.20: without it a timeout is such an error too.
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
