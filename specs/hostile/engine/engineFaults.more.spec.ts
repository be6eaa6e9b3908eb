import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { runPod } from 'jest-kubelet';
import { removePods } from '../../../src/pod/registry';
import { type Docker, findEngine } from '../../../src/runtime/docker/engine';
import { OWNER_LABEL, RUN_LABEL } from '../../../src/runtime/docker/labels';
import { isDead, type Owner } from '../../../src/runtime/owner';
import { describeOnEngine } from '../../docker/onEngine';
import { copyImage, OwnEngine, whyNoOwnEngine } from '../../docker/ownEngine';

const ROOT = path.join(__dirname, '../../..');
const IMAGE = 'busybox:1.36';
const WITH_VOLUME = 'localhost/jest-kubelet-attack:volume';
const NOTHING_LEFT_MS = 20_000;

const missing = whyNoOwnEngine();
if (missing !== undefined) process.stderr.write(`specs/hostile/engine/engineFaults skipped: ${missing}\n`);
const describeOnOwnEngine = missing === undefined ? describeOnEngine : describe.skip;

const WEB = {
  name: 'web',
  image: IMAGE,
  command: ['sh', '-c', "trap 'exit 0' TERM; mkdir /w; echo hi > /w/index.html; httpd -f -p 8080 -h /w & wait"],
  ports: [{ containerPort: 8080 }],
  readinessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 1 },
  livenessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 1 },
};
const MANIFEST = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'shop' },
  spec: { terminationGracePeriodSeconds: 2, containers: [WEB] },
};

describeOnOwnEngine('a container engine that fails', () => {
  let engine: OwnEngine;
  let docker: Docker;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'engine-faults-'));
    writeFileSync(path.join(folder, 'pod.json'), JSON.stringify(MANIFEST));
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
  beforeEach(() => engine.start());
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

  function gate(): ChildProcess {
    const args = [
      'dist/cli.mjs',
      'gate',
      '-f',
      path.join(folder, 'pod.json'),
      '--image',
      `web=${IMAGE}`,
      '--skip',
      'lint',
      '--format',
      'json',
    ];
    // Jest’s own environment would be passed if none were named. The command is no part of a test run.
    const { JEST_WORKER_ID: _, ...env } = process.env;
    return spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  async function said({ stdout, stderr }: ChildProcess): Promise<string> {
    let all = '';
    for (const stream of [stdout, stderr]) stream?.on('data', (chunk) => (all += String(chunk)));
    await Promise.all([stdout, stderr].map((stream) => stream && once(stream, 'close')));
    return all;
  }

  async function untilRuns(count: number): Promise<readonly { readonly Labels: Record<string, string> }[]> {
    for (;;) {
      const running = await docker.listContainers({ filters: { label: [RUN_LABEL] } });
      if (running.length >= count) return running;
      await sleep(50);
    }
  }

  describe.each<[string, NodeJS.Signals]>([
    ['is killed', 'SIGKILL'],
    ['hangs', 'SIGSTOP'],
  ])('and %s', (_, signal) => {
    test.each([1_500, 4_000])('%d ms after the gate’s first pod is no result', async (afterMs) => {
      const command = gate();
      const output = said(command);
      const exit = once(command, 'exit');
      await untilRuns(2);
      await sleep(afterMs);
      await engine.signal(signal);
      const [code] = await exit;
      await engine.signal('SIGCONT');
      const text = await output;
      expect([code, text]).toEqual([3, expect.stringMatching(/no result|container engine/)]);
      // No check blames the app.
      expect(outcomesIn(text)).not.toContain('failed');
    });
  });

  test('to create a sandbox gives no result, with its own error', async () => {
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

  test('leaves the volumes that an image declares with our labels', async () => {
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

  test('is clean when a command ends whose agent was killed', async () => {
    const command = gate();
    const output = said(command);
    const exit = once(command, 'exit');
    const [one] = await untilRuns(2);
    process.kill((JSON.parse(one?.Labels[OWNER_LABEL] ?? '') as Owner).pid, 'SIGKILL');
    const [code] = await exit;
    expect([code, await output]).toEqual([3, expect.stringContaining('jest-kubelet agent')]);
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
  test.each(orders)('is clean after %s, %s and %s are killed, and the next run', async (...order) => {
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

/** Returns the outcome of each check in the gate's JSON; none if it printed an error alone. */
function outcomesIn(text: string): readonly string[] {
  const json = /^\{$.*^\}$/ms.exec(text)?.[0];
  if (json === undefined) return [];
  const report = JSON.parse(json) as {
    readonly verdicts: readonly { readonly checks: readonly { outcome: string }[] }[];
  };
  return report.verdicts.flatMap(({ checks }) => checks.map(({ outcome }) => outcome));
}
