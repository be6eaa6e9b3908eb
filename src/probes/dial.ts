import type { HookOutcome, ProbeOutcome } from '../kubelet/words';
import type { ExecInContainer } from '../runtime/containerRuntime';
import { attemptProbe, errored, type Probers, type RunProbe } from './attempt';
import { runCommand } from './exec/dial';
import { judgeExec } from './exec/judge';
import { dialGRPC } from './grpc/dial';
import { judgeGRPC } from './grpc/judge';
import type { RunHook } from './hook/aim';
import { type HandlerResult, hookOutcome } from './hook/judge';
import type { HookOwner } from './hook/message';
import { runHandler } from './hook/run';
import { dialHTTP } from './http/dial';
import { judgeHTTP } from './http/judge';
import { MAX_OUTPUT_BYTES } from './limit';
import { dialTCP } from './tcp/dial';
import { judgeTCP } from './tcp/judge';
import { userAgent } from './version';

/** Whose probes and hooks are run, and as which kubelet. */
export interface Dialling {
  readonly execInContainer: ExecInContainer;
  readonly kubernetesVersion: string;
  readonly pod: HookOwner['pod'];
  /** The feature gate `ExecProbeTimeout`; on unless told otherwise. */
  readonly execProbeTimeout?: boolean;
}

/** Makes one attempt at a probe, over real connections; trying again is the kubelet's business. Never rejects. */
export async function runProbe(command: RunProbe, dialling: Dialling): Promise<ProbeOutcome> {
  try {
    return await attemptProbe(command, probersOf(dialling), dialling.kubernetesVersion);
  } catch (cause) {
    return errored(cause);
  }
}

/** Runs a hook to its end. Never rejects. */
export async function runHook(command: RunHook, dialling: Dialling): Promise<HookOutcome> {
  const result = await runHandler(command, { ...dialling, http: dialHTTP }).catch(brokenDown);
  return hookOutcome(command, dialling.pod, result);
}

function brokenDown(cause: unknown): HandlerResult {
  return { error: cause instanceof Error ? cause.message : String(cause) };
}

function probersOf({ execInContainer, kubernetesVersion, execProbeTimeout }: Dialling): Probers<Promise<ProbeOutcome>> {
  return {
    exec: async (id, argv, timeoutMs) => {
      const options = { timeoutMs, limitBytes: MAX_OUTPUT_BYTES, kubernetesVersion };
      return judgeExec(await runCommand(execInContainer, id, argv, options), execProbeTimeout);
    },
    http: async (request, timeoutMs) => judgeHTTP(await dialHTTP(request, { timeoutMs })),
    tcp: async (target, timeoutMs) => judgeTCP(await dialTCP(target, timeoutMs)),
    grpc: async (target, timeoutMs) =>
      judgeGRPC(await dialGRPC(target, timeoutMs, userAgent('probe', kubernetesVersion)), target, timeoutMs),
  };
}
