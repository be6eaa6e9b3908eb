import { once } from 'node:events';
import http2 from 'node:http2';
import type { Readable } from 'node:stream';
import type { Connection } from '../ports';
import type { HTTPRequest } from './request';
import type { URLParts } from './url';

/** The head and the body of a response over HTTP/2. */
export interface H2CResponse {
  readonly status: number;
  readonly location: string | undefined;
  readonly stream: Readable;
}

/**
 * Sends a GET request over HTTP/2 without TLS, with prior knowledge: no upgrade from HTTP/1.1 is tried.
 *
 * Source: probe/http/http.go `ProbeH2C`.
 */
export async function askH2C(
  { headers, host }: HTTPRequest,
  parts: URLParts,
  signal: AbortSignal,
  connection: Connection | undefined,
): Promise<H2CResponse> {
  await connection?.connected;
  const means = connection ? { createConnection: () => connection.socket } : {};
  const session = http2.connect(`http://${parts.host}`, means);
  try {
    const ended = once(session, 'error', { signal }).then(([error]) => Promise.reject(error));
    ended.catch(() => {});
    const stream = session.request({ ...headers, ':path': parts.requestURI, ':authority': host ?? parts.host });
    stream.on('error', () => {});
    stream.on('close', () => session.destroy());
    const [head] = await Promise.race([once(stream, 'response', { signal }), ended]);
    const { ':status': status = 0, location } = head as http2.IncomingHttpHeaders & http2.IncomingHttpStatusHeader;
    return { status, location, stream };
  } catch (error) {
    session.destroy();
    // The cause of a broken connection says more than the cancellation of its streams, which follows from it.
    throw (error as Error).cause ?? error;
  }
}
