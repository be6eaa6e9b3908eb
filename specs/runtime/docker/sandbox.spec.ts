import { expect, test } from '@jest/globals';
import type { Pod } from '../../../src/manifest/model';
import { sandboxOptions } from '../../../src/runtime/docker/sandbox';

const container = { image: 'shop/web:1', imagePullPolicy: 'IfNotPresent' } as const;
const pod: Pod = {
  metadata: { name: 'checkout', namespace: 'default', uid: '1' },
  spec: {
    restartPolicy: 'Always',
    initContainers: [],
    containers: [
      { ...container, name: 'web', ports: [{ containerPort: 8080, name: 'http' }] },
      { ...container, name: 'dns', ports: [{ containerPort: 53, protocol: 'UDP' }] },
    ],
  },
};
const placement = { name: 'sandbox', image: 'pause', labels: {} };

test('holds the pod name as host name, an IPC namespace to share, and every port on the loopback interface', () => {
  const anyPort = [{ HostIp: '127.0.0.1', HostPort: '' }];
  expect(sandboxOptions(pod, placement, 'localhost')).toMatchObject({
    Hostname: 'checkout',
    HostConfig: { IpcMode: 'shareable', PortBindings: { '8080/tcp': anyPort, '53/udp': anyPort } },
  });
});

test('publishes on every interface of an engine that is not on this machine', () => {
  expect(sandboxOptions(pod, placement, '10.0.0.7')).toMatchObject({
    HostConfig: { PortBindings: { '8080/tcp': [{ HostIp: '', HostPort: '' }] } },
  });
});

test('cuts a host name to 63 characters, and prefers the one in the spec', () => {
  const { metadata, spec } = pod;
  const long = { ...pod, metadata: { ...metadata, name: 'a'.repeat(70) } };
  expect(sandboxOptions(long, placement, 'localhost').Hostname).toBe('a'.repeat(63));
  expect(sandboxOptions({ ...pod, spec: { ...spec, hostname: 'shop' } }, placement, 'localhost').Hostname).toBe('shop');
});
