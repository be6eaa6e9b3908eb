import { expect, test } from '@jest/globals';
import type { Container, Pod, PodSpec } from '../../../../../src/manifest/model';
import { containerOptions } from '../../../../../src/runtime/docker/containers/containerOptions';
import { pathOfHost } from '../../../../../src/runtime/docker/containers/mount';

const web: Container = { name: 'web', image: 'shop/web:1', imagePullPolicy: 'IfNotPresent' };
const placement = { name: 'web_0', sandboxId: 'f00', image: {}, labels: { run: '1' } };

function optionsOf(more: Partial<Container>, env = {}, spec: Partial<PodSpec> = {}) {
  const metadata = { name: 'checkout', namespace: 'default', uid: '1' };
  const pod: Pod = { metadata, spec: { restartPolicy: 'Always', initContainers: [], containers: [web], ...spec } };
  return containerOptions({ ...web, ...more }, env, { ...placement, pod });
}

test('disables restarts, health checks, removal and init processes of the engine', () => {
  expect(optionsOf({})).toEqual({
    name: 'web_0',
    Image: 'shop/web:1',
    Labels: { run: '1' },
    Env: [],
    Healthcheck: { Test: ['NONE'] },
    HostConfig: {
      NetworkMode: 'container:f00',
      IpcMode: 'container:f00',
      RestartPolicy: { Name: 'no' },
      AutoRemove: false,
      Init: false,
      PidsLimit: 4_096,
    },
  });
});

test('replaces the entrypoint with command, and the image arguments with args', () => {
  expect(optionsOf({ command: ['sh', '-c'], args: ['sleep 5'] })).toMatchObject({
    Entrypoint: ['sh', '-c'],
    Cmd: ['sleep 5'],
  });
  expect(optionsOf({ command: [], args: [] })).not.toHaveProperty('Entrypoint');
});

test('sets the variables, and expands $(NAME) in command and args', () => {
  const env = { HOST: 'db', URL: 'http://db/$(LATER)' };
  expect(optionsOf({ command: ['get', '$(URL)'], args: ['$$(HOST)'] }, env)).toMatchObject({
    Env: ['HOST=db', 'URL=http://db/$(LATER)'],
    Entrypoint: ['get', 'http://db/$(LATER)'],
    Cmd: ['$(HOST)'],
  });
});

test('limits memory without swap, and CPU by a quota of at least 1ms in 100ms', () => {
  expect(optionsOf({ resources: { limits: { memory: '64Mi', cpu: '250m' } } })).toMatchObject({
    HostConfig: { Memory: 67_108_864, MemorySwap: 67_108_864, CpuPeriod: 100_000, CpuQuota: 25_000 },
  });
  expect(optionsOf({ resources: { limits: { cpu: '1m' } } })).toMatchObject({ HostConfig: { CpuQuota: 1_000 } });
});

test('sets CPU shares from the request, within the limits of the kernel', () => {
  const sharesOf = (cpu: string) => optionsOf({ resources: { requests: { cpu } } }).HostConfig?.CpuShares;
  expect(sharesOf('500m')).toBe(512);
  expect(sharesOf('1m')).toBe(2);
  expect(sharesOf('1k')).toBe(262_144);
});

test('shares the processes of the pod or of the machine if the pod requests it', () => {
  expect(optionsOf({}, {}, { shareProcessNamespace: true })).toMatchObject({
    HostConfig: { PidMode: 'container:f00' },
  });
  expect(optionsOf({}, {}, { hostPID: true, hostIPC: true })).toMatchObject({
    HostConfig: { PidMode: 'host', IpcMode: 'host' },
  });
});

test('sets the stop signal and the working directory', () => {
  expect(optionsOf({ workingDir: '/srv', lifecycle: { stopSignal: 'SIGQUIT' } })).toMatchObject({
    WorkingDir: '/srv',
    StopSignal: 'SIGQUIT',
  });
});

test('labels a volume for each image volume that the pod does not mount', () => {
  const mounts = { Mounts: [pathOfHost('/x', '/data', false)], Binds: ['/y:/logs:ro'] };
  const pod: Pod = {
    metadata: { name: 'checkout', namespace: 'default', uid: '1' },
    spec: { restartPolicy: 'Always', initContainers: [], containers: [web] },
  };
  const image = { volumes: ['/data/', '/logs', '/var/lib/db'] };
  expect(containerOptions(web, {}, { ...placement, pod, image, mounts }).HostConfig).toMatchObject({
    Mounts: [...mounts.Mounts, { Type: 'volume', Target: '/var/lib/db', VolumeOptions: { Labels: { run: '1' } } }],
  });
});
