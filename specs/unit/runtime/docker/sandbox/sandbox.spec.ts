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

test('sets the hostname, a shareable IPC namespace and ports on the loopback interface', () => {
  const anyPort = [{ HostIp: '127.0.0.1', HostPort: '' }];
  expect(sandboxOptions(pod, placement, 'localhost')).toMatchObject({
    Hostname: 'checkout',
    HostConfig: { IpcMode: 'shareable', PortBindings: { '8080/tcp': anyPort, '53/udp': anyPort } },
  });
});

test('publishes ports on every interface of a remote engine', () => {
  expect(sandboxOptions(pod, placement, '10.0.0.7')).toMatchObject({
    HostConfig: { PortBindings: { '8080/tcp': [{ HostIp: '', HostPort: '' }] } },
  });
});

test('cuts a hostname to 63 characters, and prefers spec.hostname', () => {
  const { metadata, spec } = pod;
  const long = { ...pod, metadata: { ...metadata, name: 'a'.repeat(70) } };
  expect(sandboxOptions(long, placement, 'localhost').Hostname).toBe('a'.repeat(63));
  const dashed = { ...pod, metadata: { ...metadata, name: `${'a'.repeat(62)}-b` } };
  expect(sandboxOptions(dashed, placement, 'localhost').Hostname).toBe('a'.repeat(62));
  expect(sandboxOptions({ ...pod, spec: { ...spec, hostname: 'shop' } }, placement, 'localhost').Hostname).toBe('shop');
});

test('adds host aliases and the full name of a pod with a subdomain to the hosts file', () => {
  const hostAliases = [{ ip: '10.1.2.3', hostnames: ['db', 'db.local'] }, { ip: '::1' }];
  const spec = { ...pod.spec, hostAliases, subdomain: 'shop' };
  expect(sandboxOptions({ ...pod, spec }, placement, 'localhost')).toMatchObject({
    Hostname: 'checkout',
    Domainname: 'shop.default.svc.cluster.local',
    HostConfig: { ExtraHosts: ['db:10.1.2.3', 'db.local:10.1.2.3'] },
  });
});

test('uses the network and IPC of the machine if allowed, and publishes no ports', () => {
  const options = sandboxOptions({ ...pod, spec: { ...pod.spec, hostNetwork: true, hostIPC: true } }, placement, '');
  expect(options).toMatchObject({ HostConfig: { NetworkMode: 'host', IpcMode: 'host' } });
  expect(options).not.toHaveProperty('Hostname');
  expect(options.HostConfig).not.toHaveProperty('PortBindings');
});
