import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { runPod } from 'jest-kubelet';
import { removePods } from '../../../src/pod/shared/registry';
import type { Docker } from '../../../src/runtime/docker/engine/docker';
import { findEngine } from '../../../src/runtime/docker/engine/engine';
import { OWNER_LABEL, RUN_LABEL } from '../../../src/runtime/docker/engine/labels';
import { isDead, type Owner } from '../../../src/runtime/owner';
import { describeOnEngine } from '../../engine/onEngine';
import { copyImage, explainMissingOwnEngine, OwnEngine } from '../../engine/ownEngine';
import { realSecond } from '../../pace';
import { ROOT, startGate } from './gateProcess';

const IMAGE = 'busybox:1.36';
const WITH_VOLUME = 'localhost/jest-kubelet-attack:volume';
const NOTHING_LEFT_MS = 20_000;

const missing = explainMissingOwnEngine();
if (missing !== undefined) process.stderr.write(`specs/hostile/engine/engineFaults skipped: ${missing}\n`);
const describeOnOwnEngine = missing === undefined ? describeOnEngine : describe.skip;

const EXITS = 'exit 0';
/** Stops serving before it exits, so that its probes fail first. */
const DRAINS = 'kill $!; sleep 1; exit 0';

/** Returns a correct app that runs this on SIGTERM. The gate takes about ten seconds for it. */
function app(onTerm: string) {
  const probe = { httpGet: { path: '/', port: 8080 }, periodSeconds: 1, failureThreshold: 1 };
  const serve = 'mkdir /w; echo hi > /w/index.html; httpd -f -p 8080 -h /w &';
  const web = {
    name: 'web',
    image: IMAGE,
    lifecycle: { preStop: { sleep: { seconds: 3 } } },
    command: ['sh', '-c', `trap '${onTerm}' TERM; ${serve} wait`],
    ports: [{ containerPort: 8080 }],
    readinessProbe: probe,
    // The server listens by then.
    livenessProbe: { ...probe, initialDelaySeconds: realSecond() },
  };
  const spec = { terminationGracePeriodSeconds: 10, containers: [web] };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec };
}
const MANIFEST = app(EXITS);

