import { keptContainers, probesOf } from '../../manifest/facts/parts';
import type { Probe } from '../../manifest/model';
import { formatList } from '../../wording/list';
import { rule } from '../rule';

/** The list of ports has no effect, but a port that is not in it is probably a typo. */
export const probePortNotListed = rule('probe-port-not-listed', ({ pod: { spec } }) => {
  const listed = keptContainers(spec).flatMap(({ container }) =>
    (container.ports ?? []).map(({ containerPort }) => containerPort),
  );
  const reported: number[] = [];
  return probesOf(spec).flatMap(({ path, container, value }) => {
    const { action, port } = findNumericPort(value);
    if (action === undefined || port === undefined || listed.includes(port) || reported.includes(port)) return [];
    // Liveness and readiness often use the same port, so report it once.
    reported.push(port);
    const others = formatList(listed.map(String));
    return [
      {
        path: path.child(action, 'port'),
        severity: listed.length > 0 ? 'warning' : 'info',
        why:
          listed.length > 0
            ? `no container of the pod lists port ${port}, only ${others}. If nothing listens on ${port}, every attempt is refused`
            : `no container of the pod lists port ${port} or any other port, so nothing shows whether it is correct`,
        fix: `add containerPort: ${port} to the ports of container "${container.name}"${listed.length > 0 ? ', or correct the port of the probe' : ''}`,
      },
    ];
  });
});

function findNumericPort({ httpGet, tcpSocket, grpc }: Probe): { readonly action?: string; readonly port?: number } {
  // A probe with a host does not connect to the pod.
  if (httpGet && !httpGet.host && typeof httpGet.port === 'number') return { action: 'httpGet', port: httpGet.port };
  if (tcpSocket && !tcpSocket.host && typeof tcpSocket.port === 'number') {
    return { action: 'tcpSocket', port: tcpSocket.port };
  }
  return grpc ? { action: 'grpc', port: grpc.port } : {};
}
