import { runInContainer } from '../exec/dial';
import { type HTTPAnswer, isHTTPResponseError } from '../http/judge';
import type { HTTPRequest } from '../http/request';
import type { ExecInContainer } from '../ports';
import { aimHook, type RunHook } from './aim';
import { type HandlerResult, judgeExecHook, judgeHTTPHook } from './judge';
import { fallbackText, withoutTLS } from './request';

/** Means to run hooks. */
export interface HookMeans {
  readonly execInContainer: ExecInContainer;
  readonly http: (request: HTTPRequest) => Promise<HTTPAnswer>;
  readonly kubernetesVersion: string;
}

/** Runs a postStart or preStop hook, without a timeout. Source: lifecycle/handlers.go `Run`. */
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

/** Sends a request. If a plain HTTP server answers an HTTPS request, it sends the request again as plain HTTP. */
async function get(request: HTTPRequest, http: HookMeans['http']): Promise<HandlerResult> {
  const answer = await http(request);
  if (!isHTTPResponseError(answer)) return judgeHTTPHook(answer);
  const retried = judgeHTTPHook(await http(withoutTLS(request)));
  return retried.error === undefined ? { fallback: fallbackText(request) } : judgeHTTPHook(answer);
}
