import { goQuote } from '../goText';
import { dialErrorText, errnoText, isDialError, type NetError } from '../netError';
import { HTTP_ANSWER_TO_HTTPS } from './judge';

/** Error of Node for a request that got no response. */
export interface TransportError extends NetError {
  /** Bytes that could not be read as HTTP. */
  readonly rawPacket?: Uint8Array | undefined;
  /** OpenSSL's word for it. */
  readonly reason?: string | undefined;
}

export const TIMED_OUT_BEFORE_HEADERS = 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';
export const TIMED_OUT_IN_BODY =
  'context deadline exceeded (Client.Timeout or context cancellation while reading body)';

/** Returns why there was no response, in Go's words. Source: Go net/http `Transport`, crypto/tls. */
export function transportErrorText(error: TransportError): string {
  if (isDialError(error)) return dialErrorText(error);
  const { code = '', syscall, message } = error;
  if (code === 'HPE_HEADER_OVERFLOW') return 'net/http: server response headers exceeded 10485760 bytes; aborted';
  if (code.startsWith('HPE_')) return `net/http: HTTP/1.x transport connection broken: ${describeMalformed(error)}`;
  const tls = opensslReason(error);
  if (tls !== undefined) return tlsErrorText(tls);
  if (syscall) return `${syscall} tcp: ${syscall}: ${errnoText(error)}`;
  return code === 'ECONNRESET' ? 'EOF' : message;
}

function opensslReason({ reason, message }: TransportError): string | undefined {
  return reason ?? /:SSL routines:[^:]*:([^:]*)/.exec(message)?.[1];
}

function tlsErrorText(reason: string): string {
  // OpenSSL does not report what it read instead of TLS. An HTTP server's response is by far the likeliest.
  if (reason === 'wrong version number') return `http: ${HTTP_ANSWER_TO_HTTPS}`;
  const alert = / alert (.*)$/.exec(reason)?.[1];
  return alert === undefined ? `tls: ${reason}` : `remote error: tls: ${alert}`;
}

function describeMalformed({ rawPacket, message }: TransportError): string {
  const [line = ''] = rawPacket ? new TextDecoder().decode(rawPacket).split(/\r?\n/) : [message];
  return `malformed HTTP response ${goQuote(line)}`;
}
