import type { PodSpec } from '../model';
import { type FieldError, forbidden, invalid, makeRequired, notSupported } from '../values/fieldError';
import type { FieldPath } from '../values/fieldPath';
import type { Unchecked } from '../values/uncheckedManifest';

const JOB_POLICIES = ['OnFailure', 'Never'];

/** Spec of a controller that makes pods from a template. `restartPolicy` is as written. */
export interface ControllerSpec {
  readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>>; readonly matchExpressions?: unknown };
  readonly template?: {
    readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
    readonly spec?: Unchecked<PodSpec>;
  };
}

/**
 * Returns the errors of pods that are kept running: Deployment, ReplicaSet, StatefulSet, DaemonSet.
 *
 * Source: pkg/apis/apps/validation/validation.go `ValidatePodTemplateSpecForReplicaSet` and its like.
 */
export function validateKeptRunning(
  kind: string,
  { selector, template }: ControllerSpec,
  path: FieldPath,
): FieldError[] {
  const spec = path.child('template', 'spec');
  const { restartPolicy, activeDeadlineSeconds } = template?.spec ?? {};
  return [
    ...(selector
      ? validateSelector(kind, selector, template?.metadata?.labels ?? {}, path)
      : [makeRequired(path.child('selector'))]),
    ...(restartPolicy === undefined || restartPolicy === '' || restartPolicy === 'Always'
      ? []
      : [notSupported(spec.child('restartPolicy'), restartPolicy, ['Always'])]),
    ...(activeDeadlineSeconds === undefined
      ? []
      : [forbidden(spec.child('activeDeadlineSeconds'), `activeDeadlineSeconds in ${kind} is not Supported`)]),
  ];
}

/**
 * Returns the errors of pods that complete: Job, CronJob.
 *
 * Source: pkg/apis/batch/validation/validation.go `validateJobSpec`.
 */
export function validateRunToEnd({ template }: ControllerSpec, path: FieldPath): FieldError[] {
  const restartPolicy = template?.spec?.restartPolicy;
  const at = path.child('template', 'spec', 'restartPolicy');
  if (!restartPolicy || restartPolicy === 'Always') return [makeRequired(at, 'valid values: "OnFailure", "Never"')];
  return JOB_POLICIES.includes(restartPolicy) ? [] : [notSupported(at, restartPolicy, JOB_POLICIES)];
}

function validateSelector(
  kind: string,
  { matchLabels = {}, matchExpressions }: NonNullable<ControllerSpec['selector']>,
  labels: Readonly<Record<string, string>>,
  path: FieldPath,
): FieldError[] {
  const wanted = Object.entries(matchLabels);
  if (wanted.length === 0 && matchExpressions === undefined) {
    return [invalid(path.child('selector'), {}, `empty selector is invalid for ${kind.toLowerCase()}`)];
  }
  if (wanted.every(([key, value]) => labels[key] === value)) return [];
  return [invalid(path.child('template', 'metadata', 'labels'), labels, '`selector` does not match template `labels`')];
}
