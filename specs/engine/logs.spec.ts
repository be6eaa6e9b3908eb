import { afterAll, afterEach, expect, test } from '@jest/globals';
import { podRunOf } from '../../matchers/kernel/call/received';
import 'jest-kubelet/jest-globals';
import { NEVER } from '../../src/clock/instant';
import type { LivePod } from '../../src/pod/live/livePod';
import { type RunPodOptions, runPod } from '../../src/pod/live/runPod';
import { registry, removePods } from '../../src/pod/shared/registry';
import { describeOnEngine } from './onEngine';

const script = (text: string) => ({ command: ['sh', '-c', text] });

function run(container: object, spec: object = {}, options: RunPodOptions = {}): Promise<LivePod> {
  const web = { name: 'web', image: 'busybox:1.36', ...container };
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: { containers: [web], ...spec } };
  return runPod(manifest, options);
}

async function until(pod: LivePod, isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    if (pod.broken) throw pod.broken;
    await podRunOf(pod).progress(NEVER);
  }
}

const texts = (pod: LivePod, attempt?: number) => pod.timeline.output.of('web', attempt).map(({ text }) => text);

describeOnEngine('the output of a container', () => {
  afterEach(() => {
    for (const pod of registry().pods) pod.remove();
  });
  // It ends the agent too.
  afterAll(() => removePods('file'));

  test('is recorded line by line from the first byte, while the container runs', async () => {
    const pod = await run(script('echo one; echo two >&2; printf thr; sleep 0.1; printf "ee\\n"; exec sleep 600'));
    await until(pod, () => texts(pod).length === 3);
    const lines = pod.timeline.output.of('web');
    expect(new Set(lines.map(({ stream, text }) => `${stream} ${text}`))).toEqual(
      new Set(['stdout one', 'stderr two', 'stdout three']),
    );
    expect(lines.every(({ attempt }) => attempt === 0)).toBe(true);
  });

  test('is complete at the exit, even if its last line has no end', async () => {
    const pod = await run(script('echo begun; sleep 0.1; seq 1 2000; printf "the end"; exit 3'));
    await until(pod, () => pod.timeline.of('ContainerExited').length === 1);
    expect(texts(pod, 0)).toHaveLength(2002);
    expect(texts(pod, 0).at(-1)).toBe('the end');
    const [exit] = pod.timeline.of('ContainerExited');
    const lines = pod.timeline.output.of('web', 0);
    expect(lines.every(({ at }) => at <= (exit?.at ?? 0))).toBe(true);
  });

  test('satisfies toLog only since the last action of the test', async () => {
    const pod = await run(
      script('echo up; while true; do test -f /tmp/go && echo gone && rm /tmp/go; sleep 0.05; done'),
    );
    await expect(pod).toLog(/^up$/, { container: 'web' });
    await pod.container('web').exec(['touch', '/tmp/go']);
    await expect(pod).toLog('gone');
    await expect(pod).not.toLog('up', { within: '200ms' });
    await expect(pod).toLog('up', { since: 'start' });
  });

  test('is recorded for each instance separately', async () => {
    const pod = await run(script('echo up; sleep 0.1; exit 1'));
    await until(pod, () => pod.timeline.of('ContainerExited').length === 2);
    expect([texts(pod, 0), texts(pod, 1)]).toEqual([['up'], ['up']]);
  });

  test('splits lines above 16 KiB, and replaces bytes that are not UTF-8', async () => {
    const pod = await run(script('head -c 40000 /dev/zero | tr "\\0" x; echo; printf "a\\377b\\n"'), {
      restartPolicy: 'Never',
    });
    await until(pod, () => pod.ended);
    expect(texts(pod).map(({ length }) => length)).toEqual([16_384, 16_384, 7_232, 3]);
    expect(texts(pod).at(-1)).toBe('a\ufffdb');
  });

  test('masks the values of Secrets, except in the text for assertions', async () => {
    const env = [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }];
    const secrets = { db: { password: 'hunter2' } };
    const pod = await run(
      { ...script('echo connecting with $PASSWORD'), env },
      { restartPolicy: 'Never' },
      { secrets },
    );
    await until(pod, () => pod.ended);
    expect(pod.timeline.output.of('web')).toMatchObject([
      { text: 'connecting with ***', written: 'connecting with hunter2' },
    ]);
  });

  test('is read completely with a line of 20 MB, and only its newest part is kept', async () => {
    const pod = await run(script('head -c 20000000 /dev/zero | tr "\\0" x; echo; echo the end; exec sleep 600'));
    await until(pod, () => texts(pod).at(-1) === 'the end');
    expect(texts(pod).join('').length).toBeLessThan(1_000_000);
  });
});
