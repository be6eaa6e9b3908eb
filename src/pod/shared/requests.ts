import { inspect } from 'node:util';
import { type Duration, parseDuration } from '../../clock/duration';
import type { IntOrString, Pod } from '../../manifest/model';
import type { ServiceBackend } from '../../manifest/workload/backend';
import type { RequestsOrder } from '../../traffic/order';
import { formatDuration } from '../../wording/durations';
import { checkedOptions, type OptionNames } from './options';
import { portForClients } from './portForClients';

/** Options of a client. */
export interface RequestsOptions {
  /**
   * The port by number or by its name in a container. Default: the target port of the Service that selects the pod,
   * else the first port that a container lists.
   */
  readonly port?: IntOrString;
  /** Time between two requests, even if the first has no response yet. Default: `100ms`. */
  readonly every?: Duration;
  /**
   * The time in which clients still connect after the pod has left the endpoints, because kube-proxy and load balancers
   * learn about that later. Default: `1s`, which is how long kube-proxy may gather changes before it applies them
   * (`--iptables-min-sync-period`).
   */
  readonly endpointRemovalDelay?: Duration;
  /** The limit of a whole request: connecting, the response and its body. Default: `10s`. */
  readonly timeout?: Duration;
  /** Most requests in flight at the same time, so a client of 1 waits for each response. Default: no limit. */
  readonly concurrency?: number;
  /** The number of requests. Default: until the client is stopped. */
  readonly count?: number;
  /** Scheme of the requests, without verification of certificates. Default: `http`. */
  readonly scheme?: 'http' | 'https';
  /** Headers of each request, such as `host` for a virtual host. */
  readonly headers?: Readonly<Record<string, string>>;
}

const OPTIONS: OptionNames<RequestsOptions> = {
  port: true,
  every: true,
  endpointRemovalDelay: true,
  timeout: true,
  concurrency: true,
  count: true,
  scheme: true,
  headers: true,
};

/** Client that sends requests to a pod. */
export interface PodClient extends AsyncDisposable {
  /** Sends no more requests. Resolves when each request in flight is recorded. */
  stop(): Promise<void>;
}

/**
 * Returns the requests of a test to a pod.
 *
 * @throws Error when there is no such port, or none to choose.
 * @throws TypeError when that is no path, or there is no such option.
 * @throws RangeError when a duration or a number is none.
 */
export function requestsOrder(
  pod: Pod,
  backend: ServiceBackend,
  path: string,
  options: RequestsOptions,
): RequestsOrder {
  if (typeof path !== 'string' || !path.startsWith('/'))
    throw new TypeError(`requests: path must begin with '/', received ${inspect(path)}`);
  const given = checkedOptions('requests', options, OPTIONS);
  const { port, every, endpointRemovalDelay, timeout, scheme = 'http', headers = {} } = given;
  return {
    scheme,
    path,
    headers,
    port: portForClients(pod, backend, port),
    everyMs: milliseconds('every', every ?? '100ms', 1),
    endpointRemovalDelayMs: milliseconds('endpointRemovalDelay', endpointRemovalDelay ?? '1s', 0),
    timeoutMs: milliseconds('timeout', timeout ?? '10s', 1),
    ...wholeNumber('concurrency', given.concurrency),
    ...wholeNumber('count', given.count),
  };
}

/** Returns the text of the test's action in the timeline. */
export function requestsDetail({ path, everyMs, count }: RequestsOrder): string {
  return count === 1 ? `GET ${path}` : `GET ${path} every ${formatDuration(everyMs)}`;
}

function wholeNumber<Name extends 'concurrency' | 'count'>(name: Name, given: number | undefined) {
  if (given === undefined) return {};
  if (Number.isInteger(given) && given >= 1) return { [name]: given } as { readonly [Key in Name]: number };
  throw new RangeError(`requests: ${name} must be a whole number of at least 1, received ${inspect(given)}`);
}

function milliseconds(name: string, written: Duration, leastMs: number): number {
  const ms = typeof written === 'string' ? parseDuration(written) : undefined;
  if (ms !== undefined && ms >= leastMs) return ms;
  throw new RangeError(`requests: ${name} must be a duration such as '100ms' or '1m30s', received ${inspect(written)}`);
}
