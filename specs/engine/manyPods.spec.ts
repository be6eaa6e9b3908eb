import { afterEach, expect, test } from '@jest/globals';
import { type LivePod, runPod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { registry } from '../../src/pod/shared/registry';
import { describeOnEngine } from './onEngine';

const COUNT = 20;
const SERVES = 'mkdir /tmp/www; echo $0 > /tmp/www/index.html; exec httpd -f -p $1 -h /tmp/www';

function serving(name: string, port: number, text: string) {
  return {
    name,
    image: 'busybox:1.36',
    command: ['sh', '-c', SERVES, text, String(port)],
    ports: [{ containerPort: port, name }],
    readinessProbe: { httpGet: { port: name, path: '/' }, periodSeconds: 1 },
  };
}

function shop(index: number): Promise<LivePod> {
  const containers = [serving('web', 8080, `web ${index}`), serving('admin', 9901, `admin ${index}`)];
  return runPod({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: { containers } });
}

const answerOf = async (pod: LivePod, container: string) =>
  (await fetch(await pod.container(container).url(container))).text();

describeOnEngine(`${COUNT} pods with the same name in one process`, () => {
  afterEach(() => {
    for (const pod of registry().pods) pod.remove();
  });

  test('become Ready in parallel with their own IPs and ports, and restart alone', async () => {
    const pods = await Promise.all(Array.from({ length: COUNT }, (_, index) => shop(index)));
    await Promise.all(pods.map((pod) => expect(pod).toBecomeReady({ within: '2m' })));
    expect(new Set(pods.map(({ status }) => status.podIP)).size).toBe(COUNT);
    const answers = await Promise.all(pods.flatMap((pod) => [answerOf(pod, 'web'), answerOf(pod, 'admin')]));
    expect(answers).toEqual(pods.flatMap((_, index) => [`web ${index}\n`, `admin ${index}\n`]));

    const [first, ...others] = pods as [LivePod, ...LivePod[]];
    await first.container('admin').kill();
    await expect(first).toRestart({ container: 'admin' });
    const restarts = others.flatMap(({ status }) => status.containerStatuses.map(({ restartCount }) => restartCount));
    expect(new Set(restarts)).toEqual(new Set([0]));
    expect(pods.map(({ broken }) => broken).filter(Boolean)).toEqual([]);
  });
});
