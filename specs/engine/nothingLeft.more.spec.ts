import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, test } from '@jest/globals';
import type { Docker } from '../../src/runtime/docker/engine/docker';
import { findEngine } from '../../src/runtime/docker/engine/engine';
import { OWNER_LABEL, RUN_LABEL } from '../../src/runtime/docker/engine/labels';
import { isDead, type Owner } from '../../src/runtime/owner';
import { realLimit } from '../pace';
import { Project } from '../package/runners/project';
import { describeOnEngine } from './onEngine';

/** Time after which everything must be removed, with several projects in parallel. */
const GONE_WITHIN_MS = realLimit(5_000);
const LANES = 3;

const HOLD = `
const { existsSync, writeFileSync } = require('node:fs');
const { setTimeout: sleep } = require('node:timers/promises');
const { runPod } = require('jest-kubelet');
// Not a moment longer than the spec, should that be killed.
const isWatched = () => process.kill(${process.pid}, 0);
exports.told = async (word) => { while (!existsSync(__dirname + '/' + word) && isWatched()) await sleep(20); };
exports.sleep = sleep;
exports.never = () => exports.told('never');
// A pod with all there is to be left: two containers beside the sandbox, a volume, and a network for its services.
exports.hold = async () => {
  const volumeMounts = [{ name: 'data', mountPath: '/data' }];
  const command = ['sh', '-c', 'echo $0 > /data/index.html; exec httpd -f -p 8080 -h /data', process.env.SAYS];
  const readinessProbe = { tcpSocket: { port: 8080 }, periodSeconds: 1 };
  const web = { name: 'web', image: 'busybox:1.36', command, volumeMounts, readinessProbe, ports: [{ containerPort: 8080 }] };
  const deaf = { name: 'deaf', image: 'busybox:1.36', command: ['sleep', '600'] };
  const spec = { containers: [web, deaf], volumes: [{ name: 'data', emptyDir: {} }] };
  const pod = await runPod(
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'held' }, spec },
    { services: { api: '127.0.0.1:9' } },
  );
  await expect(pod).toBecomeReady({ within: '2m' });
  writeFileSync(__dirname + '/url', await pod.container('web').url(8080));
  process.stderr.write('holds it\\n');
  await exports.told('go');
  return pod;
};
`;
const using = (body: string) => `const { hold, never, sleep, told } = require('./hold');\n${body}`;

// The reporter collects the timelines of pods in a temporary folder.
const SETTINGS = { reporters: ['default', 'jest-kubelet/reporter'] };

/** The tests that Jest runs, and the way they end. */
interface Life {
  readonly files: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** The folder for temporary files. Default: its own. */
  readonly tmp?: string;
  /** Ends Jest while the pod runs. Without it, the tests end on their own. */
  readonly end?: (jest: Running) => unknown;
}

interface Running {
  readonly pid: number;
  readonly agent: Owner;
}

const HOLDING = { 'a.test.js': using("test('holds', async () => { await hold(); await never(); });") };
const HOLDS: Life = { files: HOLDING };
const PASSES: Life = { files: { 'a.test.js': using("test('holds', async () => void (await hold()));") } };
const ctrlC = ({ pid }: Running) => process.kill(-pid, 'SIGINT');
const killAgentToo = ({ pid, agent }: Running) => {
  process.kill(agent.pid, 'SIGKILL');
  process.kill(-pid, 'SIGKILL');
};

