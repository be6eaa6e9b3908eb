import type { ObjectMeta, Pod } from './model';
import type { SourceDocument } from './yaml/parse';

/** A Service of the same input as a pod, as far as it concerns the pod. */
export interface Service {
  readonly name: string;
  readonly ports: readonly ServicePort[];
  /** Whether it sends traffic to pods that are not ready. */
  readonly publishNotReadyAddresses: boolean;
  /** Where it is written. */
  readonly document: SourceDocument;
}

export interface ServicePort {
  readonly name?: string;
  readonly port: number;
  /** A port by number or by a container's name for it; the same as `port` where absent. */
  readonly targetPort?: number | string;
  readonly protocol?: string;
}

interface WrittenService {
  readonly kind: 'Service';
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
  readonly spec?: {
    readonly selector?: Readonly<Record<string, string>>;
    readonly ports?: readonly ServicePort[];
    readonly publishNotReadyAddresses?: boolean;
  };
}

/**
 * The Services among the documents that select the pod: every label they ask for is there with that value. One without
 * a selector selects nothing.
 *
 * Source: pkg/controller/endpointslice `syncService`.
 */
export function servicesOf(documents: readonly SourceDocument[], pod: Pick<Pod, 'metadata'>): Service[] {
  return documents.flatMap((document) => {
    const { value } = document;
    if (!isService(value) || !isBeside(value.metadata, pod.metadata)) return [];
    const { selector = {}, ports, publishNotReadyAddresses } = value.spec ?? {};
    const wanted = Object.entries(selector ?? {});
    const { labels = {} } = pod.metadata;
    if (wanted.length === 0 || !wanted.every(([key, label]) => labels[key] === label)) return [];
    return [
      {
        name: value.metadata?.name ?? '',
        ports: ports ?? [],
        publishNotReadyAddresses: publishNotReadyAddresses === true,
        document,
      },
    ];
  });
}

/** Whether an object is in the pod's namespace; one that names none is put into the one the rest is put into. */
export function isBeside(
  object: { readonly namespace?: string | undefined } | undefined,
  pod: Pick<ObjectMeta, 'namespace'>,
): boolean {
  return object?.namespace === undefined || object.namespace === pod.namespace;
}

function isService(value: unknown): value is WrittenService {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'Service';
}
