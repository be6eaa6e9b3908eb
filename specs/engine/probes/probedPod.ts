import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runPod } from 'jest-kubelet';
import { podRunOf } from '../../../matchers/kernel/call/received';
import { NEVER } from '../../../src/clock/instant';
import type { LivePod } from '../../../src/pod/live/livePod';
import type { EventOf } from '../../../src/timeline/event';
import { realSecond } from '../../pace';

/** How an agent can reach its pods; by default it finds out. */
export const WAYS = ['direct', 'inside'] as const;

/** A container beside the server, made for its readiness probe alone. */
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

/** What a server in a pod wrote down of what it got, an object a line. */
export type Entry = Readonly<Record<string, unknown>>;

/** A file beside this one as an entry of a ConfigMap. */
export function fixture(key: string, file = key): Readonly<Record<string, string>> {
  return { [key]: readFileSync(path.join(__dirname, file), 'utf8') };
}

/** A pod with a server in it, and beside it a container for each probe that is tried on that server. */
export class ProbedPod {
  readonly #pod: LivePod;

  /** Runs it, and waits until each probe has told something. `files` are the server's; the one that is run is `server.cjs`. */
  static async run(
    files: Readonly<Record<string, string>>,
    probed: Readonly<Record<string, Probed>>,
    way?: (typeof WAYS)[number],
  ): Promise<ProbedPod> {
    // The agent of this file starts with it, and takes it over.
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

  /** What a container's probe told first. */
  outcome(container: string): Pick<EventOf<'ProbeFinished'>, 'result' | 'output'> {
    const [first] = this.runs(container);
    if (!first) throw new Error(`the probe of ${container} has not told anything`);
    return { result: first.result, output: first.output };
  }

  tookMs(container: string): number {
    return this.runs(container)[0]?.tookMs ?? 0;
  }

  /** What kubectl would show: the first warning about the container, or about the pod as a whole. */
  warning(container?: string): string | undefined {
    const event = this.#pod.events.find((each) => each.container === container && each.type === 'Warning');
    return event && `${event.kind} ${event.message}`;
  }

  hooks(container: string): readonly EventOf<'HookFinished'>[] {
    return this.#pod.timeline.of('HookFinished').filter((event) => event.container === container);
  }

  /** Begins its end, with time enough for its hooks on any machine. */
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

  /** How many attempts at its probe were made anew, as this machine could not read their answers in time. */
  madeAnew(container: string): number {
    return this.#pod.timeline.of('HeldUp').filter((event) => event.container === container).length;
  }

  /** Every run of its probe so far. */
  runs(container: string): readonly EventOf<'ProbeFinished'>[] {
    return this.#pod.timeline.of('ProbeFinished').filter((event) => event.container === container);
  }
}

/** The server is a sidecar with a startup probe: the others start once it is up. */
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
