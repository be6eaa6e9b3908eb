import { behaviorOf } from '../kubelet/behavior/behaviorOf';
import type { Command, ProbeOutcome } from '../kubelet/state/protocol';
import { expand, staticEnv } from '../manifest/values/expansion';
import { type GRPCTarget, grpcTarget } from './grpc/target';
import { type HTTPRequest, requestForHTTPGet } from './http/request';
import { type TCPTarget, tcpTarget } from './tcp/target';
import { userAgent } from './version';

export type RunProbe = Extract<Command, { readonly kind: 'RunProbe' }>;

/**
 * Probers, one for each kind of handler: each runs a probe and judges the response. `Answer` is an outcome, or the
 * promise of one.
 *
 * Source: prober/prober.go `prober`.
 */
export interface Probers<Answer> {
  readonly exec: (id: string, argv: readonly string[], timeoutMs: number) => Answer;
  readonly http: (request: HTTPRequest, timeoutMs: number) => Answer;
  readonly tcp: (target: TCPTarget, timeoutMs: number) => Answer;
  readonly grpc: (target: GRPCTarget, timeoutMs: number) => Answer;
}

/** Target of a probe; `nothing` if the target is unknown, with the reason. */
export type ProbeAim =
  | { readonly kind: 'exec'; readonly argv: readonly string[] }
  | { readonly kind: 'http'; readonly request: HTTPRequest }
  | { readonly kind: 'tcp'; readonly target: TCPTarget }
  | { readonly kind: 'grpc'; readonly target: GRPCTarget }
  | { readonly kind: 'nothing'; readonly cause: unknown };

/**
 * Makes one attempt at a probe: finds its target and runs its prober. The attempt errors without a target (no address,
 * or no port of that name).
 *
 * Source: prober/prober.go `runProbe`.
 */
export function attemptProbe<Answer>(
  command: RunProbe,
  probers: Probers<Answer>,
  kubernetesVersion: string,
): Answer | ProbeOutcome {
  return ask(aimProbe(command, kubernetesVersion), command, probers);
}

/**
 * Returns the target of a probe, which is the same for every run in one pod while its IP stays the same. Never throws.
 */
export function aimProbe({ container, probe, podIP }: RunProbe, kubernetesVersion: string): ProbeAim {
  const { ports = [], env = [] } = container;
  const behavior = behaviorOf(kubernetesVersion);
  try {
    if (probe.exec) return { kind: 'exec', argv: expand(probe.exec.command, staticEnv(env)) };
    if (probe.httpGet) {
      const agent = userAgent('probe', kubernetesVersion);
      return { kind: 'http', request: requestForHTTPGet(probe.httpGet, ports, podIP, agent, behavior) };
    }
    if (probe.tcpSocket) return { kind: 'tcp', target: tcpTarget(probe.tcpSocket, ports, podIP, behavior) };
    if (probe.grpc) return { kind: 'grpc', target: grpcTarget(probe.grpc, podIP) };
    return { kind: 'nothing', cause: `missing probe handler for container ${container.name}` };
  } catch (cause) {
    return { kind: 'nothing', cause };
  }
}

/** Asks it; what the prober throws is an attempt that errors as well. */
export function ask<Answer>(
  aim: ProbeAim,
  { id, probe }: Pick<RunProbe, 'id' | 'probe'>,
  probers: Probers<Answer>,
): Answer | ProbeOutcome {
  const timeoutMs = probe.timeoutSeconds * 1000;
  try {
    switch (aim.kind) {
      case 'exec':
        return probers.exec(id, aim.argv, timeoutMs);
      case 'http':
        return probers.http(aim.request, timeoutMs);
      case 'tcp':
        return probers.tcp(aim.target, timeoutMs);
      case 'grpc':
        return probers.grpc(aim.target, timeoutMs);
      case 'nothing':
        return makeErrored(aim.cause);
    }
  } catch (cause) {
    return makeErrored(cause);
  }
}

/** Returns the outcome of a probe that could not find out, for a reason of its own. */
export function makeErrored(cause: unknown): ProbeOutcome {
  return { result: 'Errored', state: 'unknown', output: cause instanceof Error ? cause.message : String(cause) };
}
