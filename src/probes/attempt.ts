import type { Command, ProbeOutcome } from '../kubelet/words';
import { expand, staticEnv } from '../manifest/expansion';
import { type GRPCTarget, grpcTarget } from './grpc/target';
import { type HTTPRequest, requestForHTTPGet } from './http/request';
import { type TCPTarget, tcpTarget } from './tcp/target';
import { userAgent } from './version';

export type RunProbe = Extract<Command, { readonly kind: 'RunProbe' }>;

/**
 * One prober a kind of handler: each finds out, and judges what it found. `Answer` is an outcome, or the promise of one.
 *
 * Source: prober/prober.go `prober`.
 */
export interface Probers<Answer> {
  readonly exec: (id: string, argv: readonly string[], timeoutMs: number) => Answer;
  readonly http: (request: HTTPRequest, timeoutMs: number) => Answer;
  readonly tcp: (target: TCPTarget, timeoutMs: number) => Answer;
  readonly grpc: (target: GRPCTarget, timeoutMs: number) => Answer;
}

/**
 * One attempt at a probe: whom to ask is worked out here, asking is the prober's. Where there is nobody to ask (a port
 * that no name leads to, no address) the attempt errors.
 *
 * Source: prober/prober.go `runProbe`.
 */
export function attemptProbe<Answer>(
  command: RunProbe,
  probers: Probers<Answer>,
  kubernetesVersion: string,
): Answer | ProbeOutcome {
  try {
    return dispatch(command, probers, kubernetesVersion);
  } catch (cause) {
    return errored(cause);
  }
}

/** A probe that could not find out, for a reason of its own. */
export function errored(cause: unknown): ProbeOutcome {
  return { result: 'Errored', state: 'unknown', output: cause instanceof Error ? cause.message : String(cause) };
}

function dispatch<Answer>(command: RunProbe, probers: Probers<Answer>, kubernetesVersion: string): Answer {
  const { id, container, probe, podIP } = command;
  const { ports = [], env = [] } = container;
  const timeoutMs = probe.timeoutSeconds * 1000;
  if (probe.exec) return probers.exec(id, expand(probe.exec.command, staticEnv(env)), timeoutMs);
  if (probe.httpGet) {
    const agent = userAgent('probe', kubernetesVersion);
    return probers.http(requestForHTTPGet(probe.httpGet, ports, podIP, agent), timeoutMs);
  }
  if (probe.tcpSocket) return probers.tcp(tcpTarget(probe.tcpSocket, ports, podIP), timeoutMs);
  if (probe.grpc) return probers.grpc(grpcTarget(probe.grpc, podIP), timeoutMs);
  throw new Error(`missing probe handler for container ${container.name}`);
}
