import type { Duration } from '../../clock/duration';
import type { Container, HTTPGetAction, IntOrString } from '../../manifest/model';
import type { ProbeType } from '../../timeline/event';
import type { ClientOptions } from './actor';
import { runningContainers, type Subject } from './subject';

/** This interval shows a gap of 100ms. */
const EVERY = '50ms';
/** A client that waits for each response does not overload a slow app. */
const UNDER_WAY = 1;

/** A client that sends HTTP requests to one port of the pod, over and over. */
export interface HttpCaller {
  /** The container that serves the port. */
  readonly container: string;
  readonly port: number;
  /** Targets in the order of preference. The client requests the first one that the pod serves. */
  readonly targets: readonly [ClientTarget, ...ClientTarget[]];
  /** True if the manifest shows that the port serves HTTP. Otherwise the first response shows it. */
  readonly isHTTP: boolean;
  readonly endpointRemovalDelay: Duration;
}

/** Path that a client requests. */
export interface ClientTarget {
  readonly path: string;
  readonly scheme: 'http' | 'https';
  readonly headers?: Readonly<Record<string, string>>;
  /** Named by the user, the root, or the path of the readiness probe. */
  readonly origin: 'named' | 'root' | 'readiness';
  /** True if the readiness probe requests the same path, which may return an error because the pod terminates. */
  readonly isReadiness: boolean;
}

/**
 * Returns a client for each port of the pod's Services and each path that the user names. Without a Service, it assumes one
 * that sends to the port of the readiness probe, but not to ports that only liveness or startup probes use.
 */
export function clientsOf(subject: Subject): readonly HttpCaller[] {
  const { ports, targetPort: anyPort, publishNotReadyAddresses, obstacle } = subject.backend;
  // If unready addresses are published, clients send requests until the pod is gone, whatever it does.
  if (obstacle !== undefined || publishNotReadyAddresses) return [];
  const sent = ports ?? (anyPort === undefined ? readinessPorts(subject) : []);
  const clients = new Map<string, HttpCaller>();
  for (const { targetPort, scheme } of sent) {
    const served = servedBy(subject, targetPort);
    if (!served) continue;
    for (const client of clientsAt(subject, served, scheme)) {
      const key = `${client.port} ${client.targets[0].path}`;
      if (!clients.has(key)) clients.set(key, client);
    }
  }
  return [...clients.values()];
}

/** Returns the options of a client's requests. */
export function optionsFor(client: HttpCaller, { scheme, headers }: ClientTarget): ClientOptions {
  const { port, endpointRemovalDelay } = client;
  return {
    port,
    scheme,
    every: EVERY,
    endpointRemovalDelay,
    concurrency: UNDER_WAY,
    ...(headers && { headers }),
  };
}

/** Returns the paths whose errors do not count as drops, because readiness may fail while the pod terminates. */
export function refusable(clients: readonly HttpCaller[]): readonly string[] {
  const targets = clients.flatMap((client) => client.targets);
  return [...new Set(targets.filter(({ isReadiness }) => isReadiness).map(({ path }) => path))];
}

interface ServedPort {
  readonly container: Container;
  readonly port: number;
}

/** Returns the number of a port and the container that serves it. */
function servedBy(subject: Subject, port: IntOrString): ServedPort | undefined {
  const containers = runningContainers(subject);
  for (const container of containers) {
    const listed = container.ports?.find(({ name, containerPort }) => name === port || containerPort === port);
    if (listed) return { container, port: listed.containerPort };
  }
  if (typeof port === 'string') return undefined;
  const container =
    containers.find((each) => httpGetsOf(each, ['readiness', 'liveness', 'startup'], port).length > 0) ??
    subject.pod.spec.containers[0];
  return container && { container, port };
}

function readinessPorts(subject: Subject): readonly { readonly targetPort: number; readonly scheme?: undefined }[] {
  return runningContainers(subject).flatMap(({ readinessProbe, ports }) => {
    const { host, port } = readinessProbe?.httpGet ?? {};
    const number = typeof port === 'string' ? ports?.find(({ name }) => name === port)?.containerPort : port;
    return host === undefined && number !== undefined ? [{ targetPort: number }] : [];
  });
}

function clientsAt(
  { paths = [], endpointRemovalDelay }: Subject,
  { container, port }: ServedPort,
  declared: 'http' | 'https' | undefined,
): readonly HttpCaller[] {
  const [readiness] = httpGetsOf(container, ['readiness'], port);
  const known = readiness ?? httpGetsOf(container, ['liveness', 'startup'], port)[0];
  const scheme = known ? schemeOf(known) : (declared ?? 'http');
  const target = (path: string, origin: ClientTarget['origin']): ClientTarget => {
    const isReadiness = readiness !== undefined && path === pathOf(readiness);
    // A virtual host is the same for every path.
    const headers = known?.httpHeaders?.filter(({ name }) => isReadiness || name.toLowerCase() === 'host') ?? [];
    return {
      path,
      scheme,
      origin,
      isReadiness,
      ...(headers.length > 0 && { headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])) }),
    };
  };
  const client = (first: ClientTarget, ...others: ClientTarget[]): HttpCaller => ({
    container: container.name,
    port,
    targets: [first, ...others],
    isHTTP: known !== undefined || declared !== undefined,
    endpointRemovalDelay,
  });
  if (paths.length > 0) return paths.map((path) => client(target(path, 'named')));
  const root = target('/', 'root');
  return [readiness && !root.isReadiness ? client(root, target(pathOf(readiness), 'readiness')) : client(root)];
}

/** Returns the httpGet actions of these probes that send requests to a port of the pod. */
function httpGetsOf(container: Container, types: readonly ProbeType[], port: number): readonly HTTPGetAction[] {
  const { ports = [] } = container;
  return types.flatMap((type) => {
    const { httpGet } = container[`${type}Probe`] ?? {};
    if (!httpGet || httpGet.host !== undefined) return [];
    const number = ports.find(({ name }) => name === httpGet.port)?.containerPort ?? httpGet.port;
    return number === port ? [httpGet] : [];
  });
}

function schemeOf({ scheme }: HTTPGetAction): 'http' | 'https' {
  return scheme === 'HTTPS' ? 'https' : 'http';
}

function pathOf({ path }: HTTPGetAction): string {
  return path.startsWith('/') ? path : `/${path}`;
}
