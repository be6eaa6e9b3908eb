import type { HandlerFailure } from '../../timeline/causes';
import { goQuote } from '../goText';
import type { Headers } from './headers';
import type { HTTPRequest } from './request';
import { partsOf } from './url';

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
const MAX_REDIRECTS = 10;

/** The head of a response, as far as it matters. */
export interface ResponseHead {
  readonly status: number;
  readonly location?: string;
}

export type RedirectDecision =
  | { readonly kind: 'Follow'; readonly request: HTTPRequest }
  /** This response is the one that is judged. */
  | { readonly kind: 'Stop' }
  | UnansweredRequest;

/** A request that came to nothing. */
export interface UnansweredRequest {
  readonly kind: 'Fail';
  readonly message: string;
  readonly failure?: HandlerFailure;
}

/**
 * Returns the step after the response to the last of `hops`, the requests so far: a redirect is followed if its host
 * name is the first request's. The kubelet never sets `followNonLocalRedirects`, which is for other programs.
 *
 * Source: probe/http/http.go `RedirectChecker`; Go net/http `Client.do`.
 */
export function decideRedirect(
  hops: readonly HTTPRequest[],
  response: ResponseHead,
  followNonLocalRedirects = false,
): RedirectDecision {
  const first = hops[0];
  const last = hops.at(-1);
  const { status, location } = response;
  if (!first || !last || !location || !REDIRECTS.includes(status)) return { kind: 'Stop' };
  const url = resolve(location, last.url);
  if (url === undefined) return failedRedirect(last.url, `failed to parse Location header ${goQuote(location)}`);
  if (!followNonLocalRedirects && hostname(url) !== hostname(first.url)) return { kind: 'Stop' };
  if (hops.length >= MAX_REDIRECTS) return failedRedirect(location, 'stopped after 10 redirects');
  return { kind: 'Follow', request: nextRequest(first, last, url, location) };
}

/** Returns the result of a request that failed, in Go's words. Source: Go net/url `Error`. */
export function failedRedirect(url: string, cause: string, failure?: HandlerFailure): UnansweredRequest {
  return { kind: 'Fail', message: `Get ${goQuote(url)}: ${cause}`, ...(failure && { failure }) };
}

function hostname(url: string): string | undefined {
  return partsOf(url)?.hostname;
}

/**
 * Returns an absolute URL. The WHATWG parser resolves the path as Go does, but rewrites the host, so the host stays as
 * it was written.
 */
function resolve(location: string, base: string): string | undefined {
  if (!URL.canParse(location, base)) return undefined;
  const written = /^(?:[a-z][a-z0-9+.-]*:)?\/\/([^/?#]*)/i.exec(location)?.[1];
  if (written === undefined && isAbsolute(location)) return location;
  const { protocol, pathname, search, hash } = new URL(location, base);
  return `${protocol}//${written ?? partsOf(base)?.host}${pathname}${search}${hash}`;
}

function isAbsolute(location: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(location);
}

/** Source: Go net/http `Client.do`, `makeHeadersCopier`, `refererForURL`. */
function nextRequest(first: HTTPRequest, last: HTTPRequest, url: string, location: string): HTTPRequest {
  const leavesTLS = partsOf(last.url)?.scheme === 'https' && partsOf(url)?.scheme === 'http';
  const referer: Headers = leavesTLS ? {} : { Referer: [last.url] };
  return {
    url,
    headers: { ...referer, ...first.headers },
    ...(last.host !== undefined && !isAbsolute(location) ? { host: last.host } : {}),
    ...(first.isH2C && { isH2C: true }),
  };
}
