import { formatReasonOrReceived } from '../../facts/reason';
import { formatFrom, type MessageOf } from '../../message';
import type { ResultFact } from '../facts';

interface OfProbe {
  readonly probe: 'liveness' | 'readiness';
}

interface TcpMiss extends OfProbe {
  /** A protocol of the container in which a probe gets a response. */
  readonly request: 'httpGet' | 'grpc' | 'other';
}

/** Reasons why a probe does not detect that its container hangs. */
export const MISSES = {
  tcpStillConnects: (_: TcpMiss) =>
    'tcpSocket still connects, because the kernel accepts connections for a stopped process',
  commandStillSucceeds: (_: OfProbe) =>
    'its command still succeeds, because it needs no response from the stopped process',
  probeStillSucceeds: ({ probe }: OfProbe) => `the ${probe} probe still succeeds`,
  reported: ({ result }: ResultFact) => formatReasonOrReceived(result),
} as const;

export type Miss = MessageOf<typeof MISSES>;

/** Returns why a probe does not detect a hang. */
export function formatMiss(miss: Miss): string {
  return formatFrom(MISSES, miss);
}
