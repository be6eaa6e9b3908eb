import { runInContainer } from '../exec/dial';
import { type HTTPAnswer, isHTTPResponseError } from '../http/judge';
import type { HTTPRequest } from '../http/request';
import type { ExecInContainer } from '../ports';
import { aimHook, type RunHook } from './aim';
import { type HandlerResult, judgeExecHook, judgeHTTPHook } from './judge';
import { fallbackText, withoutTLS } from './request';

/** By what means hooks are carried out. */
export interface HookMeans {
  readonly execInContainer: ExecInContainer;
  readonly http: (request: HTTPRequest) => Promise<HTTPAnswer>;
  readonly kubernetesVersion: string;
}

/**
 * Carries out a postStart or preStop hook, without a time-out.
 *
 * Source: lifecycle/handlers.go `Run`.
 */
export async function runHandler(command: RunHook, means: HookMeans): Promise<HandlerResult> {
  const { kubernetesVersion } = means;
  const aim = aimHook(command, kubernetesVersion);
  switch (aim.kind) {
    case 'exec':
      return judgeExecHook(await runInContainer(means.execInContainer, command.id, aim.argv, { kubernetesVersion }));
    case 'http':
      return get(aim.request, means.http);
    case 'nothing':
      return { error: aim.error };
  }
}

/** An HTTPS request that a plain HTTP server answers is made once more, as that server understands it. */
async function get(request: HTTPRequest, http: HookMeans['http']): Promise<HandlerResult> {
  const answer = await http(request);
  if (!isHTTPResponseError(answer)) return judgeHTTPHook(answer);
  const retried = judgeHTTPHook(await http(withoutTLS(request)));
  return retried.error === undefined ? { fallback: fallbackText(request) } : judgeHTTPHook(answer);
}
