import type { IntOrString, ObjectMeta, Pod } from '../model';
import type { ReadSource } from '../source/source';
import type { SourceDocument } from '../source/yaml/parse';

/** A Service, as far as it decides which pods its traffic goes to, and to which of their ports. */
export interface Service {
  readonly name: string;
  /** Absent if `kubectl apply` decides. */
  readonly namespace?: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly ServicePort[];
  /** True if it also sends traffic to pods that are not ready. */
  readonly publishNotReadyAddresses: boolean;
  readonly document: SourceDocument;
}

export interface ServicePort {
  /** Its place in `spec.ports`. */
  readonly index: number;
  /** A number, or the name of a port of the pod; by default the Service's own port. */
  readonly targetPort: IntOrString;
  readonly protocol: string;
  /** `http` or `https` as its `appProtocol`, or else its name, says; absent where neither does. */
  readonly scheme?: 'http' | 'https';
}

interface WrittenService {
  readonly metadata?: { readonly name?: unknown; readonly namespace?: unknown };
  readonly spec?: {
    readonly type?: unknown;
    readonly selector?: unknown;
    readonly ports?: unknown;
    readonly publishNotReadyAddresses?: unknown;
  };
}

/** Returns the Services that choose pods by their labels, without those that are not written as a Service. */
export function servicesIn({ documents }: Pick<ReadSource, 'documents'>): Service[] {
  return documents.flatMap((document) => {
    if (!isService(document.value)) return [];
    const { metadata = {}, spec = {} } = document.value;
    const selector = stringsOf(spec.selector);
    if (spec.type === 'ExternalName' || Object.keys(selector).length === 0) return [];
    return [
      {
        name: String(metadata.name ?? ''),
        ...(metadata.namespace != null && { namespace: String(metadata.namespace) }),
        selector,
        ports: Array.isArray(spec.ports) ? spec.ports.flatMap(portOf) : [],
        publishNotReadyAddresses: spec.publishNotReadyAddresses === true,
        document,
      },
    ];
  });
}

/** Returns whether the Service's traffic goes to the pod: same namespace, and every label of the selector. */
export function selects(service: Service, { metadata }: Pick<Pod, 'metadata'>): boolean {
  const { labels = {} } = metadata;
  return isBeside(service, metadata) && Object.entries(service.selector).every(([key, value]) => labels[key] === value);
}

/** Returns whether an object is in the pod's namespace; one that names none is put into the same. */
export function isBeside(object: { readonly namespace?: string }, pod: Pick<ObjectMeta, 'namespace'>): boolean {
  return object.namespace === undefined || object.namespace === pod.namespace;
}

function isService(value: unknown): value is WrittenService {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'Service';
}

function stringsOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]));
}

function portOf(value: unknown, index: number): ServicePort[] {
  if (typeof value !== 'object' || value === null) return [];
  const { port, targetPort = port, protocol = 'TCP', appProtocol, name } = value as Readonly<Record<string, unknown>>;
  if (typeof targetPort !== 'number' && typeof targetPort !== 'string') return [];
  const scheme = schemeIn(String(appProtocol ?? name ?? ''));
  return [{ index, targetPort, protocol: String(protocol), ...(scheme && { scheme }) }];
}

/** Returns the scheme in a port's name, which by convention may have a part after a dash: `https-admin`. */
function schemeIn(name: string): ServicePort['scheme'] {
  return /^(https?)(-|$)/.exec(name.toLowerCase())?.[1] as ServicePort['scheme'];
}
