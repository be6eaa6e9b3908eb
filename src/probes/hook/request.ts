import type { Behavior } from '../../kubelet/behavior/behavior';
import { behaviorOf } from '../../kubelet/behavior/behaviorOf';
import type { ContainerPort, HTTPGetAction } from '../../manifest/model';
import { joinHostPort } from '../address';
import { type HTTPRequest, httpTarget, requestForHTTPGet } from '../http/request';
import { partsOf } from '../http/url';
import { userAgent } from '../version';

/**
 * The request an httpGet hook makes. Up to 1.25 it knew neither scheme nor headers.
 *
 * Throws a PortError or NoAddressError when there is nobody to ask.
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

/** The same over plain HTTP, without the credentials that were meant for TLS. */
export function withoutTLS(request: HTTPRequest): HTTPRequest {
  const { Authorization: _, ...headers } = request.headers;
  return { ...request, headers, url: request.url.replace(/^https:/, 'http:') };
}

/** What the event says when that worked. */
export function fallbackText(request: HTTPRequest): string {
  return `request to HTTPS lifecycle hook ${partsOf(request.url)?.host} got HTTP response, retry with HTTP succeeded`;
}
