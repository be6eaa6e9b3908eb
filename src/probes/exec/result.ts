import { goDuration } from '../../clock/goDuration';
import { behaviorOf } from '../../kubelet/behavior/behaviorOf';
import type { HandlerFailure } from '../../timeline/causes';
import { goQuote } from '../goText';
import { firstBytes } from '../limit';
import type { ExecResult } from '../ports';
import { classifyEngineFailure, classifyExit } from './failure';

/** Why a command did not simply succeed, as the kubelet's runtime client tells it. */
export type CommandError = (
  | { readonly kind: 'Exited'; readonly status: number; readonly message: string }
  | { readonly kind: 'TimedOut'; readonly message: string }
  | { readonly kind: 'CouldNotRun'; readonly message: string }
) & { readonly failure?: HandlerFailure | undefined };

export interface CommandResult {
  readonly output: string;
  readonly error?: CommandError;
}

export interface CommandOptions {
  readonly kubernetesVersion: string;
  readonly timeoutMs?: number;
  /** Output beyond this many bytes is dropped. */
  readonly limitBytes?: number;
}

/**
 * Returns the result of a command in a container as the kubelet gets it.
 *
 * Source: cri-client/remote_runtime.go `execSyncV1`; prober/prober.go `execInContainer`.
 */
export function commandResult(argv: readonly string[], result: ExecResult, options: CommandOptions): CommandResult {
  const output = firstBytes(result.output ?? '', options.limitBytes ?? Number.POSITIVE_INFINITY);
  const command = argv.join(' ');
  switch (result.kind) {
    case 'CouldNotRun':
      return {
        output,
        error: { kind: 'CouldNotRun', message: result.message, failure: classifyEngineFailure(result.message) },
      };
    case 'TimedOut':
      return {
        output,
        error: { kind: 'TimedOut', message: timeoutText(command, options), failure: { kind: 'timedOut' } },
      };
    case 'Exited': {
      const { exitCode: status, stderr = '' } = result;
      if (status === 0) return { output };
      return {
        output,
        error: {
          kind: 'Exited',
          status,
          message: `command '${command}' exited with ${status}: ${stderr}`,
          failure: classifyExit(status, output),
        },
      };
    }
  }
}

function timeoutText(command: string, { kubernetesVersion, timeoutMs = 0 }: CommandOptions): string {
  if (!behaviorOf(kubernetesVersion).execTimeoutNamesLimit) return `command ${goQuote(command)} timed out`;
  return `command timed out: ${goQuote(command)} timed out after ${goDuration(timeoutMs)}`;
}
