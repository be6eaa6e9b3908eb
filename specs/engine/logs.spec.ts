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

describeOnEngine('what a container writes', () => {
  afterEach(() => {
    for (const pod of registry().pods) pod.remove();
  });
  // The agent goes as well.
  afterAll(() => removePods('file'));

  test('is on record line by line, from its first byte, while it runs', async () => {
    const pod = await run(script('echo one; echo two >&2; printf thr; sleep 0.1; printf "ee\\n"; exec sleep 600'));
    await until(pod, () => texts(pod).length === 3);
    const lines = pod.timeline.output.of('web');
    expect(new Set(lines.map(({ stream, text }) => `${stream} ${text}`))).toEqual(
      new Set(['stdout one', 'stderr two', 'stdout three']),
    );
    expect(lines.every(({ attempt }) => attempt === 0)).toBe(true);
  });

  test('is there to its last line, which nothing has ended, when the exit is', async () => {
    const pod = await run(script('echo begun; sleep 0.1; seq 1 2000; printf "the end"; exit 3'));
    await until(pod, () => pod.timeline.of('ContainerExited').length === 1);
    expect(texts(pod, 0)).toHaveLength(2002);
    expect(texts(pod, 0).at(-1)).toBe('the end');
    const [exit] = pod.timeline.of('ContainerExited');
    const lines = pod.timeline.output.of('web', 0);
    expect(lines.every(({ at }) => at <= (exit?.at ?? 0))).toBe(true);
  });

  test('can be waited for, from the last thing the test did on', async () => {
    const pod = await run(
      script('echo up; while true; do test -f /tmp/go && echo gone && rm /tmp/go; sleep 0.05; done'),
    );
    await expect(pod).toLog(/^up$/, { container: 'web' });
    await pod.container('web').exec(['touch', '/tmp/go']);
    await expect(pod).toLog('gone');
    await expect(pod).not.toLog('up', { within: '200ms' });
    await expect(pod).toLog('up', { since: 'start' });
  });

  test('is told apart by the instance that wrote it', async () => {
    const pod = await run(script('echo up; sleep 0.1; exit 1'));
    await until(pod, () => pod.timeline.of('ContainerExited').length === 2);
    expect([texts(pod, 0), texts(pod, 1)]).toEqual([['up'], ['up']]);
  });

  test('is cut where a line is longer than 16 KiB, and shows in place of bytes that are no text that they are none', async () => {
    const pod = await run(script('head -c 40000 /dev/zero | tr "\\0" x; echo; printf "a\\377b\\n"'), {
      restartPolicy: 'Never',
    });
    await until(pod, () => pod.ended);
    expect(texts(pod).map(({ length }) => length)).toEqual([16_384, 16_384, 7_232, 3]);
    expect(texts(pod).at(-1)).toBe('a\ufffdb');
  });

  test('hides what the Secrets hold, except from who judges', async () => {
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

  test('is read to its end however long a line of it is, and only the newest is kept', async () => {
    const pod = await run(script('head -c 20000000 /dev/zero | tr "\\0" x; echo; echo the end; exec sleep 600'));
    await until(pod, () => texts(pod).at(-1) === 'the end');
    expect(texts(pod).join('').length).toBeLessThan(1_000_000);
  });
});
