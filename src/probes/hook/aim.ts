import type { Command } from '../../kubelet/state/protocol';
import type { HTTPRequest } from '../http/request';
import { invalidHandlerText } from './message';
import { hookRequest } from './request';

export type RunHook = Extract<Command, { readonly kind: 'RunHook' }>;

/** What a hook does. */
export type HookAim =
  | { readonly kind: 'exec'; readonly argv: readonly string[] }
  | { readonly kind: 'http'; readonly request: HTTPRequest }
  /** Nothing: it fails for this reason. */
  | { readonly kind: 'nothing'; readonly error: string };

/**
 * Works out what a hook does; never throws. Its command is taken as it is written, without expansion. Sleep hooks are the
 * kubelet's own timer and do not come here.
 *
 * Source: lifecycle/handlers.go `Run`.
 */
export function aimHook({ handler, container, podIP }: RunHook, kubernetesVersion: string): HookAim {
  if (handler.exec) return { kind: 'exec', argv: handler.exec.command };
  if (!handler.httpGet) return { kind: 'nothing', error: invalidHandlerText(handler) };
  try {
    return { kind: 'http', request: hookRequest(handler.httpGet, container.ports ?? [], podIP, kubernetesVersion) };
  } catch (cause) {
    return { kind: 'nothing', error: cause instanceof Error ? cause.message : String(cause) };
  }
}
