import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import type { Readable } from 'node:stream';
import { firstBytes, MAX_OUTPUT_BYTES } from '../limit';
import { networkFailure } from '../netError';
import type { ConnectInside, Connection } from '../ports';
import { DialDeadline } from './deadline';
import { askH2C } from './h2c';
import { wireHeaders } from './headers';
import type { HTTPAnswer } from './judge';
import { decideRedirect, failedRedirect, type ResponseHead, type UnansweredRequest } from './redirect';
import type { HTTPRequest } from './request';
import { through } from './through';
import { TIMED_OUT_BEFORE_HEADERS, TIMED_OUT_IN_BODY, type TransportError, transportErrorText } from './transportError';
import { partsOf, type URLParts } from './url';

/** Bytes that Go reads of a response's head at most. Source: Go net/http `Transport.MaxResponseHeaderBytes`. */
const MAX_HEADER_BYTES = 10 * 1024 * 1024;

export interface HTTPDialOptions {
  /** Over everything: connecting, TLS, redirects and the body. Without it there is no limit. */
  readonly timeoutMs?: number;
  readonly followNonLocalRedirects?: boolean;
  /** If absent, this machine reaches the pod. */
  readonly connectInside?: ConnectInside;
}

/** Asks for an answer by HTTP, redirects included; never rejects. */
export type HTTPDial = (request: HTTPRequest, options?: HTTPDialOptions) => Promise<HTTPAnswer>;

/**
 * Makes a GET request as the kubelet's client does: no proxy, certificates unverified, one connection a request, no
 * compression, and of the body no more than is kept.
 *
 * Source: probe/http/http.go `NewWithTLSConfig`, `Probe`.
 */
export const dialHTTP: HTTPDial = async (first, { timeoutMs, followNonLocalRedirects, connectInside } = {}) => {
  const hops = [first];
  const connections: Connection[] = [];
  const enter = async ({ url }: HTTPRequest): Promise<Connection | undefined> => {
    const { hostname = '', port = 0 } = partsOf(url) ?? {};
    const connection = await connectInside?.(hostname, port);
    if (connection) connections.push(connection);
    return connection;
  };
  const deadline = new DialDeadline(timeoutMs);
  const { signal } = deadline;
  try {
    for (let request = first; ; ) {
      // The server's time does not include the way into the pod's network.
      deadline.pause();
      const connection = await enter(request);
      deadline.run();
      const response = await ask(request, signal, connection);
      if (response.kind === 'Fail') return { ...response, kind: 'Failed' };
      const decision = decideRedirect(hops, response.head, followNonLocalRedirects);
      if (decision.kind === 'Stop') return await read(response, signal);
      response.stream.destroy();
      if (decision.kind === 'Fail') return { ...decision, kind: 'Failed' };
      request = decision.request;
      hops.push(request);
    }
  } finally {
    deadline.pause();
    for (const { socket } of connections) socket.destroy();
  }
};

interface ReceivedResponse {
  readonly kind: 'Response';
  readonly head: ResponseHead;
  readonly stream: Readable;
}

async function ask(
  request: HTTPRequest,
  signal: AbortSignal,
  connection: Connection | undefined,
): Promise<ReceivedResponse | UnansweredRequest> {
  const parts = partsOf(request.url);
  if (!parts) return failedRedirect(request.url, 'http: no Host in request URL');
  if (!['http', 'https'].includes(parts.scheme))
    return failedRedirect(request.url, `unsupported protocol scheme ${JSON.stringify(parts.scheme)}`);
  try {
    if (request.isH2C && parts.scheme === 'http') {
      const { status, location, stream } = await askH2C(request, parts, signal, connection);
      return { kind: 'Response', head: { status, ...(location !== undefined && { location }) }, stream };
    }
    const asked = open(request, parts, signal, connection);
    // Errors after a request is given up have no effect.
    asked.on('error', () => {});
    // A request that is aborted before it has a socket emits nothing.
    const [stream] = await once(asked, 'response', { signal });
    stream.on('error', () => {});
    return { kind: 'Response', head: headOf(stream), stream };
  } catch (error) {
    if (signal.aborted) return failedRedirect(request.url, TIMED_OUT_BEFORE_HEADERS, { kind: 'timedOut' });
    return failedRedirect(
      request.url,
      transportErrorText(error as TransportError),
      networkFailure(error as TransportError),
    );
  }
}

function open(
  request: HTTPRequest,
  parts: URLParts,
  signal: AbortSignal,
  connection: Connection | undefined,
): http.ClientRequest {
  const { hostname, host, port, requestURI } = parts;
  const headers = wireHeaders(request.host ?? host, request.headers).flat();
  const send = parts.scheme === 'https' ? https.request : http.request;
  const means = connection ? { createConnection: through(connection, parts) } : { agent: false as const };
  const options = {
    signal,
    hostname,
    port,
    path: requestURI,
    headers,
    rejectUnauthorized: false,
    servername: isIP(hostname) ? '' : hostname,
    maxHeaderSize: MAX_HEADER_BYTES,
    insecureHTTPParser: true,
    ...means,
  };
  return send(options).end();
}

function headOf(message: http.IncomingMessage): ResponseHead {
  const { statusCode: status = 0, headers } = message;
  // Node reads header bytes as Latin-1; Go leaves them as they are, which is UTF-8 for a URL.
  return headers.location === undefined
    ? { status }
    : { status, location: Buffer.from(headers.location, 'latin1').toString() };
}

async function read({ head, stream }: ReceivedResponse, signal: AbortSignal): Promise<HTTPAnswer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= MAX_OUTPUT_BYTES) break;
    }
    return { kind: 'Responded', ...head, body: firstBytes(Buffer.concat(chunks), MAX_OUTPUT_BYTES) };
  } catch {
    if (signal.aborted) return { kind: 'BodyLost', message: TIMED_OUT_IN_BODY, failure: { kind: 'timedOut' } };
    return { kind: 'BodyLost', message: 'unexpected EOF', failure: { kind: 'reset' } };
  }
}
