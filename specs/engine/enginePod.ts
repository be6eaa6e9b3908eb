import type { Observation } from '../../src/kubelet';
import { type Config, NO_CONFIG } from '../../src/manifest/config/config';
import type { Container, Pod, PodSpec } from '../../src/manifest/model';
import type { RuntimeCommand } from '../../src/runtime/containerRuntime';
import { DockerRuntime } from '../../src/runtime/docker/dockerRuntime';
import type { Run } from '../../src/runtime/docker/run';

const busybox: Container = { name: 'web', image: 'busybox:1.36', imagePullPolicy: 'IfNotPresent' };

type Seen<K extends Observation['kind']> = Extract<Observation, { kind: K }>;

/** A pod on the engine without a kubelet. The spec gives the commands. */
export class EnginePod {
  readonly runtime: DockerRuntime;
  readonly seen: Observation[] = [];
  readonly failures: Error[] = [];
  #onSeen = () => {};
  #created = 0;

  constructor(
    run: Run,
    key: string,
    givenImages: readonly string[] = [],
    more: { readonly spec?: Partial<PodSpec>; readonly config?: Config } = {},
  ) {
    const pod: Pod = {
      metadata: { name: 'checkout', namespace: 'default', uid: key },
      spec: {
        restartPolicy: 'Always',
        initContainers: [],
        containers: [{ ...busybox, ports: [{ containerPort: 8080 }] }],
        ...more.spec,
      },
    };
    this.runtime = new DockerRuntime(run, {
      key: `${run.id}.${key}`,
      pod,
      config: more.config ?? NO_CONFIG,
      kubernetesVersion: '1.36',
      givenImages,
      endsOnOOM: true,
      emit: (seen) => {
        this.seen.push(seen);
        this.#onSeen();
      },
      onBroken: (error) => this.failures.push(error),
    });
  }

  /** Gives a command, and waits for an observation of that kind. */
  async do<K extends Observation['kind']>(command: RuntimeCommand, kind: K): Promise<Seen<K>> {
    const from = this.seen.length;
    this.runtime.perform(command);
    return this.next(kind, from);
  }

  async next<K extends Observation['kind']>(kind: K, from = 0): Promise<Seen<K>> {
    for (;;) {
      const found = this.seen.slice(from).find((each): each is Seen<K> => each.kind === kind);
      if (found) return found;
      await new Promise<void>((resolve) => {
        this.#onSeen = resolve;
      });
    }
  }

  /** Creates and starts another instance; resolves to its id. */
  async start(more: Partial<Container>): Promise<string> {
    if (this.#created === 0) await this.do({ kind: 'CreateSandbox', attempt: 0 }, 'SandboxStarted');
    const { id } = await this.create(more);
    await this.do({ kind: 'StartContainer', id }, 'ContainerStarted');
    return id;
  }

  create(more: Partial<Container>): Promise<Seen<'ContainerCreated'>> {
    const attempt = this.#created;
    this.#created += 1;
    return this.do({ kind: 'CreateContainer', container: { ...busybox, ...more }, attempt }, 'ContainerCreated');
  }
}
