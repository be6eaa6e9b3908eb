import { behaviorOf } from '../kubelet/behavior/behaviorOf';
import type { Command, ProbeOutcome } from '../kubelet/state/protocol';
import { expand, staticEnv } from '../manifest/values/expansion';
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

/** Whom a probe asks for what; `nothing` where there is nobody to ask, for that reason. */
export type ProbeAim =
  | { readonly kind: 'exec'; readonly argv: readonly string[] }
  | { readonly kind: 'http'; readonly request: HTTPRequest }
  | { readonly kind: 'tcp'; readonly target: TCPTarget }
  | { readonly kind: 'grpc'; readonly target: GRPCTarget }
  | { readonly kind: 'nothing'; readonly cause: unknown };

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
  return ask(aimProbe(command, kubernetesVersion), command, probers);
}

/** Works out whom a probe asks: the same for every run in one pod, as long as its IP is. Never throws. */
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
        return errored(aim.cause);
    }
  } catch (cause) {
    return errored(cause);
  }
}

/** A probe that could not find out, for a reason of its own. */
export function errored(cause: unknown): ProbeOutcome {
  return { result: 'Errored', state: 'unknown', output: cause instanceof Error ? cause.message : String(cause) };
}
