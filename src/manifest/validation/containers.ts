import type { Container } from '../model';
import { type ApiServer, NEWEST } from '../values/apiServer';
import { duplicate, duplicates, type FieldError, forbidden, makeRequired } from '../values/fieldError';
import type { FieldPath } from '../values/fieldPath';
import { minorOf } from '../values/kubernetesVersion';
import type { Unchecked } from '../values/uncheckedManifest';
import { validateContainerCommon } from './containerCommon';
import { validateContainerRestartPolicy, validateInitContainerRestartPolicy } from './containerRestartPolicy';
import { validateLifecycle } from './handler';
import { validateProbes } from './probe';

const INIT_FORBIDDEN = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const EPHEMERAL_FORBIDDEN = [
  'ports',
  'resources',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
  'restartPolicy',
  'restartPolicyRules',
] as const;

/** Parts of the pod that its containers are checked against. */
export interface PodContext {
  /** The pod's own grace period, in seconds; absent if it is already wrong. */
  readonly gracePeriod?: number | undefined;
  /** The names of the pod's volumes; without them mounts are not looked up. */
  readonly volumes?: ReadonlySet<string> | undefined;
}

/** Source: validation.go `validateContainers`. */
export function validateContainers(
  containers: readonly Unchecked<Container>[],
  { gracePeriod, volumes }: PodContext,
  path: FieldPath,
  server: ApiServer = NEWEST,
): FieldError[] {
  if (containers.length === 0) return [makeRequired(path, '', 'a pod needs at least one container')];
  const each = containers.flatMap((container, index) => {
    const at = path.index(index);
    return [
      ...validateContainerCommon(container, volumes, at, server),
      ...validateContainerRestartPolicy(container, at, server),
      ...validateHooksAndProbes(container, gracePeriod, at, server),
    ];
  });
  return [...each, ...duplicates(namesOf(containers), (index) => path.index(index).child('name'))];
}

/**
 * Returns the errors of init containers. A plain one has neither hooks nor probes, and other errors in them are not
 * reported.
 *
 * Source: validation.go `validateInitContainers`.
 */
export function validateInitContainers(
  initContainers: readonly Unchecked<Container>[],
  containers: readonly Unchecked<Container>[],
  { gracePeriod, volumes }: PodContext,
  path: FieldPath,
  server: ApiServer = NEWEST,
): FieldError[] {
  const names = new Set(namesOf(containers));
  return initContainers.flatMap((container, index) => {
    const at = path.index(index);
    const sidecar = container.restartPolicy === 'Always';
    return [
      ...validateContainerCommon(container, volumes, at, server),
      ...validateInitContainerRestartPolicy(container, at, server),
      ...taken(container.name, names, at),
      ...(sidecar
        ? validateHooksAndProbes(container, gracePeriod, at, server)
        : forbidFields(container, INIT_FORBIDDEN, initForbidden(server), at)),
    ];
  });
}

/**
 * Returns the errors of containers for debugging, which have nothing that affects the state of the pod.
 *
 * Source: validation.go `validateEphemeralContainers`.
 */
export function validateEphemeralContainers(
  ephemeralContainers: readonly Unchecked<Container>[],
  others: readonly Unchecked<Container>[],
  { volumes }: PodContext,
  path: FieldPath,
  server: ApiServer = NEWEST,
): FieldError[] {
  const names = new Set(namesOf(others));
  return ephemeralContainers.flatMap((container, index) => {
    const at = path.index(index);
    return [
      ...validateContainerCommon(container, volumes, at, server),
      ...taken(container.name, names, at),
      ...forbidFields(container, EPHEMERAL_FORBIDDEN, 'cannot be set for an Ephemeral Container', at),
    ];
  });
}

function validateHooksAndProbes(
  container: Unchecked<Container>,
  gracePeriod: number | undefined,
  path: FieldPath,
  server: ApiServer,
): FieldError[] {
  const { lifecycle } = container;
  return [
    ...(lifecycle ? validateLifecycle(lifecycle, gracePeriod, path.child('lifecycle'), server) : []),
    ...validateProbes(container, gracePeriod, path, server),
  ];
}

function forbidFields(
  container: Unchecked<Container>,
  fields: readonly (keyof Container)[],
  detail: string,
  path: FieldPath,
): FieldError[] {
  return fields.filter((field) => container[field] !== undefined).map((field) => forbidden(path.child(field), detail));
}

function initForbidden({ kubernetesVersion }: ApiServer): string {
  const always = minorOf(kubernetesVersion) >= 28 ? ' without restartPolicy=Always' : '';
  return `may not be set for init containers${always}`;
}

/** Names are unique over containers of all kinds; the one that comes later in Kubernetes' order is the one at fault. */
function taken(name: string | undefined, names: Set<string>, path: FieldPath): FieldError[] {
  if (!name) return [];
  if (names.has(name)) return [duplicate(path.child('name'), name)];
  names.add(name);
  return [];
}

function namesOf(containers: readonly Unchecked<Container>[]): string[] {
  return containers.flatMap(({ name }) => (name ? [name] : []));
}
