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
  switch (error?.kind) {
    case undefined:
      return { result: 'Success', output };
    case 'Exited':
      return { result: error.status === 0 ? 'Success' : 'Failure', output };
    case 'TimedOut':
      if (execProbeTimeout) return { result: 'Failure', output: error.message };
      return { result: 'Errored', state: 'unknown', output: error.message };
    case 'CouldNotRun':
      return { result: 'Errored', state: 'unknown', output: error.message };
  }
}
