import type { ProbeOutcome } from '../../kubelet/state/protocol';

/** What came of connecting. */
export type TCPAnswer = { readonly kind: 'Connected' } | { readonly kind: 'Failed'; readonly message: string };

/**
 * What a tcpSocket probe makes of its answer: connected is enough, whether anybody accepts or not.
 *
 * Source: probe/tcp/tcp.go `DoTCPProbe`.
 */
export function judgeTCP(answer: TCPAnswer): ProbeOutcome {
  if (answer.kind === 'Connected') return { result: 'Success', output: '' };
  return { result: 'Failure', output: answer.message };
}
