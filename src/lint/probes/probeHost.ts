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
        why: `the node connects to ${JSON.stringify(host)}${isLoopback ? ', which is the node itself,' : ''} instead of the IP of the pod. The probe does not test the container`,
        fix:
          action === 'httpGet'
            ? `remove host. For a virtual host, set httpHeaders: [{ name: Host, value: ${JSON.stringify(isLoopback ? 'example.com' : host)} }]`
            : 'remove host',
      },
    ];
  }),
);
