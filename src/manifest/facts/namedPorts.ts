import { formatList } from '../../wording/list';
import type { Container, IntOrString, PodSpec } from '../model';
import { FieldPath } from '../values/fieldPath';

/** Probe or hook whose named port its container does not have. */
export interface UnknownNamedPort {
  /** Path in the pod's spec: `containers[0].livenessProbe.httpGet.port`. */
  readonly path: FieldPath;
  readonly container: string;
  readonly port: string;
  /** Port names of the container, in order. */
  readonly names: readonly string[];
  /** `no port is named "http". Container "web" names "metrics" and "admin"` */
  readonly detail: string;
}

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const HOOKS = ['postStart', 'preStop'] as const;

/**
 * Returns the named ports that Kubernetes accepts but the kubelet never finds. The probe always errors, and its result
 * is ignored.
 *
 * Source: probe/util.go `ResolveContainerPort`.
 */
export function unknownNamedPorts(spec: Pick<PodSpec, 'containers' | 'initContainers'>): UnknownNamedPort[] {
  return (['initContainers', 'containers'] as const).flatMap((list) =>
    spec[list].flatMap((container, index) => findUnknownIn(container, FieldPath.of(list).index(index))),
  );
}

interface Handler {
  readonly httpGet?: { readonly port: IntOrString };
  readonly tcpSocket?: { readonly port: IntOrString };
}

function findUnknownIn(container: Container, path: FieldPath): UnknownNamedPort[] {
  const names = (container.ports ?? []).flatMap(({ name }) => (name ? [name] : []));
  const handlers: (readonly [FieldPath, Handler | undefined])[] = [
    ...PROBES.map((probe) => [path.child(probe), container[probe]] as const),
    ...HOOKS.map((hook) => [path.child('lifecycle', hook), container.lifecycle?.[hook]] as const),
  ];
  return handlers.flatMap(([at, handler]) =>
    (['httpGet', 'tcpSocket'] as const).flatMap((action) => {
      const port = handler?.[action]?.port;
      if (typeof port !== 'string' || names.includes(port)) return [];
      const detail = `no port is named "${port}". Container "${container.name}" names ${formatNames(names)}`;
      return [{ path: at.child(action, 'port'), container: container.name, port, names, detail }];
    }),
  );
}

function formatNames(names: readonly string[]): string {
  if (names.length === 0) return 'no ports';
  return formatList(names.map((name) => `"${name}"`));
}
