import { randomBytes } from 'node:crypto';
import { getContainerRuntimeClient } from 'testcontainers';

/** The label of containers that a benchmark starts without jest-kubelet. */
export const BENCH_LABEL = { 'jest-kubelet.bench': String(process.pid) };
/** The image of our own sandboxes, whatever its tag: the first pod of a bench brings it. */
const PAUSE = 'localhost/jest-kubelet/pause';

type Client = Awaited<ReturnType<typeof getContainerRuntimeClient>>;
type Docker = Client['container']['dockerode'];

export interface BareContainer {
  readonly image: string;
  readonly command: readonly string[];
}

export interface BarePod {
  readonly sandbox: string;
  readonly container: string;
  remove(): Promise<void>;
}

/** The engine without anybody in between: what it needs for the containers of a pod, and nothing else. */
export class BareEngine {
  /** The containers that any benchmark is starting. */
  static readonly #underWay = new Set<Promise<unknown>>();
  static #isSwept = false;
  readonly docker: Docker;

  static async find(): Promise<BareEngine> {
    return new BareEngine((await getContainerRuntimeClient()).container.dockerode);
  }

  private constructor(docker: Docker) {
    this.docker = docker;
  }

  async version(): Promise<string> {
    const { Version, Components = [] } = await this.docker.version();
    return `${Components[0]?.Name ?? 'engine'} ${Version}`;
  }

  /** Creates and starts a sandbox, and in its network a container. */
  async startPod(container: BareContainer): Promise<BarePod> {
    const sandbox = await this.start({ Image: await this.#pauseImage(), HostConfig: { IpcMode: 'shareable' } });
    const app = await this.startIn(sandbox, container);
    return { sandbox, container: app, remove: () => this.remove([app, sandbox]) };
  }

  /** Creates and starts a container in a sandbox's network. */
  startIn(sandbox: string, { image, command }: BareContainer): Promise<string> {
    const joined = `container:${sandbox}`;
    return this.start({ Image: image, Cmd: [...command], HostConfig: { NetworkMode: joined, IpcMode: joined } });
  }

  async start(options: Parameters<Docker['createContainer']>[0]): Promise<string> {
    if (BareEngine.#isSwept) throw new Error('the benchmark has ended');
    const started = this.#start(options);
    BareEngine.#underWay.add(started);
    return started.finally(() => BareEngine.#underWay.delete(started));
  }

  async #start(options: Parameters<Docker['createContainer']>[0]): Promise<string> {
    const name = `jest-kubelet-bench-${randomBytes(6).toString('hex')}`;
    const container = await this.docker.createContainer({ ...options, name, Labels: BENCH_LABEL });
    await container.start();
    return container.id;
  }

  async remove(ids: readonly string[]): Promise<void> {
    await Promise.all(ids.map((id) => this.docker.getContainer(id).remove({ force: true, v: true })));
  }

  /**
   * Returns the start and the end of a container's process by the clock of the engine, in milliseconds since the epoch.
   */
  async lifeOf(id: string): Promise<{ readonly startedAt: number; readonly finishedAt: number }> {
    const { State } = await this.docker.getContainer(id).inspect();
    return { startedAt: Date.parse(State.StartedAt), finishedAt: Date.parse(State.FinishedAt) };
  }

  /** Removes the remaining containers of this process, and starts no others. */
  async sweep(): Promise<void> {
    BareEngine.#isSwept = true;
    await Promise.allSettled(BareEngine.#underWay);
    const label = Object.entries(BENCH_LABEL).map(([name, value]) => `${name}=${value}`);
    const left = await this.docker.listContainers({ all: true, filters: { label } });
    await this.remove(left.map(({ Id }) => Id));
  }

  async #pauseImage(): Promise<string> {
    const [image] = await this.docker.listImages({ filters: { reference: [PAUSE] } });
    const tag = image?.RepoTags?.[0];
    if (tag === undefined) throw new Error(`the engine has no image ${PAUSE}. Run a pod first`);
    return tag;
  }
}
