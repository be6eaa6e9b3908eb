import path from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { podRunOf } from '../../matchers/kernel/call/received';
import { NEVER } from '../../src/clock/instant';
import { kustomize } from '../../src/manifest/source/tools';
import { runPod } from '../../src/pod/live/runPod';
import { registry, removePods } from '../../src/pod/shared/registry';
import { testWithKubectl } from '../unit/manifest/withKubectl';
import { describeOnEngine } from './onEngine';

const KUSTOMIZATION = path.join(__dirname, '../unit/manifest/source/kustomization');

describeOnEngine('the configuration of a pod', () => {
  afterEach(() => {
    for (const pod of registry().pods) pod.remove();
    removePods('file');
  });

  test('sets the environment variables of its containers', async () => {
    const env = [
      { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'database', key: 'password' } } },
      { name: 'URL', value: 'postgres://app:$(PASSWORD)@$(DB_host)' },
      { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      { name: 'MEMORY', valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' } } },
    ];
    const web = {
      name: 'web',
      image: 'busybox:1.36',
      command: ['sleep', '600'],
      resources: { limits: { memory: '64Mi' } },
      envFrom: [{ prefix: 'DB_', configMapRef: { name: 'settings' } }],
      env,
    };
    const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { host: 'db' } };
    const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: { containers: [web] } };
    const pod = await runPod([manifest, settings], { secrets: { database: { password: 'hunter2' } } });
    const { output } = await pod.container('web').exec(['sh', '-c', 'echo "$URL $MEMORY $POD_IP"; hostname -i']);
    const [line = '', ip] = output.trim().split('\n');
    expect(line).toBe(`postgres://app:hunter2@db 64 ${ip}`);
  });

  test('does not appear in errors of the engine', async () => {
    const env = [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'database', key: 'password' } } }];
    const web = { name: 'web', image: 'busybox:1.36', command: ['$(PASSWORD)'], env };
    const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: { containers: [web] } };
    const pod = await runPod(manifest, { secrets: { database: { password: 'hunter2' } } });
    while (pod.timeline.of('Failed').length === 0) await podRunOf(pod).progress(NEVER);
    expect(pod.timeline.of('Failed')[0]?.message).toContain('"***": executable file not found');
    expect(JSON.stringify(pod.timeline.events)).not.toMatch(/hunter2|aHVudGVyMg/);
  });

  test('delays the pod with the events of a node if an object is missing', async () => {
    const env = [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'database', key: 'password' } } }];
    const volumeMounts = [{ name: 'settings', mountPath: '/etc/web' }];
    const volumes = [{ name: 'settings', configMap: { name: 'settings' } }];
    const web = { name: 'web', image: 'busybox:1.36' };
    const podOf = (spec: object) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec });
    const unset = await runPod(podOf({ containers: [{ ...web, env }] }));
    while (unset.timeline.of('Failed').length === 0) await podRunOf(unset).progress(NEVER);
    expect(unset.timeline.of('Failed')[0]?.message).toBe('Error: secret "database" not found');
    const unmounted = await runPod(podOf({ containers: [{ ...web, volumeMounts }], volumes }));
    while (unmounted.timeline.of('FailedMount').length === 0) await podRunOf(unmounted).progress(NEVER);
    expect(unmounted.timeline.of('FailedMount')[0]?.message).toBe(
      'MountVolume.SetUp failed for volume "settings" : configmap "settings" not found',
    );
  });

  testWithKubectl('contains the ConfigMaps of a kustomization', async () => {
    const pod = await runPod(kustomize(KUSTOMIZATION), { images: { web: 'busybox:1.36' } });
    const { output } = await pod.container('web').exec(['sh', '-c', 'echo "$mode"']);
    expect(output).toBe('fast\n');
  });

  testWithKubectl('fails with the error of kubectl if the kustomization is invalid', async () => {
    await expect(runPod(kustomize(path.join(KUSTOMIZATION, 'nowhere')))).rejects.toThrow(
      expect.objectContaining({ name: 'ManifestError', message: expect.stringContaining('kubectl failed: ') }),
    );
  });
});
