import type { ProbeOutcome } from '../../../../src/kubelet/state/protocol';
import type { Words } from './words';

/**
 * Returns the outcome of a handler as Go returns it: a result, an output, and an error, with an empty output after an
 * error.
 */
export function resultOf(outcome: ProbeOutcome): Words {
  const errored = outcome.result === 'Errored';
  const output = errored ? '' : outcome.output;
  return {
    result: errored ? outcome.state : outcome.result.toLowerCase(),
    error: errored,
    ...(errored ? { errorMessage: outcome.output } : {}),
    output,
    outputBytes: Buffer.byteLength(output),
    outputContains: output,
  };
}