const LIVES: Readonly<Record<string, Life>> = {
  'a test that passes': PASSES,
  'a test that fails': {
    files: { 'a.test.js': using("test('holds', async () => { await hold(); throw new Error('no'); });") },
  },
  'a beforeAll that throws': {
    files: {
      'a.test.js': using("beforeAll(async () => { await hold(); throw new Error('no'); }); test('-', () => {});"),
    },
  },
  'an exception that nobody catches': {
    files: {
      'a.test.js': using(
        "test('holds', async () => { await hold(); setImmediate(() => { throw new Error('no'); }); await sleep(200); });",
      ),
    },
  },
  'process.exit in a test': {
    files: { 'a.test.js': using("test('holds', async () => { await hold(); process.exit(3); });") },
  },
  'Ctrl-C': { files: HOLDING, end: ctrlC },
  'Ctrl-C twice': {
    files: HOLDING,
    end: (jest) => {
      ctrlC(jest);
      ctrlC(jest);
    },
  },
  '--bail, which kills the worker that has the pod': {
    files: {
      ...HOLDING,
      'b.test.js': using("test('fails', async () => { await told('go'); throw new Error('no'); });"),
    },
    args: ['--bail', '--maxWorkers=2'],
  },
  '--forceExit, over handles that are open': {
    files: {
      'a.test.js': using("test('holds', async () => { await hold(); setInterval(() => {}, 1_000); });"),
      'b.test.js': "test('waits', () => { setInterval(() => {}, 1_000); });",
    },
    args: ['--forceExit', '--maxWorkers=2'],
  },
  'kill -9 of Jest': { files: HOLDING, args: ['-i'], end: ({ pid }) => process.kill(pid, 'SIGKILL') },
  'kill -9 of Jest above its workers': {
    files: { ...HOLDING, 'b.test.js': "test('passes', () => {});" },
    args: ['--maxWorkers=2'],
    end: ({ pid }) => process.kill(pid, 'SIGKILL'),
  },
};

/** A project whose Jest runs a Ready pod until the spec ends it. */
class Held implements Disposable {
  readonly #docker: Docker;
  readonly #life: Life;
  readonly #project: Project;
  readonly #jest: ReturnType<Project['start']>;
  readonly #exit: Promise<unknown>;
  readonly name = `held-${randomUUID()}`;
  #run = '';
  #agent: Owner | undefined;

  static async begin(docker: Docker, life: Life): Promise<Held> {
    const held = new Held(docker, life);
    try {
      await held.#isHeld();
      return held;
    } catch (error) {
      held[Symbol.dispose]();
      throw error;
    }
  }

  private constructor(docker: Docker, life: Life) {
    this.#docker = docker;
    this.#life = life;
    this.#project = new Project({ 'hold.js': HOLD, ...life.files }, SETTINGS);
    mkdirSync(this.tmp, { recursive: true });
    this.#project.env = { SAYS: this.name, TMPDIR: this.tmp };
    this.#jest = this.#project.startInGroup('--testTimeout=170000', ...(life.args ?? []));
    this.#exit = once(this.#jest, 'exit');
  }

  get tmp(): string {
    return this.#life.tmp ?? path.join(this.#project.dir, 'tmp');
  }

