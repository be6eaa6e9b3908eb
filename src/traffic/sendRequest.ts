import http from 'node:http';
import https from 'node:https';
import got, { RequestError, TimeoutError } from 'got';
import { through } from '../probes/http/through';
import type { ConnectInside, Connection } from '../probes/ports';
import { makeAnswered, type RequestResult, type RequestsOrder } from './order';

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

/** Options of a request. */
export interface AskOptions {
  /** Gives the request up. */
  readonly signal: AbortSignal;
  /** Called when the request is about to be sent. Returns whether it should be sent. */
  readonly onBegin: () => boolean;
  /** If absent, this machine reaches the pod. */
  readonly connectInside?: ConnectInside;
}

/**
 * Sends one GET request over its own connection, without verifying certificates, and reads the response to its end;
 * never rejects. Redirects and errors of the client (4xx) are responses; returns undefined if the request was not sent.
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
      // An answer that is cut short is a failure, so it is read to the end.
    }
  } catch (error) {
    return {
      ...(status !== undefined && { status }),
      failure: failureOf(error, status, timeoutMs),
      ...(error instanceof RequestError && error.code === 'ECONNREFUSED' && { isRefused: true }),
    };
  }
  return status === undefined ? { failure: 'no answer' } : makeAnswered(status);
}

function failureOf(error: unknown, status: number | undefined, timeoutMs: number): string {
  if (error instanceof TimeoutError) return `timed out after ${timeoutMs / 1_000}s`;
  if (status !== undefined) return 'answer cut short';
  if (!(error instanceof Error)) return String(error);
  return (error instanceof RequestError && FAILURES[error.code]) || error.message;
}
