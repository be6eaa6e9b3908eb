import type { ProbeOutcome } from '../../../../src/kubelet/state/protocol';
import type { Words } from './words';

/** A handler's outcome as Go returns it: a result, an output, an error; with an error there is no output. */
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
