import type { ProbeOutcome } from '../../kubelet/state/protocol';
import type { HandlerFailure } from '../../timeline/causes';

/** Result of connecting. */
export type TCPAnswer =
  | { readonly kind: 'Connected' }
  | { readonly kind: 'Failed'; readonly message: string; readonly failure?: HandlerFailure | undefined };

/**
 * Returns the outcome of a tcpSocket probe: a connection is enough, even if no process accepts it.
 *
 * Source: probe/tcp/tcp.go `DoTCPProbe`.
 */
export function judgeTCP(answer: TCPAnswer): ProbeOutcome {
  if (answer.kind === 'Connected') return { result: 'Success', output: '' };
  const { message: output, failure } = answer;
  return { result: 'Failure', output, ...(failure && { failure }) };
}