describeOnOwnEngine('a container engine that fails', () => {
  let engine: OwnEngine;
  let docker: Docker;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'engine-faults-'));
    engine = await OwnEngine.start();
    const shared = (await findEngine()).docker;
    await copyImage(shared, IMAGE, engine);
    const Client = shared.constructor as new (options: { readonly socketPath: string }) => Docker;
    docker = new Client({ socketPath: engine.socket });
    const container = await docker.createContainer({ Image: IMAGE });
    await container.commit({ repo: WITH_VOLUME.split(':')[0], tag: 'volume', changes: 'VOLUME /anonymous' });
    await container.remove();
    process.env.DOCKER_HOST = engine.host;
  });
  beforeEach(async () => {
    await engine.start();
    // The next test would take the rest of a failed engine for its own pods.
    while ((await left()).length > 0) {
      const [containers, { Volumes }] = await Promise.all([docker.listContainers({ all: true }), docker.listVolumes()]);
      const removals = [
        ...containers.map(({ Id }) => docker.getContainer(Id).remove({ force: true, v: true })),
        ...(Volumes ?? []).map(({ Name }) => docker.getVolume(Name).remove()),
        docker.pruneNetworks(),
      ];
      await Promise.allSettled(removals);
    }
  });
  afterEach(() => removePods('file'));
  afterAll(async () => {
    delete process.env.DOCKER_HOST;
    await engine[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  /** Names everything on the engine that is not an image. */
  async function left(): Promise<readonly string[]> {
    const [containers, { Volumes }, networks] = await Promise.all([
      docker.listContainers({ all: true }),
      docker.listVolumes(),
      docker.listNetworks(),
    ]);
    const own = networks.filter(({ Name }) => !['bridge', 'host', 'none'].includes(Name));
    return [
      ...containers.map(({ Names: [name] }) => `container ${name}`),
      ...(Volumes ?? []).map(({ Name }) => `volume ${Name}`),
      ...own.map(({ Name }) => `network ${Name}`),
    ];
  }

  async function leftInTheEnd(): Promise<readonly string[]> {
    const rounds = NOTHING_LEFT_MS / 100;
    for (let round = 0; round < rounds && (await left()).length > 0; round += 1) await sleep(100);
    return left();
  }

  async function untilRuns(count: number): Promise<readonly { readonly Labels: Record<string, string> }[]> {
    for (;;) {
      const running = await docker.listContainers({ filters: { label: [RUN_LABEL] } });
      if (running.length >= count) return running;
      await sleep(50);
    }
  }

  const gate = (manifest: object = MANIFEST) => startGate(folder, manifest, { args: ['--image', `web=${IMAGE}`] });

  /** Runs a gate, affects the engine after this time with the first pod, and expects that no check blames the app. */
  async function expectNoResult(manifest: object, afterMs: number, toEngine: () => Promise<void>): Promise<void> {
    const { command, ended } = gate(manifest);
    await untilRuns(2);
    await sleep(afterMs);
    // A gate that has exited would prove nothing.
    expect(command.exitCode).toBeNull();
    await toEngine();
    const { code, text, outcomes } = await ended;
    expect([code, text]).toEqual([3, expect.stringMatching(/no result|container engine/)]);
    expect(outcomes).not.toContain('failed');
  }

  describe.each<[string, NodeJS.Signals]>([
    ['is killed', 'SIGKILL'],
    ['hangs', 'SIGSTOP'],
  ])('and %s', (_, signal) => {
    afterEach(() => engine.signal('SIGCONT'));

    test.each([1_500, 4_000])('gives no result %d ms after the first pod of the gate', async (afterMs) => {
      await expectNoResult(MANIFEST, afterMs, () => engine.signal(signal));
    });
  });

  // It stops the containers first, like apps, and still responds on open connections.
  describe.each([
    ['exits', EXITS],
    ['drains', DRAINS],
  ])('and stops while the app %s', (_, onTerm) => {
    test.each([0, 1_600, 3_200, 4_800])('gives no result %d ms after the first pod of the gate', async (afterMs) => {
      await expectNoResult(app(onTerm), afterMs, () => engine.signal('SIGTERM'));
    });

    test.each([0, 1_600, 3_200, 4_800])(
      'gives no result %d ms after the first pod, with an immediate restart',
      async (afterMs) => {
        await expectNoResult(app(onTerm), afterMs, async () => {
          await engine.signal('SIGTERM');
          await engine.start();
        });
      },
    );
  });

  test.each([1_600, 3_200, 4_800])(
    'gives no result if it is killed %d ms after the first pod and restarts',
    async (afterMs) => {
      await expectNoResult(MANIFEST, afterMs, async () => {
        await engine.signal('SIGKILL');
        await engine.start();
      });
    },
  );

  test('stops, and no matcher blames the app for the exit of its containers', async () => {
    const pod = await runPod(app(DRAINS.replace('sleep', 'echo bye; sleep')));
    await expect(pod).toBecomeReady();
    const within = { within: '60s' } as const;
    const waits = [
      expect(pod).toLog('bye', within),
      expect(pod).toBecomeUnready(within),
      expect(pod).toExitWith(0, within),
      expect(pod).toRestart(within),
      expect(pod).not.toStayReady({ for: '60s' }),
      expect(pod).not.toRestartAtMost(0, { for: '60s' }),
    ].map((wait) => expect(wait).rejects.toThrow('container engine'));
    await engine.signal('SIGTERM');
    await Promise.all(waits);
  });

  test('stops the sandbox of a pod, and the matcher blames the engine', async () => {
    const pod = await runPod(MANIFEST);
    await expect(pod).toBecomeReady();
    const [sandbox] = await docker.listContainers({ filters: { label: [RUN_LABEL], name: ['_POD_'] } });
    const result = expect(pod).not.toRestart({ within: '20s' });
    const blamed = expect(result).rejects.toThrow('container engine: ended the sandbox of a pod');
    await docker.getContainer(sandbox?.Id ?? '').stop();
    await blamed;
  });

  test('cannot create a sandbox, and the error of the engine is reported', async () => {
    const first = await runPod(MANIFEST);
    await expect(first).toBecomeReady();
    for (const { RepoTags } of await docker.listImages()) {
      const pause = RepoTags?.find((tag) => tag.startsWith('localhost/jest-kubelet/pause'));
      if (pause !== undefined) await docker.getImage(pause).remove({ force: true });
    }
    const second = await runPod(MANIFEST);
    await expect(expect(second).toBecomeReady()).rejects.toThrow(
      /pod sandbox: the container engine failed to create it: No such image/,
    );
  });

  test('has our labels on the volumes that an image declares', async () => {
    const pod = await runPod(
      { ...MANIFEST, spec: { containers: [{ name: 'web', image: WITH_VOLUME, command: ['sleep', '600'] }] } },
      {},
    );
    await expect(pod).toBecomeReady();
    const { Volumes } = await docker.listVolumes();
    expect(Volumes.length).toBeGreaterThan(0);
    for (const { Labels } of Volumes) expect(Object.keys(Labels ?? {})).toContain(RUN_LABEL);
    await pod.remove();
    expect(await leftInTheEnd()).toEqual([]);
  });

  test('is empty after a command whose agent was killed', async () => {
    const { ended } = gate();
    const [one] = await untilRuns(2);
    process.kill((JSON.parse(one?.Labels[OWNER_LABEL] ?? '') as Owner).pid, 'SIGKILL');
    const { code, text } = await ended;
    expect([code, text]).toEqual([3, expect.stringContaining('jest-kubelet agent')]);
    expect(await left()).toEqual([]);
  });

  type Part = 'agent' | 'command' | 'engine';
  const orders: readonly (readonly Part[])[] = [
    ['agent', 'command', 'engine'],
    ['agent', 'engine', 'command'],
    ['command', 'agent', 'engine'],
    ['command', 'engine', 'agent'],
    ['engine', 'agent', 'command'],
    ['engine', 'command', 'agent'],
  ];
  test.each(orders)('is empty after the next run if %s, %s and %s were killed', async (...order) => {
    const command = keep();
    await once(command, 'message');
    const [one] = await untilRuns(3);
    const agent = JSON.parse(one?.Labels[OWNER_LABEL] ?? '') as Owner;
    expect((await left()).length).toBeGreaterThan(5);
    const kill = {
      agent: () => process.kill(agent.pid, 'SIGKILL'),
      command: () => command.kill('SIGKILL'),
      engine: () => engine.signal('SIGKILL'),
    };
    for (const part of order) {
      await Promise.resolve(kill[part]()).catch(() => {});
    }
    while (!isDead(agent)) await sleep(20);
    await engine.start();
    const next = keep();
    await once(next, 'message');
    next.send('end');
    expect(await leftInTheEnd()).toEqual([]);
  });

  function keep(): ChildProcess {
    return fork(path.join(__dirname, 'podKeeper.cjs'), [WITH_VOLUME], {
      cwd: ROOT,
      env: { ...process.env },
      execArgv: [],
      stdio: 'ignore',
    });
  }
});
