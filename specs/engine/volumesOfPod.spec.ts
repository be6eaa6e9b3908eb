import { afterAll, afterEach, expect, test } from '@jest/globals';
import { runPod } from 'jest-kubelet';
import { registry, removePods } from '../../src/pod/shared/registry';
import { describeOnEngine } from './onEngine';
import 'jest-kubelet/jest-globals';

const shop = { name: 'shop', image: 'busybox:1.36', command: ['sleep', '600'] };

function manifest(spec: object) {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec };
}

describeOnEngine('the volumes of a live pod', () => {
  afterEach(() => {
    for (const pod of registry().pods) pod.remove();
  });
  afterAll(() => removePods('file'));

  test('delay the pod if one of them cannot be mounted, until it is deleted', async () => {
    const volumeMounts = [{ name: 'conf', mountPath: '/conf' }];
    const volumes = [{ name: 'conf', configMap: { name: 'settings' } }];
    const pod = await runPod(manifest({ containers: [{ ...shop, volumeMounts }], volumes }));

    const message = 'MountVolume.SetUp failed for volume "conf" : configmap "settings" not found';
    await expect(expect(pod).toBecomeReady()).rejects.toThrow(message);
    expect(pod.events.at(-1)).toMatchObject({ type: 'Warning', kind: 'FailedMount', message });
    expect(pod.status).toMatchObject({
      phase: 'Pending',
      containerStatuses: [{ state: { waiting: { reason: 'ContainerCreating' } } }],
    });
    await pod.delete();
    expect(pod.timeline.of('PodRemoved')).toHaveLength(1);
  });

  test('do not delay the pod if no container mounts them', async () => {
    const volumes = [{ name: 'conf', configMap: { name: 'settings' } }];
    const pod = await runPod(manifest({ containers: [shop], volumes }));
    await expect(pod).toBecomeReady();
  });

  test('include the claims of a StatefulSet and the ConfigMaps of the options', async () => {
    const volumeMounts = [
      { name: 'data', mountPath: '/data' },
      { name: 'conf', mountPath: '/conf' },
    ];
    const volumes = [{ name: 'conf', configMap: { name: 'settings' } }];
    const template = {
      metadata: { labels: { app: 'shop' } },
      spec: { containers: [{ ...shop, volumeMounts }], volumes, securityContext: { runAsUser: 1000, fsGroup: 2000 } },
    };
    const claim = { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'] } };
    const selector = { matchLabels: { app: 'shop' } };
    const spec = { serviceName: 'shop', selector, template, volumeClaimTemplates: [claim] };
    const set = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'shop' }, spec };
    const pod = await runPod(set, { configMaps: { settings: { mode: 'fast' } } });

    const script = 'touch /data/x && stat -c "%u:%g" /data/x && cat /conf/mode';
    expect(await pod.container('shop').exec(['sh', '-c', script])).toMatchObject({ output: '1000:2000\nfast' });
  });
});
