import http from 'node:http';
import https from 'node:https';
import got, { RequestError, TimeoutError } from 'got';
import { through } from '../probes/http/through';
import type { ConnectInside, Connection } from '../probes/ports';
import { answered, type RequestResult, type RequestsOrder } from './order';

/** kube-proxy chooses an endpoint for a connection: a client that kept one would notice nothing. */
const AGENT = { http: new http.Agent({ keepAlive: false }), https: new https.Agent({ keepAlive: false }) };

const NO_ROUTE = 'no route to host';

/** Words for what a connection ends with. */
const FAILURES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection reset',
  EHOSTUNREACH: NO_ROUTE,
  ENETUNREACH: NO_ROUTE,
};

/** How a request comes about. */
export interface AskOptions {
  /** Gives the request up. */
  readonly signal: AbortSignal;
  /** Called when the request is about to be sent. Returns whether it still is to be. */
  readonly onBegin: () => boolean;
  /** Where it is absent, this machine reaches the pod. */
  readonly connectInside?: ConnectInside;
}

/**
 * Makes one GET request over a connection of its own, and reads the answer to its end; never rejects. Redirects are
 * answers, and so is what is the client's own fault (4xx). Certificates are not verified. Undefined if it was not sent.
 */
export async function sendRequest(
  host: string,
  order: RequestsOrder,
  { signal, onBegin, connectInside }: AskOptions,
): Promise<RequestResult | undefined> {
  let connection: Connection | undefined;
  try {
    connection = await connectInside?.(host, order.port);
  } catch {
    // The sandbox is not to be entered any more: nothing of the pod's network is left.
    return onBegin() ? { failure: NO_ROUTE } : undefined;
  }
  try {
    if (!onBegin()) return undefined;
    return await askOver(connection, host, order, signal);
  } finally {
    connection?.socket.destroy();
  }
}

async function askOver(
  connection: Connection | undefined,
  host: string,
  order: RequestsOrder,
  signal: AbortSignal,
): Promise<RequestResult> {
  const { scheme, port, path, headers, timeoutMs } = order;
  const send = scheme === 'https' ? https.request : http.request;
  const createConnection = connection && through(connection, { scheme, hostname: host });
  const request = got.stream(`${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}${path}`, {
    ...(createConnection
      ? { request: (url, options, onResponse) => send(url, { ...options, createConnection }, onResponse) }
      : { agent: AGENT }),
    headers,
    signal,
    timeout: { request: timeoutMs },
    retry: { limit: 0 },
    followRedirect: false,
    throwHttpErrors: false,
    decompress: false,
    https: { rejectUnauthorized: false },
  });
  let status: number | undefined;
  request.once('response', (response: http.IncomingMessage) => {
    status = response.statusCode;
  });
  try {
    for await (const _ of request) {
      // Read to the end: an answer that is cut short is none.
    }
  } catch (error) {
    return {
      ...(status !== undefined && { status }),
      failure: failureOf(error, status, timeoutMs),
      ...(error instanceof RequestError && error.code === 'ECONNREFUSED' && { isRefused: true }),
    };
  }
  return status === undefined ? { failure: 'no answer' } : answered(status);
}

function failureOf(error: unknown, status: number | undefined, timeoutMs: number): string {
  if (error instanceof TimeoutError) return `timed out after ${timeoutMs / 1_000} s`;
  if (status !== undefined) return 'answer cut short';
  if (!(error instanceof Error)) return String(error);
  return (error instanceof RequestError && FAILURES[error.code]) || error.message;
}
