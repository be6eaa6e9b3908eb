import { createHash } from 'node:crypto';
import type { WrittenPod } from '../admission/defaults';
import type { ObjectMeta, PodSpec } from '../model';
import type { Unchecked } from '../values/uncheckedManifest';
import type { Workload } from './workloads';

// Kubernetes' own: it has no vowels and nothing that looks like one, so that no name is a word.
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

interface PodTemplate {
  readonly metadata?: Unchecked<ObjectMeta>;
  readonly spec?: Unchecked<PodSpec>;
}

/**
 * Returns the pod that a workload's controller makes from its template. The random part of its name depends on the
 * template alone: the same manifest gives the same name.
 *
 * Source: the controllers' naming; pkg/controller/statefulset/stateful_set_utils.go `initIdentity`, `updateStorage`.
 */
export function podFrom({ kind: { kind, template }, name }: Workload, object: unknown): WrittenPod {
  const source = template.segments.reduce((value, step) => (value as Record<string, unknown>)?.[step], object) ?? {};
  const { metadata = {}, spec = {} } = source as PodTemplate;
  const { namespace } = (object as PodTemplate).metadata ?? {};
  if (kind === 'Pod') return { metadata, spec };

  const hash = suffix(JSON.stringify(source), 10);
  const random = suffix(`${name}/${hash}`, 5);
  const made = { ...metadata, ...(namespace === undefined ? {} : { namespace }) };
  switch (kind) {
    case 'StatefulSet':
      return firstOfSet(made, spec, name, (object as { readonly spec?: StatefulSetSpec }).spec ?? {});
    case 'Deployment':
      return { metadata: addLabels(made, `${name}-${hash}-${random}`, { 'pod-template-hash': hash }), spec };
    default:
      return { metadata: addLabels(made, `${name}-${random}`, {}), spec };
  }
}

interface StatefulSetSpec {
  readonly serviceName?: string;
  readonly volumeClaimTemplates?: readonly { readonly metadata?: Unchecked<ObjectMeta> }[];
}

/** Returns the first pod of a StatefulSet. A claim made from a template becomes a volume of the same name. */
function firstOfSet(
  metadata: Unchecked<ObjectMeta>,
  spec: Unchecked<PodSpec>,
  name: string,
  { serviceName, volumeClaimTemplates = [] }: StatefulSetSpec,
): WrittenPod {
  const podName = `${name}-0`;
  const claims = volumeClaimTemplates.flatMap(({ metadata: claim }) => (claim?.name ? [claim.name] : []));
  const volumes = [
    ...(spec.volumes ?? []).filter((volume) => !claims.includes(volume.name ?? '')),
    ...claims.map((claim) => ({ name: claim, persistentVolumeClaim: { claimName: `${claim}-${podName}` } })),
  ];
  return {
    metadata: addLabels(metadata, podName, {
      'statefulset.kubernetes.io/pod-name': podName,
      'apps.kubernetes.io/pod-index': '0',
    }),
    spec: {
      ...spec,
      hostname: podName,
      ...(serviceName === undefined ? {} : { subdomain: serviceName }),
      ...(volumes.length > 0 && { volumes }),
    },
  };
}

function addLabels(
  metadata: Unchecked<ObjectMeta>,
  name: string,
  labels: Readonly<Record<string, string>>,
): Unchecked<ObjectMeta> {
  return { ...metadata, name, labels: { ...metadata.labels, ...labels } };
}

function suffix(of: string, length: number): string {
  const digest = createHash('sha256').update(of).digest();
  return [...digest.subarray(0, length)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
}
