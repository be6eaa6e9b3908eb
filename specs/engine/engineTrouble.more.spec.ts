import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { podRunOf } from '../../matchers/kernel/call/received';
import 'jest-kubelet/jest-globals';
import { type LivePod, runPod } from 'jest-kubelet';
import { after } from '../../src/clock/instant';
import { removePods } from '../../src/pod/shared/registry';
import type { Docker } from '../../src/runtime/docker/engine/docker';
import { findEngine } from '../../src/runtime/docker/engine/engine';
import { realLimit } from '../pace';
import { describeOnEngine } from './onEngine';
import { copyImage, explainMissingOwnEngine, OwnEngine } from './ownEngine';
import { SlowDoor } from './slowDoor';

const IMAGE = 'busybox:1.36';
/** The limit for a message about the engine, with a reserve for a busy machine. */
const TOLD_WITHIN_MS = realLimit(15_000);

const missing = explainMissingOwnEngine();
if (missing !== undefined) process.stderr.write(`specs/engine/engineTrouble skipped: ${missing}\n`);
const describeOnOwnEngine = missing === undefined ? describeOnEngine : describe.skip;

const MANIFEST = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'shop' },
  spec: {
    containers: [
      {
        name: 'web',
        image: IMAGE,
        // It exits on SIGTERM, so an engine that stops or starts does not wait for it.
        command: ['sh', '-c', "trap 'exit 0' TERM; sleep 600 & wait"],
        readinessProbe: { exec: { command: ['true'] }, periodSeconds: 1 },
      },
    ],
  },
};

describeOnOwnEngine('a run on an engine that fails', () => {
  let shared: Docker;
  let engine: OwnEngine;

  beforeAll(async () => {
    engine = await OwnEngine.start();
    shared = (await findEngine()).docker;
    await copyImage(shared, IMAGE, engine);
    process.env.DOCKER_HOST = engine.host;
  });
  afterAll(async () => {
    delete process.env.DOCKER_HOST;
    await engine[Symbol.asyncDispose]();
  });
  // Each test has its own agent and an engine that runs.
  beforeEach(() => engine.start());
  afterEach(() => removePods('file'));

  async function readyPod(): Promise<LivePod> {
    const pod = await runPod(MANIFEST);
    await expect(pod).toBecomeReady();
    return pod;
  }

  /** Returns the error of the matcher that waits when the engine is lost. */
  async function lossOf(pod: LivePod): Promise<string> {
    const { now } = pod.timeline;
    const failure = await expect(pod)
      .not.toRestart({ within: '5m' })
      .then(
        () => 'none',
        (error: Error) => error.message,
      );
    expect(pod.timeline.now - now).toBeLessThan(TOLD_WITHIN_MS);
    return failure;
  }

  test.each<[string, NodeJS.Signals, string]>([
    ['is stopped', 'SIGTERM', 'container engine'],
    ['is killed', 'SIGKILL', 'its event stream ended and could not be reopened. Check that it still runs'],
    ['hangs', 'SIGSTOP', 'has not responded for 8s on an open connection'],
  ])('ends each wait with the cause if the engine %s, and keeps the timeline', async (_, signal, why) => {
    const pod = await readyPod();
    const { length } = pod.timeline.events;
    await engine.signal(signal);
    const loss = await lossOf(pod);
    expect(loss).toContain('No result: the run was aborted after');
    expect(loss).toContain(why);
    expect(pod.timeline.of('Started')).toHaveLength(1);
    expect(pod.timeline.events.length).toBeGreaterThanOrEqual(length);
    expect(pod.status).toMatchObject({ phase: 'Unknown', message: expect.stringContaining('container engine') });
    await expect(pod.container('web').exec(['true'])).rejects.toThrow('container engine');
    await pod.remove();
    await engine.signal('SIGCONT');
  });

  test('removes the pod without waiting for an engine that hangs', async () => {
    const pod = await readyPod();
    await engine.signal('SIGSTOP');
    await pod.remove();
    await engine.signal('SIGCONT');
    removePods('file');
    await engine.empties();
  });

  test('starts the next pod after a restart of the engine, and removes the old one', async () => {
    const lost = await readyPod();
    await engine.signal('SIGKILL');
    await lossOf(lost);
    await lost.remove();
    await engine.start();
    const next = await readyPod();
    expect(next.status.phase).toBe('Running');
    removePods('file');
    await engine.empties();
  });

  test('continues after the engine hung for 3s', async () => {
    const pod = await readyPod();
    await engine.signal('SIGSTOP');
    await podRunOf(pod).progress(after(pod.timeline.now, 3_000));
    await engine.signal('SIGCONT');
    await pod.container('web').kill('SIGTERM');
    await expect(pod).toRestart({ within: '30s' });
  });

  test('takes longer on an engine that responds slowly, and passes', async () => {
    const door = new SlowDoor(engine.socket, 300);
    process.env.DOCKER_HOST = `tcp://127.0.0.1:${await door.open()}`;
    try {
      const pod = await readyPod();
      await pod.container('web').kill('SIGTERM');
      await expect(pod).toRestart({ within: '30s' });
      removePods('file');
      await engine.empties();
    } finally {
      process.env.DOCKER_HOST = engine.host;
      await door.shut();
    }
  });

  test('reports the full disk of the engine', async () => {
    await using small = await OwnEngine.start({ diskMB: 32 });
    await copyImage(shared, IMAGE, small);
    process.env.DOCKER_HOST = small.host;
    try {
      const pod = await readyPod();
      await pod.container('web').exec(['sh', '-c', 'dd if=/dev/zero of=/fill bs=1M || true']);
      await pod.container('web').kill('SIGTERM');
      await expect(pod).toBecomeUnready();
      const why = 'web cannot be created because the disk of the container engine is full: no space left on device';
      await expect(expect(pod).toBecomeReady()).rejects.toThrow(why);
      removePods('file');
      await small.empties();
    } finally {
      process.env.DOCKER_HOST = engine.host;
    }
  });
});
