import type { Behavior } from '../../kubelet/behavior/behavior';
import { behaviorOf } from '../../kubelet/behavior/behaviorOf';
import type { ContainerPort, HTTPGetAction } from '../../manifest/model';
import { joinHostPort } from '../address';
import { type HTTPRequest, httpTarget, requestForHTTPGet } from '../http/request';
import { partsOf } from '../http/url';
import { userAgent } from '../version';

/**
 * Returns the request of an httpGet hook; up to 1.25 it has neither scheme nor headers. Throws a PortError or
 * NoAddressError if it has no target.
 *
 * Source: lifecycle/handlers.go `runHTTPHandler`.
 */
export function hookRequest(
  httpGet: HTTPGetAction,
  ports: readonly ContainerPort[],
  podIP: string,
  kubernetesVersion: string,
  behavior: Behavior = behaviorOf(kubernetesVersion),
): HTTPRequest {
  if (behavior.hookHasSchemeAndHeaders) {
    return requestForHTTPGet(httpGet, ports, podIP, userAgent('lifecycle', kubernetesVersion), behavior);
  }
  const { host, port, path } = httpTarget(httpGet, ports, podIP, behavior);
  return { url: `http://${joinHostPort(host, port)}/${path}`, headers: { 'User-Agent': ['Go-http-client/1.1'] } };
}

/** Returns the same request over plain HTTP, without the credentials for TLS. */
export function withoutTLS(request: HTTPRequest): HTTPRequest {
  const { Authorization: _, ...headers } = request.headers;
  return { ...request, headers, url: request.url.replace(/^https:/, 'http:') };
}

/** Returns the text of the event after that worked. */
export function fallbackText(request: HTTPRequest): string {
  return `request to HTTPS lifecycle hook ${partsOf(request.url)?.host} got HTTP response, retry with HTTP succeeded`;
}
