import type { HookOutcome, ProbeOutcome } from '../../kubelet/state/protocol';
import type { Pod } from '../../manifest/model';
import type { Probers } from '../../probes/attempt';
import { judgeExec } from '../../probes/exec/judge';
import { commandResult } from '../../probes/exec/result';
import { type GRPCAnswer, judgeGRPC } from '../../probes/grpc/judge';
import type { RunHook } from '../../probes/hook/aim';
import { hookFailureMessage, invalidHandlerText } from '../../probes/hook/message';
import { fallbackText, hookRequest, withoutTLS } from '../../probes/hook/request';
import { HTTP_ANSWER_TO_HTTPS, type HTTPAnswer, isHTTPResponseError, judgeHTTP } from '../../probes/http/judge';
import { decideRedirect, failedRedirect } from '../../probes/http/redirect';
import type { HTTPRequest } from '../../probes/http/request';
import { TIMED_OUT_BEFORE_HEADERS } from '../../probes/http/transportError';
import { partsOf } from '../../probes/http/url';
import { connectionRefused } from '../../probes/netError';
import type { ExecResult } from '../../probes/ports';
import { judgeTCP } from '../../probes/tcp/judge';
import type { HandlerFailure, NetworkFailure } from '../../timeline/causes';
import { EXEC_AFTER_EXIT, execFailure } from './containerd';
import type { ProcessBehavior } from './processBehavior';
import { durationMs } from './processBehavior';

/** The running processes of the pod, which share the pod's IP. */
export type Running = readonly ProcessBehavior[];

/** A value that is known only after a while, or never if that is `FOREVER`. */
export interface After<T> {
  readonly afterMs: number;
  readonly value: T;
  /** The value if the process exits before that. */
  readonly cutShort?: T;
}

const FOREVER = Number.POSITIVE_INFINITY;
const DEADLINE_EXCEEDED = 4;
const NOT_FOUND = 5;
const REFUSED = { kind: 'refused' } as const;

/** Returns probers that read the script instead of dialling. Their judges are those of real probes. */
export function scriptedProbers(
  running: Running,
  own: ProcessBehavior | undefined,
  { kubernetesVersion, execProbeTimeout }: { readonly kubernetesVersion: string; readonly execProbeTimeout: boolean },
): Probers<After<ProbeOutcome>> {
  return {
    exec: (_, argv, timeoutMs) => {
      const { afterMs, value } = runCommand(own, argv);
      const inTime = afterMs < timeoutMs;
      const result: ExecResult = inTime ? value : { kind: 'TimedOut', output: '' };
      const judged = judgeExec(commandResult(argv, result, { kubernetesVersion, timeoutMs }), execProbeTimeout);
      return { afterMs: inTime ? afterMs : timeoutMs, value: judged, cutShort: { result: 'Failure', output: '' } };
    },
    http: (request, timeoutMs) => {
      const { afterMs, value } = ask(running, request);
      if (afterMs === 0) return atOnce(judgeHTTP(value));
      const without = (cause: string, kind: NetworkFailure) =>
        judgeHTTP({ ...failedRedirect(request.url, cause, { kind }), kind: 'Failed' });
      const cutShort = without('EOF', 'reset');
      if (afterMs < timeoutMs) return { afterMs, value: judgeHTTP(value), cutShort };
      return { afterMs: timeoutMs, value: without(TIMED_OUT_BEFORE_HEADERS, 'timedOut'), cutShort };
    },
    tcp: ({ host, port }) => {
      if (isOpen(running, port)) return atOnce(judgeTCP({ kind: 'Connected' }));
      return atOnce(judgeTCP({ kind: 'Failed', message: connectionRefused(host, port), failure: REFUSED }));
    },
    grpc: (target, timeoutMs) => {
      const answer = health(running, target.port, target.service);
      // The dial blocks and retries, so a refused connection takes the whole timeout.
      const isLate = answer.kind === 'CallFailed' && answer.code === DEADLINE_EXCEEDED;
      const afterMs = answer.kind === 'NotConnected' || isLate ? timeoutMs : 0;
      return { afterMs, value: judgeGRPC(answer, target, timeoutMs) };
    },
  };
}

/** Returns the outcome of a hook and its time. */
export function runScriptedHook(
  running: Running,
  own: ProcessBehavior | undefined,
  command: RunHook,
  pod: Pod['metadata'],
  kubernetesVersion: string,
): After<HookOutcome> {
  const { handler, container, podIP } = command;
  const describeFailure = (error: string, failure?: HandlerFailure, output = ''): HookOutcome => ({
    failed: true,
    message: hookFailureMessage(handler, { container: container.name, pod }, error, output),
    ...(failure && { failure }),
  });
  if (handler.exec) {
    const { afterMs, value } = runCommand(own, handler.exec.command);
    const { error, output } = commandResult(handler.exec.command, value, { kubernetesVersion });
    return {
      afterMs,
      value: error ? describeFailure(error.message, error.failure, output) : { failed: false },
    };
  }
  if (!handler.httpGet) return atOnce(describeFailure(invalidHandlerText(handler)));
  try {
    const request = hookRequest(handler.httpGet, container.ports ?? [], podIP, kubernetesVersion);
    const { afterMs, value: answer } = ask(running, request);
    if (answer.kind !== 'Failed') return { afterMs, value: { failed: false } };
    const fellBack = isHTTPResponseError(answer) && ask(running, withoutTLS(request)).value.kind !== 'Failed';
    return atOnce(
      fellBack ? { failed: false, fallback: fallbackText(request) } : describeFailure(answer.message, answer.failure),
    );
  } catch (cause) {
    return atOnce(describeFailure(cause instanceof Error ? cause.message : String(cause)));
  }
}