  get agent(): Owner {
    if (!this.#agent) throw new Error('no pod runs yet');
    return this.#agent;
  }

  /** Returns the response of the pod at its published port. */
  async answer(): Promise<string> {
    return (await fetch(this.#project.read('url'))).text();
  }

  /** Ends the tests, and waits until Jest exits. */
  async end(): Promise<void> {
    this.#project.write('go', '');
    this.#life.end?.({ pid: Number(this.#jest.pid), agent: this.agent });
    await this.#exit;
  }

  /** Returns the rest of the project: on the engine, among the processes, and among the temporary files. */
  async left(): Promise<readonly string[]> {
    const filters = { label: [`${RUN_LABEL}=${this.#run}`] };
    const [containers, { Volumes }, networks] = await Promise.all([
      this.#docker.listContainers({ all: true, filters }),
      this.#docker.listVolumes({ filters }),
      this.#docker.listNetworks({ filters }),
    ]);
    return [
      ...containers.map(({ Names: [name] }) => `container ${name}`),
      ...(Volumes ?? []).map(({ Name }) => `volume ${Name}`),
      ...networks.map(({ Name }) => `network ${Name}`),
      ...(isDead(this.agent) ? [] : [`agent ${this.agent.pid}`]),
      ...readdirSync(this.tmp).map((name) => `file ${name}`),
    ];
  }

  /** Returns the rest after a time limit. */
  async leftAfter(withinMs: number): Promise<readonly string[]> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const left = await this.left();
      if (left.length === 0 || Date.now() > deadline) return left;
      await sleep(50);
    }
  }

  [Symbol.dispose](): void {
    try {
      process.kill(-Number(this.#jest.pid), 'SIGKILL');
    } catch {
      // It has ended.
    }
    this.#project[Symbol.dispose]();
  }

  async #isHeld(): Promise<void> {
    const said: string[] = [];
    for await (const line of createInterface(this.#jest.stderr)) {
      said.push(line);
      if (line === 'holds it') return this.#look();
    }
    throw new Error(`Jest exited without a pod:\n${said.join('\n')}`);
  }

  async #look(): Promise<void> {
    // Unread output would fill the pipe.
    this.#jest.stderr.resume();
    const containers = await this.#docker.listContainers({ filters: { label: [RUN_LABEL] } });
    for (const { Labels } of containers) {
      const agent = JSON.parse(Labels[OWNER_LABEL] ?? '') as Owner;
      if (cwdOf(agent.pid) !== this.#project.dir) continue;
      this.#run = Labels[RUN_LABEL] ?? '';
      this.#agent = agent;
    }
  }
}

/** Returns the working directory of a process, or undefined if the process does not exist. */
function cwdOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

describeOnEngine('a Jest project whose pods run on an engine', () => {
  let docker: Docker;
  let endings: Readonly<Record<string, Promise<readonly string[]>>>;

  beforeAll(async () => {
    docker = (await findEngine()).docker;
    endings = inLanes(LIVES, async (life) => {
      using held = await Held.begin(docker, life);
      await held.end();
      return await held.leftAfter(GONE_WITHIN_MS);
    });
  });

  test.each(Object.keys(LIVES))('leaves nothing on the engine after: %s', async (name) => {
    expect(await endings[name]).toEqual([]);
  });

  test('removes the pods of a killed agent in the next run, and no others', async () => {
    await Promise.allSettled(Object.values(endings));
    // Two projects in parallel use the same pod name and port.
    using neighbor = await Held.begin(docker, HOLDS);
    using orphan = await Held.begin(docker, { ...HOLDS, end: killAgentToo });
    const held = await neighbor.left();
    expect(held.filter((each) => !each.startsWith('agent'))).toEqual([
      expect.stringMatching(/^container .*_deaf_/),
      expect.stringMatching(/^container .*_web_/),
      expect.stringMatching(/^container .*_POD_/),
      expect.stringMatching(/^volume /),
      expect.stringMatching(/^volume /),
      expect.stringMatching(/^network /),
      expect.stringMatching(/^file jest-kubelet-records-/),
    ]);
    expect([await neighbor.answer(), await orphan.answer()]).toEqual([`${neighbor.name}\n`, `${orphan.name}\n`]);
    await orphan.end();

    using next = await Held.begin(docker, { ...PASSES, tmp: orphan.tmp });
    await next.end();
    expect(await orphan.leftAfter(GONE_WITHIN_MS)).toEqual([]);
    expect(await next.leftAfter(GONE_WITHIN_MS)).toEqual([]);
    expect((await neighbor.left()).toSorted()).toEqual(held.toSorted());
    expect(await neighbor.answer()).toBe(`${neighbor.name}\n`);
  });
});

/** Runs `act` for each entry, a few at a time, and returns the promises of the results. */
function inLanes<Each, Outcome>(
  all: Readonly<Record<string, Each>>,
  act: (each: Each) => Promise<Outcome>,
): Readonly<Record<string, Promise<Outcome>>> {
  const lanes: Promise<unknown>[] = Array(LANES).fill(Promise.resolve());
  const entries = Object.entries(all).map(([name, each], index): [string, Promise<Outcome>] => {
    const outcome = (lanes[index % LANES] ?? Promise.resolve()).then(() => act(each));
    lanes[index % LANES] = outcome.catch(() => {});
    outcome.catch(() => {});
    return [name, outcome];
  });
  return Object.fromEntries(entries);
}
