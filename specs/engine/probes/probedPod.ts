import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runPod } from 'jest-kubelet';
import { podRunOf } from '../../../matchers/kernel/call/received';
import { NEVER } from '../../../src/clock/instant';
import type { LivePod } from '../../../src/pod/live/livePod';
import type { EventOf } from '../../../src/timeline/event';
import { realSecond } from '../../pace';

/** The ways in which an agent can reach its pods. By default, the agent detects the way. */
export const WAYS = ['direct', 'inside'] as const;

/** A container beside the server that exists only for its readiness probe. */
export interface Probed {
  readonly httpGet?: object;
  readonly tcpSocket?: object;
  readonly grpc?: object;
  readonly exec?: object;
  readonly lifecycle?: object;
  readonly timeoutSeconds?: number;
  readonly ports?: readonly object[];
}

const SECOND = realSecond();

/** A request that a server in a pod recorded, as one JSON object a line. */
export type Entry = Readonly<Record<string, unknown>>;

/** Returns a file beside this one as an entry of a ConfigMap. */
export function fixture(key: string, file = key): Readonly<Record<string, string>> {
  return { [key]: readFileSync(path.join(__dirname, file), 'utf8') };
}

/** A pod with a server, and a container for each probe of that server. */
export class ProbedPod {
  readonly #pod: LivePod;

  /**
   * Runs the pod, and waits for the first result of each probe. `files` are those of the server, which runs
   * `server.cjs`.
   */
  static async run(
    files: Readonly<Record<string, string>>,
    probed: Readonly<Record<string, Probed>>,
    way?: (typeof WAYS)[number],
  ): Promise<ProbedPod> {
    // The agent of this file starts with it and inherits it.
    if (way !== undefined) process.env.JEST_KUBELET_DIAL = way;
    const options = { configMaps: { server: files }, allow: ['unknown-port' as const] };
    const pod = new ProbedPod(await runPod(manifest(probed), options));
    await pod.until(() => Object.keys(probed).every((container) => pod.runs(container).length > 0));
    return pod;
  }

  private constructor(pod: LivePod) {
    this.#pod = pod;
  }

  get ip(): string {
    return this.#pod.timeline.of('SandboxStarted')[0]?.podIP ?? '';
  }

  /** Returns the first probe result of a container. */
  outcome(container: string): Pick<EventOf<'ProbeFinished'>, 'result' | 'output'> {
    const [first] = this.runs(container);
    if (!first) throw new Error(`the probe of ${container} has no result`);
    return { result: first.result, output: first.output };
  }

  tookMs(container: string): number {
    return this.runs(container)[0]?.tookMs ?? 0;
  }

  /** Returns the first warning event of the container, or of the pod, as kubectl prints it. */
  warning(container?: string): string | undefined {
    const event = this.#pod.events.find((each) => each.container === container && each.type === 'Warning');
    return event && `${event.kind} ${event.message}`;
  }

  hooks(container: string): readonly EventOf<'HookFinished'>[] {
    return this.#pod.timeline.of('HookFinished').filter((event) => event.container === container);
  }

  /** Deletes the pod, with time for its hooks on any machine. */
  beginToEnd(): void {
    this.#pod.delete({ gracePeriodSeconds: 60 }).catch(() => {});
  }

  async record(): Promise<readonly Entry[]> {
    const { output } = await this.#pod.container('server').exec(['cat', '/tmp/record']);
    return output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Entry);
  }

  exec(container: string, argv: readonly string[]) {
    return this.#pod.container(container).exec(argv, { reject: false });
  }

  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      if (this.#pod.broken) throw this.#pod.broken;
      await podRunOf(this.#pod).progress(NEVER);
    }
  }

  /** Returns how many probe attempts were repeated because this machine read their responses too late. */
  madeAnew(container: string): number {
    return this.#pod.timeline.of('HeldUp').filter((event) => event.container === container).length;
  }

  /** Returns all probe runs of a container so far. */
  runs(container: string): readonly EventOf<'ProbeFinished'>[] {
    return this.#pod.timeline.of('ProbeFinished').filter((event) => event.container === container);
  }
}

/** Returns a manifest whose server is a sidecar with a startup probe, so the other containers start after it. */
function manifest(probed: Readonly<Record<string, Probed>>): object {
  const server = {
    name: 'server',
    image: 'node:24-slim',
    command: ['node', '/srv/server.cjs'],
    restartPolicy: 'Always',
    startupProbe: {
      exec: { command: ['test', '-e', '/tmp/up'] },
      periodSeconds: SECOND,
      timeoutSeconds: SECOND,
      failureThreshold: 60,
    },
    volumeMounts: [{ name: 'server', mountPath: '/srv' }],
  };
  const containers = Object.entries(probed).map(([name, { ports = [], lifecycle = {}, ...readinessProbe }]) => ({
    name,
    image: 'busybox:1.36',
    command: ['sleep', '3600'],
    ports,
    lifecycle,
    // Only some of them are to time out.
    readinessProbe: { periodSeconds: 600, timeoutSeconds: 20 * SECOND, ...readinessProbe },
  }));
  const volumes = [{ name: 'server', configMap: { name: 'server' } }];
  const spec = { initContainers: [server], containers, volumes, terminationGracePeriodSeconds: 2 };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'probed' }, spec };
}
