import { type Container, isSidecar, type PodSpec, type Probe } from '../model';
import { FieldPath } from '../values/fieldPath';

export interface Located<T> {
  readonly path: FieldPath;
  readonly container: Container;
  readonly value: T;
}

/** Returns the containers that are kept running: those of the pod, and its sidecars. Only they are probed. */
export function keptContainers({ initContainers, containers }: PodSpec): readonly Located<Container>[] {
  return [
    ...initContainers.map((container, index) => at(FieldPath.of('initContainers').index(index), container)),
    ...containers.map((container, index) => at(FieldPath.of('containers').index(index), container)),
  ].filter(({ path, container }) => path.segments[0] === 'containers' || isSidecar(container));
}

function at(path: FieldPath, container: Container): Located<Container> {
  return { path, container, value: container };
}

const PROBES = ['startupProbe', 'livenessProbe', 'readinessProbe'] as const;

export type ProbeField = (typeof PROBES)[number];

export function probesOf(spec: PodSpec): readonly (Located<Probe> & { readonly field: ProbeField })[] {
  return keptContainers(spec).flatMap(({ path, container }) =>
    PROBES.flatMap((field) => {
      const value = container[field];
      return value ? [{ path: path.child(field), container, value, field }] : [];
    }),
  );
}

const HOOKS = ['postStart', 'preStop'] as const;

export type HookField = (typeof HOOKS)[number];
type Hook = NonNullable<NonNullable<Container['lifecycle']>[HookField]>;

export function hooksOf(spec: PodSpec): readonly (Located<Hook> & { readonly field: HookField })[] {
  return keptContainers(spec).flatMap(({ path, container }) =>
    HOOKS.flatMap((field) => {
      const value = container.lifecycle?.[field];
      return value ? [{ path: path.child('lifecycle', field), container, value, field }] : [];
    }),
  );
}
