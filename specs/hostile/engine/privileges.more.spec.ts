import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { podRunOf } from '../../../matchers/kernel/call/received';
import { NEVER } from '../../../src/clock/instant';
import type { LivePod } from '../../../src/pod/live/livePod';
import { runPod } from '../../../src/pod/live/runPod';
import { registry, removePods } from '../../../src/pod/shared/registry';
import type { ContainerInspection } from '../../../src/runtime/docker/engine/docker';
import { findEngine } from '../../../src/runtime/docker/engine/engine';
import { POD_LABEL, RUN_LABEL } from '../../../src/runtime/docker/engine/labels';
import { describeOnEngine } from '../../engine/onEngine';
import { EngineMachine } from './engineMachine';

const SECURITY = {
  seccompProfile: { type: 'Unconfined' },
  appArmorProfile: { type: 'Unconfined' },
  procMount: 'Unmasked',
  allowPrivilegeEscalation: true,
};
const SECRET = randomUUID();
const IDLES = { image: 'busybox:1.36', command: ['sleep', '600'] };
const volumes = [
  { name: 'data', emptyDir: {} },
  { name: 'tmp', emptyDir: { medium: 'Memory' } },
  { name: 'conf', configMap: { name: 'app' } },
];
const volumeMounts = volumes.map(({ name }) => ({ name, mountPath: `/${name}` }));
const CONFIG = { configMaps: { app: { key: 'value' } } };
const web = (more: object = {}) => ({ name: 'web', ...IDLES, ...more });

/** Manifests that request privileges in ways that are not blocked. */
const PODS: Readonly<Record<string, object>> = {
  'that asks for nothing': { containers: [web()] },
  'with volumes': { containers: [web({ volumeMounts })], volumes },
  'that shares its processes': { shareProcessNamespace: true, containers: [web({ volumeMounts })], volumes },
  'that asks for no seccomp and no masks': { containers: [web({ securityContext: SECURITY })], hostUsers: true },
  'that asks for a termination log': { containers: [web({ terminationMessagePath: '/dev/termination-log' })] },
  'that asks for devices': {
    containers: [web({ volumeDevices: [{ name: 'disk', devicePath: '/dev/vda' }] })],
    volumes: [{ name: 'disk', persistentVolumeClaim: { claimName: 'c' } }],
  },
  'that asks for kernel settings': {
    securityContext: { sysctls: [{ name: 'kernel.shm_rmid_forced', value: '1' }] },
    containers: [web()],
  },
};

