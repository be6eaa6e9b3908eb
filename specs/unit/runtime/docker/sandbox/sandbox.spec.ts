import { expect, test } from '@jest/globals';
import type { Pod } from '../../../../../src/manifest/model';
import { sandboxOptions } from '../../../../../src/runtime/docker/sandbox/sandbox';

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
  const dashed = { ...pod, metadata: { ...metadata, name: `${'a'.repeat(62)}-b` } };
  expect(sandboxOptions(dashed, placement, 'localhost').Hostname).toBe('a'.repeat(62));
  expect(sandboxOptions({ ...pod, spec: { ...spec, hostname: 'shop' } }, placement, 'localhost').Hostname).toBe('shop');
});

test('writes the aliases, and with a subdomain the full name of the pod, into the hosts file', () => {
  const hostAliases = [{ ip: '10.1.2.3', hostnames: ['db', 'db.local'] }, { ip: '::1' }];
  const spec = { ...pod.spec, hostAliases, subdomain: 'shop' };
  expect(sandboxOptions({ ...pod, spec }, placement, 'localhost')).toMatchObject({
    Hostname: 'checkout',
    Domainname: 'shop.default.svc.cluster.local',
    HostConfig: { ExtraHosts: ['db:10.1.2.3', 'db.local:10.1.2.3'] },
  });
});

test('has the network and the IPC of the machine where that is allowed, and publishes nothing then', () => {
  const options = sandboxOptions({ ...pod, spec: { ...pod.spec, hostNetwork: true, hostIPC: true } }, placement, '');
  expect(options).toMatchObject({ HostConfig: { NetworkMode: 'host', IpcMode: 'host' } });
  expect(options).not.toHaveProperty('Hostname');
  expect(options.HostConfig).not.toHaveProperty('PortBindings');
});
