import { behaviorOf } from '../../kubelet/behavior/behaviorOf';
import { isGateKnown } from '../featureGates/featureGates';
import { type ApiServer, isEnabled } from '../values/apiServer';
import type { FieldPath } from '../values/fieldPath';
import type { WrittenPod } from './defaults';
import { GATED_FIELDS, type GatedField } from './gatedFields';
import { usedFields } from './usedFields';

/** A gated field that a pod sets although its gate is off. */
export interface DroppedField extends GatedField {
  /** In the pod's spec. */
  readonly path: FieldPath;
  readonly value: unknown;
}

/**
 * Drops every field whose gate is off, as the API server does before it validates the pod, without an error if it knows
 * the field. A field that a later version added is `unknown` to it.
 */
export function dropDisabledFields<Made extends Pick<WrittenPod, 'spec'>>(
  pod: Made,
  server: ApiServer,
): { readonly pod: Made; readonly dropped: readonly DroppedField[]; readonly unknown: readonly DroppedField[] } {
  const used = usedFields(pod.spec);
  const disabled = GATED_FIELDS.filter(({ gate }) => !isEnabled(server, gate)).flatMap((gated) =>
    used
      .filter(({ field, path }) => field === gated.field && (!gated.only || path.segments[0] === gated.only))
      .map(({ path, value }) => ({ ...gated, path, value })),
  );
  const { dropsEmptyHooks } = behaviorOf(server.kubernetesVersion);
  const emptied = dropsEmptyHooks ? ['lifecycle', 'preStop', 'postStart'] : ['lifecycle'];
  const spec = disabled.reduce<unknown>((left, { path }) => without(left, path.segments, emptied), pod.spec);
  const isKnown = ({ gate }: DroppedField) => isGateKnown(server.kubernetesVersion, gate);
  return {
    pod: disabled.length === 0 ? pod : { ...pod, spec },
    dropped: disabled.filter(isKnown),
    unknown: disabled.filter((field) => !isKnown(field)),
  };
}

/** Returns a copy that lacks the field. A field of `emptied` that has no other field left is dropped too. */
function without(
  value: unknown,
  [step = '', ...steps]: readonly (string | number)[],
  emptied: readonly string[],
): unknown {
  if (Array.isArray(value)) return value.with(Number(step), without(value[Number(step)], steps, emptied));
  const { [step]: inner, ...others } = value as Readonly<Record<string, unknown>>;
  if (steps.length === 0) return others;
  const left = without(inner, steps, emptied);
  const isEmpty = emptied.includes(String(step)) && Object.keys(left as object).length === 0;
  return isEmpty ? others : { ...others, [step]: left };
}