describeOnEngine('the containers of a pod', () => {
  afterEach(() => {
    for (const pod of registry().pods) void pod.remove();
  });
  afterAll(() => removePods('file'));

  let blocked: unknown;
  async function startPod(spec: object): Promise<LivePod | undefined> {
    const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'asks' }, spec };
    const pod = await runPod(manifest, CONFIG).catch((error: unknown) => {
      blocked = error;
      return undefined;
    });
    // A blocked manifest creates nothing.
    while (pod && pod.timeline.of('ContainerStarted').length === 0) {
      if (pod.broken || pod.timeline.of('Failed').length > 0) break;
      await podRunOf(pod).progress(NEVER);
    }
    return pod;
  }

  /** Returns every container that was created for pods of this process. */
  async function listCreated(): Promise<readonly ContainerInspection[]> {
    const { docker } = await findEngine();
    const found = await docker.listContainers({ all: true, filters: { label: [RUN_LABEL], name: ['_asks_'] } });
    return Promise.all(found.map(({ Id }) => docker.getContainer(Id).inspect()));
  }

  describe.each(Object.keys(PODS))('for a pod %s', (name) => {
    let all: readonly ContainerInspection[] = [];
    beforeAll(async () => {
      process.env.SECRET_OF_THIS_MACHINE = SECRET;
      const pod = await startPod(PODS[name] ?? {});
      all = pod ? await listCreated() : [];
      await pod?.remove();
      delete process.env.SECRET_OF_THIS_MACHINE;
      // A pod that was not created proves nothing, unless its request was blocked.
      expect(pod ? 'created' : String(blocked)).toMatch(all.length > 1 ? 'created' : /refused|blocked/);
    });

    test('are unprivileged, with at most the default capabilities of the engine', () => {
      for (const { HostConfig } of all) {
        expect([HostConfig.Privileged, HostConfig.CapAdd ?? []]).toEqual([false, []]);
      }
    });

    test('have no device, no device rule and no device request', () => {
      for (const { HostConfig } of all) {
        expect([HostConfig.Devices ?? [], HostConfig.DeviceCgroupRules ?? [], HostConfig.DeviceRequests ?? []]).toEqual(
          [[], [], []],
        );
      }
    });

    test('share no namespace with the machine', () => {
      for (const { HostConfig } of all) {
        const { PidMode, IpcMode, UTSMode, UsernsMode, NetworkMode } = HostConfig;
        expect([PidMode, IpcMode, UTSMode, UsernsMode, NetworkMode]).not.toContain('host');
      }
    });

    test('are confined by seccomp and the masked paths of the engine', () => {
      for (const { HostConfig, AppArmorProfile } of all) {
        expect(JSON.stringify([HostConfig.SecurityOpt, AppArmorProfile])).not.toContain('unconfined');
        expect(HostConfig.MaskedPaths).toContain('/proc/kcore');
        expect(HostConfig.ReadonlyPaths).toContain('/proc/sys');
      }
    });

    test('mount only their own volumes', () => {
      for (const { HostConfig, Mounts } of all) {
        expect(HostConfig.Binds ?? []).toEqual([]);
        for (const { Type, Source } of Mounts)
          expect([Type, Source]).toEqual([Type, expect.stringMatching(/\/volumes\//)]);
      }
    });

    test('have no environment variable of this machine', () => {
      for (const { Config } of all) expect(JSON.stringify(Config)).not.toContain(SECRET);
    });

    test('have our labels, like their volumes', async () => {
      for (const { Config } of all)
        expect(Object.keys(Config.Labels)).toEqual(expect.arrayContaining([RUN_LABEL, POD_LABEL]));
    });

    test('include a sandbox without any privilege', () => {
      for (const { Name, Config, HostConfig } of all.filter(({ Name: own }) => /_(POD|VOLUMES)_/.test(own))) {
        expect([Name, Config.User, HostConfig.CapDrop, HostConfig.SecurityOpt]).toEqual([
          Name,
          '65535:65535',
          ['ALL'],
          ['no-new-privileges'],
        ]);
      }
    });
  });

  test('include a sandbox without capabilities, with a seccomp filter', async () => {
    await startPod({ containers: [web()], shareProcessNamespace: true });
    const own = (await listCreated()).filter(({ Name }) => /_(POD|VOLUMES)_/.test(Name));
    expect(own).toHaveLength(2);
    await using machine = await EngineMachine.reach();
    for (const { State } of own) {
      const status = await machine.sh(`cat /proc/${State.Pid}/status`);
      expect(status).toMatch(/^CapBnd:\t0+$/m);
      expect(status).toMatch(/^NoNewPrivs:\t1$/m);
      expect(status).toMatch(/^Seccomp:\t2$/m);
    }
  });

  test.each([
    ['hostPID', { hostPID: true }],
    ['hostNetwork', { hostNetwork: true }],
    ['hostIPC', { hostIPC: true }],
    ['privileged', { containers: [web({ securityContext: { privileged: true } })] }],
    ['SYS_ADMIN', { containers: [web({ securityContext: { capabilities: { add: ['SYS_ADMIN'] } } })] }],
    ['cap_sys_ptrace', { containers: [web({ securityContext: { capabilities: { add: ['cap_sys_ptrace'] } } })] }],
    ['ALL', { containers: [web({ securityContext: { capabilities: { add: ['ALL'] } } })] }],
    ['hostPath', { volumes: [{ name: 'h', hostPath: { path: '/' } }] }],
    [
      'a hostPath that is a socket',
      { volumes: [{ name: 'h', hostPath: { path: '/var/run/docker.sock', type: 'Socket' } }] },
    ],
    [
      'a probe of another host',
      { containers: [web({ readinessProbe: { httpGet: { host: '169.254.169.254', port: 80 } } })] },
    ],
  ])('are not created if the manifest requests %s', async (_, spec) => {
    const manifest = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'asks' },
      spec: { containers: [web()], ...spec },
    };
    await expect(runPod(manifest)).rejects.toThrow(/refused|blocked/);
  });

  test('include a helper with one capability that disconnects the network', async () => {
    const { docker } = await findEngine();
    const pod = await startPod({ containers: [web()] });
    // Other runs on this engine create containers at the same time.
    const ofThisRun = `${RUN_LABEL}=${(await listCreated())[0]?.Config.Labels[RUN_LABEL]}`;
    const events = await docker.getEvents({ filters: { type: ['container'], event: ['create'], label: [ofThisRun] } });
    const helpers: ContainerInspection[] = [];
    events.on('data', (chunk: Buffer) => {
      const { id } = JSON.parse(String(chunk).split('\n')[0] ?? '') as { readonly id: string };
      docker
        .getContainer(id)
        .inspect()
        .then(
          (found) => helpers.push(found),
          () => {},
        );
    });
    await pod?.disconnect();
    await pod?.reconnect();
    (events as unknown as { destroy(): void }).destroy();
    const own = helpers.filter(({ Name }) => !Name.includes('_asks_'));
    expect(own.length).toBeGreaterThan(0);
    for (const { HostConfig } of own) {
      // Docker 26 adds it for the PID namespace of the machine, because SELinux would separate the processes.
      const options = HostConfig.SecurityOpt?.filter((option: string) => option !== 'label=disable');
      expect([HostConfig.Privileged, HostConfig.CapDrop, options, HostConfig.Mounts ?? []]).toEqual([
        false,
        ['ALL'],
        ['no-new-privileges'],
        [],
      ]);
      expect(['NET_ADMIN', 'KILL']).toEqual(expect.arrayContaining([...(HostConfig.CapAdd ?? [])]));
    }
  });
});
