import { formatList } from '../../wording/list';
import type { Container, IntOrString, PodSpec } from '../model';
import { FieldPath } from '../values/fieldPath';

/** A handler that asks for a port by a name its container gives to none. */
export interface UnknownNamedPort {
  /** In the pod's spec: `containers[0].livenessProbe.httpGet.port`. */
  readonly path: FieldPath;
  readonly container: string;
  readonly port: string;
  /** The names the container does give, in order. */
  readonly names: readonly string[];
  /** `no port is named "http"; container "web" names "metrics" and "admin"` */
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
    spec[list].flatMap((container, index) => unknownIn(container, FieldPath.of(list).index(index))),
  );
}

interface Handler {
  readonly httpGet?: { readonly port: IntOrString };
  readonly tcpSocket?: { readonly port: IntOrString };
}

function unknownIn(container: Container, path: FieldPath): UnknownNamedPort[] {
  const names = (container.ports ?? []).flatMap(({ name }) => (name ? [name] : []));
  const handlers: (readonly [FieldPath, Handler | undefined])[] = [
    ...PROBES.map((probe) => [path.child(probe), container[probe]] as const),
    ...HOOKS.map((hook) => [path.child('lifecycle', hook), container.lifecycle?.[hook]] as const),
  ];
  return handlers.flatMap(([at, handler]) =>
    (['httpGet', 'tcpSocket'] as const).flatMap((action) => {
      const port = handler?.[action]?.port;
      if (typeof port !== 'string' || names.includes(port)) return [];
      const detail = `no port is named "${port}"; container "${container.name}" names ${listed(names)}`;
      return [{ path: at.child(action, 'port'), container: container.name, port, names, detail }];
    }),
  );
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  return formatList(names.map((name) => `"${name}"`));
}
