import type { ContainerPort, HTTPGetAction } from '../../manifest/model';
import { hostToDial } from '../address';
import { type PortRules, resolveContainerPort } from '../port';
import { type Headers, headersOf, withDefaults } from './headers';
import { formatURL } from './url';

/** A GET request. Source: Go net/http `Request`. */
export interface HTTPRequest {
  readonly url: string;
  readonly headers: Headers;
  /** Value of the Host header, if it differs from the URL. */
  readonly host?: string;
  /** True if it goes over HTTP/2 without TLS. */
  readonly isH2C?: true;
}

/** Target of an httpGet handler, with its path. */
export interface HTTPTarget {
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

/** Throws a PortError or NoAddressError when there is no such place. */
export function httpTarget(
  httpGet: Pick<HTTPGetAction, 'host' | 'port' | 'path'>,
  ports: readonly ContainerPort[],
  podIP: string,
  rules: PortRules,
): HTTPTarget {
  const port = resolveContainerPort(httpGet.port, ports, rules);
  return { host: hostToDial(httpGet.host, podIP), port, path: httpGet.path };
}

/**
 * Returns the request of an httpGet handler; `host` is the address to connect to, and a Host header names a virtual
 * host. Throws a PortError or NoAddressError if it has no target.
 *
 * Source: probe/http/request.go `NewRequestForHTTPGetAction`.
 */
export function requestForHTTPGet(
  httpGet: HTTPGetAction,
  ports: readonly ContainerPort[],
  podIP: string,
  userAgent: string,
  rules: PortRules,
): HTTPRequest {
  const { host, port, path } = httpTarget(httpGet, ports, podIP, rules);
  const url = formatURL(httpGet.scheme.toLowerCase(), host, port, path);
  const request = newRequest(url, headersOf(httpGet.httpHeaders ?? []), userAgent);
  return httpGet.protocol === 'HTTP2' ? { ...request, isH2C: true } : request;
}

/** Source: probe/http/request.go `newProbeRequest`. */
export function newRequest(url: string, given: Headers, userAgent: string): HTTPRequest {
  const [host] = given.Host ?? [];
  return { url, headers: withDefaults(given, userAgent), ...(host ? { host } : {}) };
}
