import type { HookOutcome, ProbeOutcome } from '../kubelet/state/protocol';
import { attemptProbe, makeErrored, type Probers, type RunProbe } from './attempt';
import { runInContainer } from './exec/dial';
import { judgeExec } from './exec/judge';
import { dialGRPC } from './grpc/dial';
import { judgeGRPC } from './grpc/judge';
import type { RunHook } from './hook/aim';
import { type HandlerResult, hookOutcome } from './hook/judge';
import type { HookOwner } from './hook/message';
import { runHandler } from './hook/run';
import { dialHTTP } from './http/dial';
import { judgeHTTP } from './http/judge';
import type { HTTPRequest } from './http/request';
import { MAX_OUTPUT_BYTES } from './limit';
import type { ConnectInside, ExecInContainer } from './ports';
import { dialTCP } from './tcp/dial';
import { judgeTCP } from './tcp/judge';
import { userAgent } from './version';

/** Means to run probes and hooks, and the version of the kubelet to run them as. */
export interface Dialling {
  readonly execInContainer: ExecInContainer;
  /** If absent, this machine reaches the pod. */
  readonly connectInside?: ConnectInside;
  readonly kubernetesVersion: string;
  readonly pod: HookOwner['pod'];
  /** Returns how long to wait for an HTTP or gRPC response with that timeout. Default: the timeout. */
  readonly waitMs?: (timeoutMs: number) => number;
  /** True if the feature gate `ExecProbeTimeout` is on. Default: true. */
  readonly execProbeTimeout?: boolean;
}

/** Makes one attempt at a probe, over real connections; trying again is the kubelet's business. Never rejects. */
export async function runProbe(command: RunProbe, dialling: Dialling): Promise<ProbeOutcome> {
  try {
    return await attemptProbe(command, probersOf(dialling), dialling.kubernetesVersion);
  } catch (cause) {
    return makeErrored(cause);
  }
}

/** Runs a hook to its end. Never rejects. */
export async function runHook(command: RunHook, dialling: Dialling): Promise<HookOutcome> {
  const { connectInside } = dialling;
  const http = (request: HTTPRequest) => dialHTTP(request, connectInside && { connectInside });
  const result = await runHandler(command, { ...dialling, http }).catch(brokenDown);
  return hookOutcome(command, dialling.pod, result);
}

function brokenDown(cause: unknown): HandlerResult {
  return { error: cause instanceof Error ? cause.message : String(cause) };
}

function probersOf(dialling: Dialling): Probers<Promise<ProbeOutcome>> {
  const { execInContainer, connectInside, kubernetesVersion, execProbeTimeout, waitMs = (ms) => ms } = dialling;
  const inside = connectInside && { connectInside };
  return {
    exec: async (id, argv, timeoutMs) => {
      const options = { timeoutMs, limitBytes: MAX_OUTPUT_BYTES, kubernetesVersion };
      return judgeExec(await runInContainer(execInContainer, id, argv, options), execProbeTimeout);
    },
    http: async (request, timeoutMs) => judgeHTTP(await dialHTTP(request, { timeoutMs: waitMs(timeoutMs), ...inside })),
    tcp: async (target, timeoutMs) => judgeTCP(await dialTCP(target, timeoutMs, connectInside)),
    grpc: async (target, timeoutMs) => {
      const options = { timeoutMs: waitMs(timeoutMs), userAgent: userAgent('probe', kubernetesVersion), ...inside };
      return judgeGRPC(await dialGRPC(target, options), target, timeoutMs);
    },
  };
}
