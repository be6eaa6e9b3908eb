import type { Pod } from '../model';
import { decode } from '../schema/decode';
import { schemaOf } from '../schema/schema';
import type { ReadSource } from '../source/source';
import { FieldPath } from '../values/fieldPath';
import { podFrom } from './podFrom';
import { type Service, selects, servicesIn } from './services';
import { type Workload, workloadsIn } from './workloads';

/** API groups whose objects make no pods that this project does not know. */
const NATIVE = /^(v1|apps\/.+|batch\/.+|policy\/.+|autoscaling\/.+|[a-z.]+\.k8s\.io\/.+)$/;

/**
 * Returns the Services whose selector matches no pod of the manifest. A manifest without workloads, or with objects from
 * which an operator may make pods, has none: their pods are not known.
 */
export function strayServices(read: ReadSource): readonly Service[] {
  const services = servicesIn(read);
  if (services.length === 0 || !read.documents.every(({ value }) => isNative(value))) return [];
  const { workloads, problems } = workloadsIn(read);
  if (workloads.length === 0 || problems.length > 0) return [];
  const pods = workloads.map(metadataOf);
  return services.filter((service) => !pods.some((pod) => selects(service, pod)));
}

/** Returns the selector as kubectl prints it: `app=shop,tier=web`. */
export function selectorText({ selector }: Service): string {
  return Object.entries(selector)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}

function metadataOf(workload: Workload): Pick<Pod, 'metadata'> {
  const { value } = decode(workload.document.value, schemaOf(workload.kind.kind), FieldPath.ROOT);
  const { metadata = {} } = podFrom(workload, value);
  const labels = Object.fromEntries(Object.entries(metadata.labels ?? {}).map(([key, label]) => [key, String(label)]));
  return { metadata: { name: '', uid: '', namespace: metadata.namespace ?? 'default', labels } };
}

function isNative(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('apiVersion' in value)) return true;
  return NATIVE.test(String(value.apiVersion));
}
