import type { WhyFact } from '../facts';
import { formatFrom, type MessageOf } from '../message';

interface OfProbe {
  readonly probe: 'liveness' | 'readiness';
}

const ADVISED_REQUESTS = {
  httpGet: 'ask it by httpGet',
  grpc: 'ask it by grpc',
  other:
    'ask it by exec, with a client of its protocol that waits for a response, or by httpGet or grpc if it serves one',
} as const;

/** Reasons why a probe does not detect that its container hangs. */
export const MISSES = {
  tcp: ({ probe, request }: OfProbe & { readonly request: keyof typeof ADVISED_REQUESTS }) =>
    `its ${probe} probe still succeeds, as the kernel takes the connections of a process that stands still; ${ADVISED_REQUESTS[request]}`,
  exec: ({ probe }: OfProbe) =>
    `its ${probe} probe still succeeds, as its command runs beside the process that stands still and asks nothing of it`,
  response: ({ probe }: OfProbe) => `its ${probe} probe still succeeds`,
  reported: ({ why }: WhyFact) => why,
} as const;

export type Miss = MessageOf<typeof MISSES>;

/** Returns why a probe does not detect a hang. */
export function formatMiss(miss: Miss): string {
  return formatFrom(MISSES, miss);
}
