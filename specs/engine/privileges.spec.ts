import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Container, PodSpec } from '../../src/manifest/model';
import type { Run } from '../../src/runtime/docker/run';
import { EnginePod } from './enginePod';
import { describeOnEngine } from './onEngine';
import { beginSpecRun } from './specRun';

describeOnEngine('the privileges of a container', () => {
  let run: Run;
  let end: () => Promise<void>;
  let pod: EnginePod;
  let pods = 0;

  beforeAll(async () => {
    ({ run, end } = await beginSpecRun());
  });
  afterAll(() => end());
  afterEach(() => pod.runtime.remove());

  function podWith(spec: Partial<PodSpec> = {}): EnginePod {
    pods += 1;
    pod = new EnginePod(run, String(pods), [], { spec });
    return pod;
  }

  /** Returns the output of a shell in such a container, as lines. */
  async function said(script: string, container: Partial<Container>, spec: Partial<PodSpec> = {}): Promise<string[]> {
    await podWith(spec).start({ command: ['sh', '-c', script], ...container });
    await pod.next('ContainerExited');
    return ((await pod.runtime.logs('web')) ?? '').trim().split('\n');
  }

  test('use its user and groups before those of the pod', async () => {
    const spec = {
      securityContext: { runAsUser: 1000, runAsGroup: 3000, fsGroup: 2000, supplementalGroups: [4000] },
    };
    expect(await said('id -u; id -g; id -G', { securityContext: { runAsUser: 1001 } }, spec)).toEqual([
      '1001',
      '3000',
      '3000 2000 4000',
    ]);
  });

  test('exclude writes to a read-only root file system', async () => {
    const securityContext = { readOnlyRootFilesystem: true };
    expect(await said('touch /file 2>&1; touch /dev/shm/file && echo fine', { securityContext })).toEqual([
      'touch: /file: Read-only file system',
      'fine',
    ]);
  });

  test('include only its capabilities', async () => {
    const script = 'grep CapEff /proc/self/status; chown 1 /tmp 2>&1';
    const bare = { capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } };
    expect(await said(script, { securityContext: bare })).toEqual([
      'CapEff:\t0000000000000400',
      'chown: /tmp: Operation not permitted',
    ]);
  });

  test('cannot grow if allowPrivilegeEscalation is false', async () => {
    const script = 'grep NoNewPrivs /proc/self/status';
    expect(await said(script, { securityContext: { allowPrivilegeEscalation: false } })).toEqual(['NoNewPrivs:\t1']);
    expect(await said(script, {})).toEqual(['NoNewPrivs:\t0']);
  });

  test('prevent its creation if runAsNonRoot is true and the image runs as root', async () => {
    await podWith({ securityContext: { runAsNonRoot: true } }).do(
      { kind: 'CreateSandbox', attempt: 0 },
      'SandboxStarted',
    );
    const container: Container = { name: 'web', image: 'busybox:1.36', imagePullPolicy: 'Never' };
    expect(await pod.do({ kind: 'CreateContainer', container, attempt: 0 }, 'ContainerCreateFailed')).toMatchObject({
      reason: 'CreateContainerConfigError',
      message: `container has runAsNonRoot and image will run as root (pod: "checkout_default(${pods})", container: web)`,
    });
  });

  test('limit its memory and CPU', async () => {
    const resources = { limits: { memory: '32Mi', cpu: '500m' }, requests: { cpu: '250m' } };
    const id = await podWith().start({ command: ['sleep', '600'], resources });
    const { HostConfig } = await run.engine.docker.getContainer(id).inspect();
    expect(HostConfig).toMatchObject({
      Memory: 33_554_432,
      MemorySwap: 33_554_432,
      CpuPeriod: 100_000,
      CpuQuota: 50_000,
      CpuShares: 256,
    });
  });
});
