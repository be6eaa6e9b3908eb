import type { Command } from '../../kubelet/state/protocol';
import type { HTTPRequest } from '../http/request';
import { invalidHandlerText } from './message';
import { hookRequest } from './request';

export type RunHook = Extract<Command, { readonly kind: 'RunHook' }>;

/** Action of a hook. */
export type HookAim =
  | { readonly kind: 'exec'; readonly argv: readonly string[] }
  | { readonly kind: 'http'; readonly request: HTTPRequest }
  /** No action: the hook fails for this reason. */
  | { readonly kind: 'nothing'; readonly error: string };

/**
 * Returns the action of a hook, whose command is used without expansion; never throws. Sleep hooks are the kubelet's
 * own timer and do not come here.
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
