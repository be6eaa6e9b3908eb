import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Config } from '../../src/manifest/config/config';
import type { Container, PodSpec, Volume, VolumeMount } from '../../src/manifest/model';
import { mountsParts } from '../../src/runtime/docker/containers/mount';
import type { Run } from '../../src/runtime/docker/run';
import { EnginePod } from './enginePod';
import { describeOnEngine } from './onEngine';
import { beginSpecRun } from './specRun';

const busybox: Container = {
  name: 'web',
  image: 'busybox:1.36',
  imagePullPolicy: 'IfNotPresent',
  command: ['sleep', '600'],
};
const config: Config = {
  configMaps: {
    app: { 'app.yaml': 'port: 8080\n', 'log.level': 'debug', logo: { base64: 'AAH/' } },
  },
  secrets: { db: { user: 'shop', password: 's3cret' } },
};

describeOnEngine('the volumes of a pod on a container engine', () => {
  let run: Run;
  let end: () => Promise<void>;
  let pod: EnginePod;
  let pods = 0;

  beforeAll(async () => {
    ({ run, end } = await beginSpecRun());
  });
  afterAll(() => end());
  afterEach(() => pod.runtime.remove());

  /** Declares a pod with a container that mounts each volume, at its own name by default. */
  function declare(
    volumes: readonly Volume[],
    mounts: readonly (Partial<VolumeMount> & { readonly mountPath: string })[],
    spec: Partial<PodSpec> = {},
    more: Partial<Container> = {},
  ): Container {
    pods += 1;
    const volumeMounts = mounts.map((mount) => ({ name: mount.mountPath.slice(1), ...mount }));
    const container: Container = { ...busybox, volumeMounts, ...more };
    pod = new EnginePod(run, String(pods), [], { spec: { ...spec, volumes, containers: [container] }, config });
    return container;
  }

  /** Declares and starts such a container. */
  const start = (...declared: Parameters<typeof declare>) => again(declare(...declared));

  /** Starts another instance of a container. */
  async function again(container: Partial<Container>) {
    const id = await pod.start(container);
    const sh = async (script: string) => {
      const result = await pod.runtime.execInContainer(id, ['sh', '-c', script]);
      return 'output' in result ? result.output : result;
    };
    return { id, container, sh };
  }

  test('an emptyDir is empty, writable for all users, and outlives its containers', async () => {
    const first = await start(
      [
        { name: 'etc', emptyDir: {} },
        { name: 'run', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
      ],
      [{ mountPath: '/etc', name: 'etc' }, { mountPath: '/run' }],
    );
    expect(
      await first.sh(
        'ls /etc/passwd 2>&1; stat -c "%a %u:%g" /etc /run; df -k /run | tail -1 | awk \'{print $1, $2}\'',
      ),
    ).toBe('ls: /etc/passwd: No such file or directory\n777 0:0\n1777 0:0\ntmpfs 1024\n');
    await first.sh('echo kept > /etc/a; echo kept > /run/b; echo lost > /c');
    await pod.do({ kind: 'SignalContainer', id: first.id, signal: 'SIGKILL' }, 'ContainerExited');

    const second = await again(first.container);
    expect(await second.sh('cat /etc/a /run/b /c')).toBe(
      "kept\nkept\ncat: can't open '/c': No such file or directory\n",
    );
  });

  test('fsGroup owns the volumes, and can write to all that are not read-only', async () => {
    const { sh } = await start(
      [
        { name: 'data', emptyDir: {} },
        { name: 'claim', persistentVolumeClaim: { claimName: 'c' } },
        { name: 'conf', configMap: { name: 'app', defaultMode: 0o400 } },
      ],
      [{ mountPath: '/data' }, { mountPath: '/claim' }, { mountPath: '/conf' }],
      { securityContext: { fsGroup: 2000 } },
    );
    expect(await sh('stat -Lc "%a %u:%g %n" /data /claim /conf /conf/log.level')).toBe(
      '2777 0:2000 /data\n2775 0:2000 /claim\n2777 0:2000 /conf\n440 0:2000 /conf/log.level\n',
    );
    expect(await sh('touch /data/new; stat -c %g /data/new')).toBe('2000\n');
  });

  test('a persistentVolumeClaim is an empty file system that belongs to root', async () => {
    const { sh } = await start(
      [{ name: 'claim', persistentVolumeClaim: { claimName: 'c' } }],
      [{ mountPath: '/claim' }],
    );
    expect(await sh('stat -c "%a %u:%g" /claim; ls -A /claim')).toBe('755 0:0\n');
  });

  test('a configMap has read-only files with the given mode, as links', async () => {
    const { sh } = await start(
      [
        { name: 'all', configMap: { name: 'app' } },
        { name: 'some', configMap: { name: 'app', items: [{ key: 'log.level', path: 'log/level', mode: 0o600 }] } },
      ],
      [{ mountPath: '/all' }, { mountPath: '/some' }],
    );
    expect(await sh('cd /all; ls; readlink app.yaml; cat app.yaml; xxd -p logo; stat -Lc %a logo; touch new')).toBe(
      'app.yaml\nlog.level\nlogo\n..data/app.yaml\nport: 8080\n0001ff\n644\ntouch: new: Read-only file system\n',
    );
    expect(await sh('cd /some; ls -R . | head -3; stat -Lc %a log/level; cat log/level')).toBe('.:\nlog\n600\ndebug');
  });

  test('a secret, a downwardAPI and a projected volume are in memory', async () => {
    const { sh } = await start(
      [
        { name: 'db', secret: { secretName: 'db', defaultMode: 0o440 } },
        { name: 'self', downwardAPI: { items: [{ path: 'name', fieldRef: { fieldPath: 'metadata.name' } }] } },
        {
          name: 'both',
          projected: {
            sources: [
              { secret: { name: 'db', items: [{ key: 'user', path: 'who' }] } },
              { configMap: { name: 'app', items: [{ key: 'log.level', path: 'log' }] } },
              { secret: { name: 'nosuch', optional: true } },
            ],
          },
        },
      ],
      [{ mountPath: '/db' }, { mountPath: '/self' }, { mountPath: '/both' }],
    );
    expect(await sh('cd /db; ls; cat password; stat -Lc %a password; stat -fc %T . /self /both')).toBe(
      'password\nuser\ns3cret440\ntmpfs\ntmpfs\ntmpfs\n',
    );
    expect(await sh('cat /self/name; echo; cat /both/who /both/log; ls /both')).toBe('checkout\nshopdebuglog\nwho\n');
  });

  test('a configMap can contain another mount', async () => {
    const volumes = [
      { name: 'conf', configMap: { name: 'app' } },
      { name: 'data', emptyDir: {} },
    ];
    const { sh } = await start(volumes, [{ mountPath: '/conf' }, { name: 'data', mountPath: '/conf/var/data' }]);
    expect(await sh('touch /conf/var/data/x && ls /conf')).toBe('app.yaml\nlog.level\nlogo\nvar\n');
  });

  test('a new sandbox keeps data on disk, and gets new configuration', async () => {
    const volumes = [
      { name: 'data', emptyDir: {} },
      { name: 'db', secret: { secretName: 'db' } },
    ];
    const { container, sh } = await start(volumes, [{ mountPath: '/data' }, { mountPath: '/db' }]);
    await sh('echo kept > /data/x; chmod 700 /data');
    const { id } = await pod.next('SandboxStarted');
    await pod.do({ kind: 'StopSandbox', id }, 'SandboxStopped');
    await pod.do({ kind: 'CreateSandbox', attempt: 1 }, 'SandboxStarted');
    const later = await again(container);
    expect(await later.sh('cat /data/x /db/user; stat -c " %a" /data')).toBe('kept\nshop 700\n');
  });

  test('a subPath mounts a file, or a directory that it creates if missing', async () => {
    const { sh } = await start(
      [
        { name: 'data', emptyDir: {} },
        { name: 'conf', configMap: { name: 'app' } },
      ],
      [
        { name: 'conf', mountPath: '/etc/shop/app.yaml', subPath: 'app.yaml' },
        { name: 'data', mountPath: '/var/lib/shop', subPath: 'lib/shop' },
        { name: 'data', mountPath: '/logs', subPathExpr: '$(NAME)-logs', readOnly: true },
        { name: 'data', mountPath: '/again', subPath: 'lib/shop' },
      ],
      {},
      { env: [{ name: 'NAME', value: 'shop' }] },
    );
    expect(await sh('cat /etc/shop/app.yaml; ls /etc/shop; echo x > /etc/shop/app.yaml')).toBe(
      "port: 8080\napp.yaml\nsh: can't create /etc/shop/app.yaml: Read-only file system\n",
    );
    expect(await sh('touch /var/lib/shop/orders; ls /again /logs; stat -c %a /again; touch /logs/x')).toBe(
      '/again:\norders\n\n/logs:\n777\ntouch: /logs/x: Read-only file system\n',
    );
  });

  test('a subPath beside its whole volume needs an engine that mounts it safely', async () => {
    const declared = declare(
      [{ name: 'data', emptyDir: {} }],
      [{ mountPath: '/data' }, { name: 'data', mountPath: '/orders', subPath: 'shop/orders' }],
    );
    if (!mountsParts(run.engine.apiVersion)) {
      await pod.do({ kind: 'CreateSandbox', attempt: 0 }, 'RuntimeFailed');
      expect(pod.failures.map(({ message }) => message)).toEqual([
        expect.stringMatching(
          /^container web: subPath shop\/orders of the volume data is blocked because .* Use Docker 26 or later/,
        ),
      ]);
      return;
    }
    const { sh } = await again(declared);
    expect(await sh('touch /orders/1; find /data')).toBe('/data\n/data/shop\n/data/shop/orders\n/data/shop/orders/1\n');
  });

  test('a subPath is blocked if a container replaced it by a symbolic link', async () => {
    const mounts = [{ mountPath: '/data' }];
    const { sh } = await start([{ name: 'data', emptyDir: {} }], mounts);
    await sh('ln -s / /data/out');
    const volumeMounts = [{ name: 'data', mountPath: '/host', subPath: 'out' }];
    const container = { ...busybox, volumeMounts };
    if (!mountsParts(run.engine.apiVersion)) {
      await pod.do({ kind: 'CreateContainer', container, attempt: 1 }, 'RuntimeFailed');
      expect(pod.failures.map(({ message }) => message)).toEqual([
        expect.stringContaining('subPath out of the volume data is blocked'),
      ]);
      return;
    }
    const failed = await pod.do({ kind: 'CreateContainer', container, attempt: 1 }, 'ContainerCreateFailed');
    expect(failed).toMatchObject({
      reason: 'CreateContainerConfigError',
      message:
        'failed to prepare subPath for volumeMount "data" of container "web": out is a symbolic link. Mount a path without symbolic links',
    });
  });

  test('a hostPath shows the path, and fails if its type requires an existing one', async () => {
    const hostPath = { path: '/etc', type: 'Directory' };
    const { sh } = await start([{ name: 'host', hostPath }], [{ mountPath: '/host', readOnly: true }]);
    expect(await sh('ls /host/passwd; touch /host/x')).toBe('/host/passwd\ntouch: /host/x: Read-only file system\n');

    await pod.runtime.remove();
    const nosuch = { name: 'host', hostPath: { path: '/nosuch', type: 'Directory' } };
    const container = declare([nosuch], [{ mountPath: '/host' }]);
    await pod.do({ kind: 'CreateSandbox', attempt: 0 }, 'SandboxStarted');
    const failed = await pod.do({ kind: 'CreateContainer', container, attempt: 0 }, 'ContainerCreateFailed');
    expect(failed).toMatchObject({ reason: 'CreateContainerError', message: expect.stringContaining('/nosuch') });
  });

  test('a sandbox whose volumes fail can be created again', async () => {
    const path = 'x'.repeat(300);
    const volume = { name: 'conf', configMap: { name: 'app', items: [{ key: 'log.level', path }] } };
    declare([volume], [{ mountPath: '/conf' }]);
    const tooLong = { message: expect.stringContaining('file name too long') };
    expect(await pod.do({ kind: 'CreateSandbox', attempt: 0 }, 'SandboxFailed')).toMatchObject(tooLong);
    expect(await pod.do({ kind: 'CreateSandbox', attempt: 0 }, 'SandboxFailed')).toMatchObject(tooLong);
  });

  test('all volumes are removed with the pod, also during its start', async () => {
    const volumes = [
      { name: 'data', emptyDir: {} },
      { name: 'db', secret: { secretName: 'db' } },
    ];
    const podVolumes = () => namesOf(`_${run.id}.${pods}`);
    await start(volumes, [{ mountPath: '/data' }, { mountPath: '/db' }]);
    expect(await podVolumes()).toEqual(['data', 'db']);
    await pod.runtime.remove();
    expect(await podVolumes()).toEqual([]);

    declare(volumes, [{ mountPath: '/data' }, { mountPath: '/db' }]);
    pod.runtime.perform({ kind: 'CreateSandbox', attempt: 0 });
    await pod.runtime.remove();
    expect(await podVolumes()).toEqual([]);
  });

  /** Returns the names of the volumes of a pod, with and without labels. */
  async function namesOf(suffix: string): Promise<string[]> {
    const { Volumes } = await run.engine.docker.listVolumes();
    return Volumes.filter(({ Name }) => Name.endsWith(suffix))
      .map(({ Name }) => Name.split('_')[1] ?? '')
      .sort();
  }
});
