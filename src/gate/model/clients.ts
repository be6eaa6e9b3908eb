import type { Container, HTTPGetAction, IntOrString } from '../../manifest/model';
import type { ClientOptions } from './actor';
import { runningContainers, type Subject } from './subject';

/** Often enough that a gap of a tenth of a second is seen. */
const EVERY = '50ms';

/** Somebody who asks the pod by HTTP, over and over. */
export interface Client {
  /** Who answers. */
  readonly container: string;
  readonly path: string;
  /** Whether it asks what the readiness probe asks: to refuse that is a good answer of what is about to go. */
  readonly asksReadiness: boolean;
  readonly options: ClientOptions;
}

/**
 * Who comes to the pod: one client for each port that a Service or an HTTP readiness probe names. Each asks what a liveness
 * or startup probe asks there, as that is answered to the end, and else what readiness asks. Nothing is known to ask of a
 * port that no probe asks by HTTP.
 */
export function clientsOf(subject: Subject): readonly Client[] {
  const { targetPort, publishNotReadyAddresses, obstacle } = subject.backend;
  if (obstacle !== undefined) return [];
  // Its clients come until it is gone, and beyond, whatever it does.
  if (publishNotReadyAddresses) return [];
  const clients = new Map<number, Client>();
  for (const container of runningContainers(subject)) {
    const { readinessProbe } = container;
    for (const port of [readinessProbe?.httpGet?.port, ownPort(container, targetPort)]) {
      const number = port === undefined ? undefined : ownPort(container, port);
      const client = number === undefined ? undefined : clientAt(subject, container, number);
      if (number !== undefined && client && !clients.has(number)) clients.set(number, client);
    }
  }
  return [...clients.values()];
}

/** Returns the paths whose error is no drop: readiness may refuse a request because the pod terminates. */
export function refusable(clients: readonly Client[]): readonly string[] {
  return clients.filter(({ asksReadiness }) => asksReadiness).map(({ path }) => path);
}

function clientAt({ endpointRemovalDelay }: Subject, container: Container, port: number): Client | undefined {
  const { livenessProbe, startupProbe, readinessProbe } = container;
  const readiness = httpAt(container, readinessProbe?.httpGet, port);
  const others = [livenessProbe, startupProbe].flatMap((probe) => httpAt(container, probe?.httpGet, port) ?? []);
  const asked = others.find(({ path }) => path !== readiness?.path) ?? others[0] ?? readiness;
  if (!asked) return undefined;
  const { path, scheme, httpHeaders = [] } = asked;
  return {
    container: container.name,
    path: path.startsWith('/') ? path : `/${path}`,
    asksReadiness: path === readiness?.path,
    options: {
      port,
      scheme: scheme === 'HTTPS' ? 'https' : 'http',
      every: EVERY,
      endpointRemovalDelay,
      ...(httpHeaders.length > 0 && {
        headers: Object.fromEntries(httpHeaders.map(({ name, value }) => [name, value])),
      }),
    },
  };
}

/** What a probe asks for at that port of the pod itself. */
function httpAt(container: Container, httpGet: HTTPGetAction | undefined, port: number): HTTPGetAction | undefined {
  return httpGet && httpGet.host === undefined && ownPort(container, httpGet.port) === port ? httpGet : undefined;
}

/** The number of a port; by name, the one that the container itself gives it to. */
function ownPort({ ports = [] }: Container, port: IntOrString | undefined): number | undefined {
  return typeof port === 'string' ? ports.find(({ name }) => name === port)?.containerPort : port;
}
