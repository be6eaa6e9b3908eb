import type { HookOutcome, ProbeOutcome } from '../../kubelet/words';
import type { Pod } from '../../manifest/model';
import type { Probers } from '../../probes/attempt';
import { judgeExec } from '../../probes/exec/judge';
import { commandResult } from '../../probes/exec/result';
import { type GRPCAnswer, judgeGRPC } from '../../probes/grpc/judge';
import type { RunHook } from '../../probes/hook/aim';
import { hookFailureMessage, invalidHandlerText } from '../../probes/hook/message';
import { fallbackText, hookRequest, withoutTLS } from '../../probes/hook/request';
import { HTTP_ANSWER_TO_HTTPS, type HTTPAnswer, isHTTPResponseError, judgeHTTP } from '../../probes/http/judge';
import { decideRedirect, failed } from '../../probes/http/redirect';
import type { HTTPRequest } from '../../probes/http/request';
import { partsOf } from '../../probes/http/url';
import { connectionRefused } from '../../probes/netError';
import { judgeTCP } from '../../probes/tcp/judge';
import type { ExecResult } from '../containerRuntime';
import type { Behaviour } from './behaviour';
import { durationMs } from './behaviour';

/** The processes of the pod that run now: they share the pod's IP. */
export type Running = readonly Behaviour[];

/** Something that is known only after a while; `FOREVER` never. */
export interface After<T> {
  readonly afterMs: number;
  readonly value: T;
}

const FOREVER = Number.POSITIVE_INFINITY;
const NOT_FOUND = 5;

/** Probers that read the script instead of dialling; the judges are those of real probes. */
export function scriptedProbers(
  running: Running,
  own: Behaviour | undefined,
  kubernetesVersion: string,
): Probers<After<ProbeOutcome>> {
  return {
    exec: (_, argv, timeoutMs) => {
      const { afterMs, value } = runCommand(own, argv);
      const inTime = afterMs < timeoutMs;
      const result: ExecResult = inTime ? value : { kind: 'TimedOut', output: '' };
      const judged = judgeExec(commandResult(argv, result, { kubernetesVersion, timeoutMs }));
      return { afterMs: inTime ? afterMs : timeoutMs, value: judged };
    },
    http: (request) => atOnce(judgeHTTP(ask(running, request))),
    tcp: ({ host, port }) => {
      const refused = { kind: 'Failed', message: connectionRefused(host, port) } as const;
      return atOnce(judgeTCP(isOpen(running, port) ? { kind: 'Connected' } : refused));
    },
    grpc: (target, timeoutMs) => {
      const answer = health(running, target.port, target.service);
      // The dial blocks and retries, so a refused connection takes the whole time.
      const afterMs = answer.kind === 'NotConnected' ? timeoutMs : 0;
      return { afterMs, value: judgeGRPC(answer, target, timeoutMs) };
    },
  };
}

/** What comes of a hook, and when. */
export function runScriptedHook(
  running: Running,
  own: Behaviour | undefined,
  command: RunHook,
  pod: Pod['metadata'],
  kubernetesVersion: string,
): After<HookOutcome> {
  const { handler, container, podIP } = command;
  const failure = (error: string, output = ''): HookOutcome => ({
    failed: true,
    message: hookFailureMessage(handler, { container: container.name, pod }, error, output),
  });
  if (handler.exec) {
    const { afterMs, value } = runCommand(own, handler.exec.command);
    const { error, output } = commandResult(handler.exec.command, value, { kubernetesVersion });
    return { afterMs, value: error ? failure(error.message, output) : { failed: false } };
  }
  if (!handler.httpGet) return atOnce(failure(invalidHandlerText(handler)));
  try {
    const request = hookRequest(handler.httpGet, container.ports ?? [], podIP, kubernetesVersion);
    const answer = ask(running, request);
    if (answer.kind !== 'Failed') return atOnce({ failed: false });
    const fellBack = isHTTPResponseError(answer) && ask(running, withoutTLS(request)).kind !== 'Failed';
    return atOnce(fellBack ? { failed: false, fallback: fallbackText(request) } : failure(answer.message));
  } catch (cause) {
    return atOnce(failure(cause instanceof Error ? cause.message : String(cause)));
  }
}

function runCommand(own: Behaviour | undefined, argv: readonly string[]): After<ExecResult> {
  if (!own) return atOnce({ kind: 'CouldNotRun', message: 'container is not running' });
  const scripted = own.exec[argv.join(' ')] ?? 0;
  const { code = 0, takes } = typeof scripted === 'number' ? { code: scripted } : scripted;
  const afterMs = takes === undefined ? 0 : takes === 'forever' ? FOREVER : durationMs(takes);
  return { afterMs, value: { kind: 'Exited', exitCode: code, output: '' } };
}

function ask(running: Running, first: HTTPRequest): HTTPAnswer {
  const hops = [first];
  for (let request = first; ; ) {
    const answer = respond(running, request);
    if (answer.kind === 'Failed') return answer;
    const { status, location, body } = answer;
    const decision = decideRedirect(hops, { status, ...(location === undefined ? {} : { location }) });
    if (decision.kind === 'Stop') return { kind: 'Responded', status, body };
    if (decision.kind === 'Fail') return { kind: 'Failed', message: decision.message };
    request = decision.request;
    hops.push(request);
  }
}

/** What a client that asks for a URL gets; undefined where nobody takes its connection. */
export function statusOf(running: Running, url: string): number | undefined {
  const answer = respond(running, { url, headers: {} });
  return answer.kind === 'Failed' ? undefined : answer.status;
}

interface Response {
  readonly kind: 'Response';
  readonly status: number;
  readonly location?: string;
  readonly body: string;
}

function respond(running: Running, { url }: HTTPRequest): Response | Extract<HTTPAnswer, { kind: 'Failed' }> {
  const parts = partsOf(url);
  const server = parts && running.find(({ http }) => http[parts.port]);
  if (!parts || !server) {
    const cause = parts ? connectionRefused(parts.hostname, parts.port) : 'http: no Host in request URL';
    return { kind: 'Failed', message: failed(url, cause).message };
  }
  if (parts.scheme === 'https' && !server.tls) {
    return { kind: 'Failed', message: failed(url, `http: ${HTTP_ANSWER_TO_HTTPS}`).message };
  }
  if (parts.scheme === 'http' && server.tls) return { kind: 'Response', status: 400, body: '' };
  const scripted = server.http[parts.port]?.[parts.requestURI] ?? 404;
  if (typeof scripted === 'number') return { kind: 'Response', status: scripted, body: '' };
  const { status, location, body = '' } = scripted;
  return { kind: 'Response', status, body, ...(location === undefined ? {} : { location }) };
}

function isOpen(running: Running, port: number): boolean {
  return running.some(
    ({ tcp, http, grpc }) => tcp[port] === 'open' || (tcp[port] === undefined && (http[port] || grpc[port])),
  );
}

function health(running: Running, port: number, service: string): GRPCAnswer {
  const services = running.find(({ grpc }) => grpc[port])?.grpc[port];
  if (!services) return { kind: 'NotConnected' };
  const status = services[service];
  return status === undefined
    ? { kind: 'CallFailed', code: NOT_FOUND, message: 'unknown service' }
    : { kind: 'Checked', status };
}

function atOnce<T>(value: T): After<T> {
  return { afterMs: 0, value };
}
