import { joinHostPort } from '../address';

/** A URL in the parts a client needs. */
export interface URLParts {
  /** The scheme without its colon. */
  readonly scheme: string;
  /** The host with the port, as it was written. */
  readonly host: string;
  /** The host without port and brackets. */
  readonly hostname: string;
  /** The port, by default that of the scheme. */
  readonly port: number;
  /** Path and query as they go on the wire. */
  readonly requestURI: string;
}

const URL_PATTERN = /^([a-z][a-z0-9+.-]*):\/\/(?:[^/?#]*@)?([^/?#]*)([^?#]*)(\??[^#]*)/i;
const REFERENCE_PATTERN = /^(?:([a-z][a-z0-9+.-]*):)?(?:\/\/(?!\/)[^/?#]*)?([^?#]*)(\?[^#]*)?(#.*)?$/is;
const CHARACTERS_A_PATH_MAY_HAVE = /^(?:[\w.~!$&'()*+,;=:@/[\]-]|%[0-9a-f]{2})*$/i;

/**
 * Returns the URL of a handler as Go prints it. The path is read as a URL reference, so it may contain a query; if that
 * fails, all of it is the path.
 *
 * Source: probe/http/request.go `formatURL`.
 */
export function formatURL(scheme: string, host: string, port: number, path: string): string {
  const { pathname, rest } = parseReference(path) ?? { pathname: escapePath(path), rest: '' };
  const slash = pathname === '' || pathname.startsWith('/') ? '' : '/';
  return `${scheme}://${joinHostPort(host, port)}${slash}${pathname}${rest}`;
}

/** Source: Go net/url `Parse`, for what can stand in a handler's path; its scheme and host are overwritten. */
function parseReference(path: string): { readonly pathname: string; readonly rest: string } | undefined {
  const [whole, scheme, pathname = '', query = '', fragment = ''] = REFERENCE_PATTERN.exec(path) ?? [];
  const hasControls = /\p{Cc}/u.test(path);
  const hasColonInFirstSegment = scheme === undefined && /^[^/]*:/.test(pathname);
  if (whole === undefined || hasControls || hasColonInFirstSegment) return undefined;
  if (CHARACTERS_A_PATH_MAY_HAVE.test(pathname)) return { pathname, rest: query + fragment };
  const decoded = decode(pathname);
  return decoded === undefined ? undefined : { pathname: escapePath(decoded), rest: query + fragment };
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** Source: Go net/url `escape`, for a path. */
function escapePath(path: string): string {
  return encodeURI(path).replace(/[?#!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Returns undefined if it is not the URL of a host. */
export function partsOf(url: string): URLParts | undefined {
  const [whole, scheme = '', host = '', pathname = '', query = ''] = URL_PATTERN.exec(url) ?? [];
  if (whole === undefined) return undefined;
  const [written = '', port = ''] = /:(\d*)$/.exec(host) ?? [];
  const hostname = host.slice(0, host.length - written.length);
  return {
    scheme: scheme.toLowerCase(),
    host,
    hostname: hostname.startsWith('[') && hostname.endsWith(']') ? hostname.slice(1, -1) : hostname,
    port: port === '' ? (scheme.toLowerCase() === 'https' ? 443 : 80) : Number(port),
    requestURI: (pathname.startsWith('/') ? pathname : `/${pathname}`) + query,
  };
}
