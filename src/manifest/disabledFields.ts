import { type ApiServer, isEnabled } from './apiServer';
import type { WrittenPod } from './defaults';
import type { FeatureGate } from './featureGates/featureGates';
import type { FieldPath } from './fieldPath';
import { usedFields } from './usedFields';

interface GatedField {
  readonly field: string;
  readonly gate: FeatureGate;
}

/**
 * Fields of a pod's spec that exist only while their feature gate is on.
 *
 * Source: pkg/api/pod/util.go `dropDisabledFields`.
 */
const GATED: readonly GatedField[] = [
  { field: 'containers[].lifecycle.stopSignal', gate: 'ContainerStopSignals' },
  { field: 'containers[].env[].valueFrom.fileKeyRef', gate: 'EnvFiles' },
  { field: 'volumes[].image', gate: 'ImageVolume' },
  { field: 'resources', gate: 'PodLevelResources' },
];

/** A field that the API server drops. */
export interface DroppedField extends GatedField {
  /** In the pod's spec. */
  readonly path: FieldPath;
  readonly value: unknown;
}

/**
 * Drops every field whose gate is off. The API server does so before it validates the pod, and without an error.
 */
export function dropDisabledFields<Made extends Pick<WrittenPod, 'spec'>>(
  pod: Made,
  server: ApiServer,
): { readonly pod: Made; readonly dropped: readonly DroppedField[] } {
  const used = usedFields(pod.spec);
  const dropped = GATED.filter(({ gate }) => !isEnabled(server, gate)).flatMap((gated) =>
    used.filter(({ field }) => field === gated.field).map(({ path, value }) => ({ ...gated, path, value })),
  );
  const spec = dropped.reduce<unknown>((left, { path }) => without(left, path.segments), pod.spec);
  return { pod: dropped.length === 0 ? pod : { ...pod, spec }, dropped };
}

/** Returns a copy that lacks the field. A `lifecycle` without any other field is dropped too. */
function without(value: unknown, [step = '', ...steps]: readonly (string | number)[]): unknown {
  if (Array.isArray(value)) return value.with(Number(step), without(value[Number(step)], steps));
  const { [step]: inner, ...others } = value as Readonly<Record<string, unknown>>;
  if (steps.length === 0) return others;
  const left = without(inner, steps);
  const isEmptyLifecycle = step === 'lifecycle' && Object.keys(left as object).length === 0;
  return isEmptyLifecycle ? others : { ...others, [step]: left };
}
