import { behaviorOf } from '../../../../src/kubelet/behavior/behaviorOf';
import type { RunHook } from '../../../../src/probes/hook/aim';
import type { HandlerResult } from '../../../../src/probes/hook/judge';
import { hookFailureMessage, SLEEP_CUT_SHORT } from '../../../../src/probes/hook/message';
import { hookRequest } from '../../../../src/probes/hook/request';
import { runHandler } from '../../../../src/probes/hook/run';
import { dialHTTP } from '../../../../src/probes/http/dial';
import { type HTTPAnswer, isHTTPResponseError } from '../../../../src/probes/http/judge';
import { type HTTPRequest, newRequest } from '../../../../src/probes/http/request';
import type { ExecResult } from '../../../../src/probes/ports';
import { realLimit } from '../../../pace';
import { containerOf, hookHandlerOf, httpGetOf, portsOf } from './handlers';
import { type Listening, listen, plainHTTP, tlsOnly } from './servers';
import { durationMs, oneOf, SOURCE_BEHAVIOR, SOURCE_VERSION, type Subject, textOf, type Words, wordsOf } from './words';

export const lifecycle: Readonly<Record<string, Subject>> = {
  'lifecycle.http.request': async (given) => {
    const { httpGet, podIP, ports, version } = wordsOf('given', given, ['httpGet', 'podIP', 'ports', 'version']);
    const { url, headers } = hookRequest(
      httpGetOf(httpGet),
      portsOf(ports),
      String(podIP ?? ''),
      String(version ?? SOURCE_VERSION),
      version ? behaviorOf(String(version)) : SOURCE_BEHAVIOR,
    );
    return { url, headers };
  },

  'lifecycle.isHTTPResponseError': async (given) => {
    const { request, server } = wordsOf('given', given, ['request', 'server']);
    const scheme = oneOf('request', request, ['http', 'https']);
    await using listening = await serverOf(server, () => {});
    const answer = await dialHTTP(newRequest(`${scheme}://127.0.0.1:${listening.port}/`, {}, ''), {
      timeoutMs: realLimit(5_000),
    });
    return { value: isHTTPResponseError(answer) };
  },

  'lifecycle.run': async (given) => {
    const known = ['container', 'deadline', 'execResult', 'handler', 'httpResult', 'pod', 'podIP', 'server'];
    const words = wordsOf('given', given, known);
    const received: string[] = [];
    await using listening =
      words.server === undefined ? undefined : await serverOf(words.server, (headers) => received.push(headers));
    const command = commandOf(words, listening?.port);
    const seen: Seen = {};
    const result = command.handler.sleep
      ? sleep(command.handler.sleep.seconds, words.deadline)
      : await runHandler(command, meansOf(words, seen, listening !== undefined));
    return {
      ...told(command, words.pod, result),
      executed: seen.executed,
      url: seen.request?.url,
      sentHeaders: seen.request?.headers,
      receivedHeadersLack: received.at(-1),
    };
  },
};

/** The command or request that a hook sent. */
interface Seen {
  executed?: readonly string[];
  request?: HTTPRequest;
}

function meansOf({ execResult, httpResult }: Words, seen: Seen, isReal: boolean): Parameters<typeof runHandler>[1] {
  return {
    kubernetesVersion: SOURCE_VERSION,
    execInContainer: async (_id, argv) => {
      seen.executed = argv;
      return execResultOf(execResult);
    },
    http: async (request) => {
      seen.request ??= request;
      return isReal ? dialHTTP(request) : httpAnswerOf(httpResult);
    },
  };
}

function told(command: RunHook, pod: unknown, { error, output, fallback }: HandlerResult): Words {
  const owner = { name: '', namespace: '', uid: '', ...wordsOf('pod', pod ?? {}, ['name', 'namespace', 'uid']) };
  const container = command.container.name;
  return {
    error: error !== undefined,
    errorMessage: error,
    message: error === undefined ? '' : hookFailureMessage(command.handler, { container, pod: owner }, error, output),
    event: fallback === undefined ? null : `Warning LifecycleHTTPFallback ${fallback}`,
    // The kubelet's metric counts just these hooks.
    metric: { kubelet_lifecycle_handler_http_fallbacks_total: fallback === undefined ? 0 : 1 },
  };
}

/** Runs the timer of the kubelet, which ends with the grace period of the container. */
function sleep(seconds: number, deadline: unknown): HandlerResult {
  const isCut = deadline !== undefined && durationMs('deadline', deadline) < seconds * 1000;
  return isCut ? { error: SLEEP_CUT_SHORT } : {};
}

/** Returns the command of a hook. A handler that calls the server of the case gets its port. */
function commandOf({ container, handler, podIP }: Words, serverPort: number | undefined): RunHook {
  const given = hookHandlerOf(handler ?? {});
  const named =
    typeof container === 'object' ? wordsOf('container', container, ['name', 'ports']) : { name: container };
  return {
    kind: 'RunHook',
    run: 1,
    id: 'id',
    hook: 'postStart',
    podIP: String(podIP ?? (serverPort === undefined ? '' : '127.0.0.1')),
    container: containerOf({ name: String(named.name ?? ''), ports: portsOf('ports' in named ? named.ports : []) }),
    handler: given.httpGet && serverPort !== undefined ? { httpGet: { ...given.httpGet, port: serverPort } } : given,
  };
}

function execResultOf(value: unknown): ExecResult {
  const { output, error } = wordsOf('execResult', value ?? {}, ['error', 'output']);
  const printed = textOf('execResult.output', output);
  if (error === undefined || error === null) return { kind: 'Exited', exitCode: 0, output: printed };
  return { kind: 'CouldNotRun', message: String(error), output: printed };
}

function httpAnswerOf(value: unknown): HTTPAnswer {
  const { status, body, error } = wordsOf('httpResult', value ?? {}, ['body', 'error', 'status']);
  if (error !== undefined && error !== null) return { kind: 'Failed', message: String(error) };
  return { kind: 'Responded', status: Number(status ?? 200), body: textOf('httpResult.body', body) };
}

function serverOf(server: unknown, onHeaders: (headers: string) => void): Promise<Listening> {
  switch (oneOf('server', server, ['plain-http', 'tls'])) {
    case 'plain-http':
      return listen(plainHTTP((request) => onHeaders(Object.keys(request.headers).join('\n'))));
    case 'tls':
      return listen(tlsOnly());
  }
}
