import type { IntOrString, Pod } from './model';
import type { ReadSource } from './source';
import type { SourceDocument } from './yaml/parse';

/** A Service, as far as it decides which pods its traffic goes to, and to which of their ports. */
export interface Service {
  readonly name: string;
  readonly namespace: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly ServicePort[];
  /** Sends traffic to pods that are not ready, too. */
  readonly publishNotReadyAddresses: boolean;
  readonly document: SourceDocument;
}

export interface ServicePort {
  /** A number, or the name of a port of the pod; where it is not set, the Service's own port. */
  readonly targetPort: IntOrString;
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

/** The Services that choose pods by their labels; what is no such Service, or not written as one, is left out. */
export function servicesIn({ documents }: Pick<ReadSource, 'documents'>): Service[] {
  return documents.flatMap((document) => {
    if (!isService(document.value)) return [];
    const { metadata = {}, spec = {} } = document.value;
    const selector = stringsOf(spec.selector);
    if (spec.type === 'ExternalName' || Object.keys(selector).length === 0) return [];
    return [
      {
        name: String(metadata.name ?? ''),
        namespace: String(metadata.namespace ?? 'default'),
        selector,
        ports: Array.isArray(spec.ports) ? spec.ports.flatMap(portOf) : [],
        publishNotReadyAddresses: spec.publishNotReadyAddresses === true,
        document,
      },
    ];
  });
}

/** Whether the Service's traffic goes to the pod: same namespace, and every label of the selector. */
export function selects({ namespace, selector }: Service, { metadata }: Pod): boolean {
  const labels = metadata.labels ?? {};
  return namespace === metadata.namespace && Object.entries(selector).every(([key, value]) => labels[key] === value);
}

function isService(value: unknown): value is WrittenService {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'Service';
}

function stringsOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]));
}

function portOf(value: unknown): ServicePort[] {
  if (typeof value !== 'object' || value === null) return [];
  const { port, targetPort = port } = value as { readonly port?: unknown; readonly targetPort?: unknown };
  return typeof targetPort === 'number' || typeof targetPort === 'string' ? [{ targetPort }] : [];
}
