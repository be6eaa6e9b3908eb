import { probesOf } from '../../manifest/facts/parts';
import { rule } from '../rule';

/** Source: prober/prober.go `runProbe`, probe/http/request.go: the kubelet dials the host instead of the pod's IP. */
export const probeHost = rule('probe-host', ({ pod: { spec } }) =>
  probesOf(spec).flatMap(({ path, value }) => {
    const action = value.httpGet?.host ? 'httpGet' : 'tcpSocket';
    const host = value[action]?.host;
    if (!host) return [];
    const isLoopback = /^(?:localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])$/.test(host);
    if (isLoopback && spec.hostNetwork) return [];
    return [
      {
        path: path.child(action, 'host'),
        severity: isLoopback ? 'error' : 'warning',
        why: `host is the address that the node dials instead of the pod's${isLoopback ? `, and ${JSON.stringify(host)} is the node itself` : ''}: the container is not asked`,
        right:
          action === 'httpGet'
            ? `no host; for a virtual host, httpHeaders: [{ name: Host, value: ${JSON.stringify(isLoopback ? 'example.com' : host)} }]`
            : 'no host',
      },
    ];
  }),
);
