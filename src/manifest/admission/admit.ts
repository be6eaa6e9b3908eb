import { unknownNamedPorts } from '../facts/namedPorts';
import { firstVersionOf } from '../featureGates/featureGates';
import type { Pod } from '../model';
import { decode, type StructuralError } from '../schema/decode';
import { schemaOf } from '../schema/schema';
import { validateLabels, validateObjectMeta } from '../validation/metadata';
import { validateOnlyForPod, validatePodSpec } from '../validation/podSpec';
import type { ControllerSpec } from '../validation/template';
import { type ApiServer, checkApiServer } from '../values/apiServer';
import type { FieldError } from '../values/fieldError';
import { FieldPath } from '../values/fieldPath';
import { podFrom } from '../workload/podFrom';
import type { Workload } from '../workload/workloads';
import { applyDefaults, type WrittenPod } from './defaults';
import { type DroppedField, dropDisabledFields } from './disabledFields';

/** Problem of a workload. It has a `type` if Kubernetes rejects it. */
export interface Objection extends Omit<FieldError, 'type'> {
  readonly type?: FieldError['type'];
  /** `unknown-port`: Kubernetes accepts it, but it never works. */
  readonly code?: 'unknown-port';
}

export interface Admitted {
  readonly pod: Pod;
  /** The pod before defaults were filled in. */
  readonly written: WrittenPod;
  /** Fields that the API server drops without an error. */
  readonly dropped: readonly DroppedField[];
  readonly findings: readonly Objection[];
}

/**
 * Decodes a workload strictly, fills in defaults and validates it as the API server does, and returns all findings;
 * `change` may first give the pod other images. Throws a RangeError for an unknown version of the server.
 */
export function admit(workload: Workload, server: ApiServer, change: (pod: WrittenPod) => WrittenPod): Admitted {
  checkApiServer(server);
  const { kind, document } = workload;
  const { value, errors, unsupported } = decode(document.value, schemaOf(kind.kind), FieldPath.ROOT);
  const made = change(podFrom(workload, value));
  const { pod: written, dropped, unknown } = dropDisabledFields(made, server);
  // Defaults come first: a volume whose only source is dropped does not become an emptyDir.
  const { pod } = dropDisabledFields(applyDefaults(made), server);
  const rules = validate(workload, value, pod, server);
  const spec = kind.template.child('spec');
  const ruled = new Set(
    [...rules, ...dropped.map(({ path }) => ({ path: spec.join(path) }))].map(({ path }) => String(path)),
  );
  const unknownFields = unknown.map(({ path, gate }) => ({
    path: spec.join(path),
    detail: 'unknown field',
    advice: `it needs Kubernetes ${firstVersionOf(gate)} or later, and this is ${server.kubernetesVersion}`,
  }));
  const words = unsupported.filter(({ path }) => !ruled.has(String(path)));
  const ports = unknownNamedPorts(pod.spec).map(({ path, detail, port }) => ({
    code: 'unknown-port' as const,
    path: spec.join(path),
    detail,
    advice: `use its number, or name a port ${JSON.stringify(port)}`,
  }));
  return {
    pod,
    written,
    dropped,
    findings: [...errors, ...unknownFields, ...apart([...rules, ...words], errors), ...ports],
  };
}

function validate({ kind }: Workload, value: unknown, pod: Pod, server: ApiServer): FieldError[] {
  const { metadata = {} } = value as WrittenPod;
  const spec = kind.template.child('spec');
  const controllerPath = kind.template.parent;
  const controller = controllerPath.segments.reduce((inner, step) => (inner as Record<string, unknown>)?.[step], value);
  return [
    ...validateObjectMeta(metadata, FieldPath.of('metadata')),
    ...(kind.validate ? validateLabels(pod.metadata, kind.template.child('metadata')) : []),
    ...(kind.validate?.((controller ?? {}) as ControllerSpec, controllerPath) ?? []),
    ...validatePodSpec(pod.spec, spec, server),
    ...validateOnlyForPod(pod.spec, spec),
  ];
}

/**
 * Returns the rules without those that are only broken because a value of the wrong type, or under a wrong name, was
 * left out.
 */
function apart(rules: readonly FieldError[], errors: readonly StructuralError[]): FieldError[] {
  const wrong = new Set(errors.filter(({ type }) => type).map(({ path }) => String(path)));
  const misnamed = new Set(
    errors.flatMap(({ path, meant }) => (meant ? [String(path.parent), String(path.parent.child(meant))] : [])),
  );
  const isWithinWrong = (path: FieldPath): boolean =>
    wrong.has(String(path)) || (path.segments.length > 0 && isWithinWrong(path.parent));
  return rules.filter(({ type, path }) => !isWithinWrong(path) && !(type === 'Required' && misnamed.has(String(path))));
}
