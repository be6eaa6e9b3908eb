import type { HookOutcome } from '../../kubelet/state/protocol';
import type { HandlerFailure } from '../../timeline/causes';
import type { CommandResult } from '../exec/result';
import type { HTTPAnswer } from '../http/judge';
import type { RunHook } from './aim';
import { type HookOwner, hookFailureMessage } from './message';

/** Result of a hook's handler. */
export interface HandlerResult {
  readonly error?: string;
  readonly failure?: HandlerFailure | undefined;
  /** Output of an exec hook. */
  readonly output?: string;
  /** Text of the event about an HTTPS hook that went through as plain HTTP. */
  readonly fallback?: string;
}

/** Returns the result of an exec hook, which fails with an exit code other than 0. */
export function judgeExecHook({ output, error }: CommandResult): HandlerResult {
  return error ? { error: error.message, output, failure: error.failure } : {};
}

/** Returns the result of an HTTP hook: every response is a success. */
export function judgeHTTPHook(answer: HTTPAnswer): HandlerResult {
  return answer.kind === 'Failed' ? { error: answer.message, failure: answer.failure } : {};
}

export function hookOutcome(
  { handler, container }: RunHook,
  pod: HookOwner['pod'],
  result: HandlerResult,
): HookOutcome {
  const { error, failure, output, fallback } = result;
  if (error === undefined) return fallback === undefined ? { failed: false } : { failed: false, fallback };
  const message = hookFailureMessage(handler, { container: container.name, pod }, error, output);
  return { failed: true, message, ...(failure && { failure }) };
}