function runCommand(own: ProcessBehavior | undefined, argv: readonly string[]): After<ExecResult> {
  if (!own) return atOnce({ kind: 'CouldNotRun', message: EXEC_AFTER_EXIT });
  const scripted = own.exec[argv.join(' ')] ?? 0;
  if (typeof scripted === 'number') return atOnce({ kind: 'Exited', exitCode: scripted, output: '' });
  const { code = 0, takes, stdout = '', stderr = '', missing } = scripted;
  if (missing) return atOnce({ kind: 'CouldNotRun', message: execFailure(argv[0] ?? '') });
  return { afterMs: msOf(takes), value: { kind: 'Exited', exitCode: code, output: stdout + stderr, stderr } };
}

function msOf(takes: string | undefined): number {
  if (takes === undefined) return 0;
  return takes === 'forever' ? FOREVER : durationMs(takes);
}

function ask(running: Running, first: HTTPRequest): After<HTTPAnswer> {
  const hops = [first];
  let afterMs = 0;
  for (let request = first; ; ) {
    const answer = respond(running, request);
    if (answer.kind === 'Failed') return { afterMs, value: answer };
    const { status, location, body, takesMs } = answer;
    afterMs += takesMs;
    const head = { status, ...(location === undefined ? {} : { location }) };
    const decision = decideRedirect(hops, head);
    if (decision.kind === 'Stop') return { afterMs, value: { kind: 'Responded', ...head, body } };
    if (decision.kind === 'Fail') return { afterMs, value: { ...decision, kind: 'Failed' } };
    request = decision.request;
    hops.push(request);
  }
}

/** The status of a server that accepts a connection and closes it, because it does not speak HTTP. */
export const NO_HTTP = 0;

/** Returns the status that a client of a URL gets, or undefined if no process accepts its connection. */
export function getClientStatus(running: Running, url: string): After<number> | undefined {
  const answer = respond(running, { url, headers: {} });
  if (answer.kind !== 'Failed') return { afterMs: answer.takesMs, value: answer.status };
  return isOpen(running, partsOf(url)?.port ?? 0) ? { afterMs: 0, value: NO_HTTP } : undefined;
}

interface ScriptedResponse {
  readonly kind: 'Response';
  readonly status: number;
  readonly location?: string;
  readonly body: string;
  readonly takesMs: number;
}

function respond(running: Running, { url }: HTTPRequest): ScriptedResponse | Extract<HTTPAnswer, { kind: 'Failed' }> {
  const parts = partsOf(url);
  const server = parts && running.find(({ http }) => http[parts.port]);
  if (parts && !server && isOpen(running, parts.port))
    return { ...failedRedirect(url, 'EOF', { kind: 'reset' }), kind: 'Failed' };
  if (!parts || !server) {
    const failed = parts
      ? failedRedirect(url, connectionRefused(parts.hostname, parts.port), REFUSED)
      : failedRedirect(url, 'http: no Host in request URL');
    return { ...failed, kind: 'Failed' };
  }
  if (server.isFrozen) return { kind: 'Response', status: 0, body: '', takesMs: FOREVER };
  if (parts.scheme === 'https' && !server.tls) {
    return { ...failedRedirect(url, `http: ${HTTP_ANSWER_TO_HTTPS}`), kind: 'Failed' };
  }
  if (parts.scheme === 'http' && server.tls) return { kind: 'Response', status: 400, body: '', takesMs: 0 };
  const scripted = server.http[parts.port]?.[parts.requestURI] ?? 404;
  if (typeof scripted === 'number') return { kind: 'Response', status: scripted, body: '', takesMs: 0 };
  const { status, location, body = '', takes } = scripted;
  return { kind: 'Response', status, body, takesMs: msOf(takes), ...(location === undefined ? {} : { location }) };
}

function isOpen(running: Running, port: number): boolean {
  return running.some(
    ({ tcp, http, grpc }) => tcp[port] === 'open' || (tcp[port] === undefined && (http[port] || grpc[port])),
  );
}

function health(running: Running, port: number, service: string): GRPCAnswer {
  const server = running.find(({ grpc }) => grpc[port]);
  const services = server?.grpc[port];
  if (!services) return { kind: 'NotConnected' };
  if (server.isFrozen) return { kind: 'CallFailed', code: DEADLINE_EXCEEDED, message: 'context deadline exceeded' };
  const status = services[service];
  return status === undefined
    ? { kind: 'CallFailed', code: NOT_FOUND, message: 'unknown service' }
    : { kind: 'Checked', status };
}

function atOnce<T>(value: T): After<T> {
  return { afterMs: 0, value };
}
