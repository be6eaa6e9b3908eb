import { keptContainers, probesOf } from '../../manifest/facts/parts';
import type { Probe } from '../../manifest/model';
import { formatList } from '../../wording/list';
import { rule } from '../rule';

/** A list of ports opens nothing, but a port outside it is probably a typo. */
export const probePortNotListed = rule('probe-port-not-listed', ({ pod: { spec } }) => {
  const listed = keptContainers(spec).flatMap(({ container }) =>
    (container.ports ?? []).map(({ containerPort }) => containerPort),
  );
  const told: number[] = [];
  return probesOf(spec).flatMap(({ path, container, value }) => {
    const { action, port } = numberedPort(value);
    if (action === undefined || port === undefined || listed.includes(port) || told.includes(port)) return [];
    // Once is enough, though liveness and readiness mostly ask at the same port.
    told.push(port);
    const others = formatList(listed.map(String));
    return [
      {
        path: path.child(action, 'port'),
        severity: listed.length > 0 ? 'warning' : 'info',
        why:
          listed.length > 0
            ? `no container of the pod lists port ${port}, only ${others}: if nothing listens there, every attempt is refused`
            : `no container of the pod lists port ${port}, nor any other: nothing shows whether it is the right one`,
        right: `containerPort: ${port} among the ports of container "${container.name}"${listed.length > 0 ? ', or the port that is meant' : ''}`,
      },
    ];
  });
});

function numberedPort({ httpGet, tcpSocket, grpc }: Probe): { readonly action?: string; readonly port?: number } {
  // A given host is not the pod.
  if (httpGet && !httpGet.host && typeof httpGet.port === 'number') return { action: 'httpGet', port: httpGet.port };
  if (tcpSocket && !tcpSocket.host && typeof tcpSocket.port === 'number') {
    return { action: 'tcpSocket', port: tcpSocket.port };
  }
  return grpc ? { action: 'grpc', port: grpc.port } : {};
}
