import type { ProbeOutcome } from '../../kubelet/state/protocol';
import type { HandlerFailure } from '../../timeline/causes';

/** What came of connecting. */
export type TCPAnswer =
  | { readonly kind: 'Connected' }
  | { readonly kind: 'Failed'; readonly message: string; readonly failure?: HandlerFailure | undefined };

/**
 * What a tcpSocket probe makes of its answer: connected is enough, whether anybody accepts or not.
 *
 * Source: probe/tcp/tcp.go `DoTCPProbe`.
 */
export function judgeTCP(answer: TCPAnswer): ProbeOutcome {
  if (answer.kind === 'Connected') return { result: 'Success', output: '' };
  const { message: output, failure } = answer;
  return { result: 'Failure', output, ...(failure && { failure }) };
}
