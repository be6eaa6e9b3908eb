import type { AppScript, Event, PodRun, Timeline } from 'jest-kubelet';
import type { PodSpec } from '../../../src/manifest/model';
import type { ScriptEntry } from '../../../src/runtime/scripted/script';
import type { EventOf } from '../../../src/timeline/event';

type Container = PodSpec['containers'][number];
type Probe = NonNullable<Container['livenessProbe']>;
type Handler = Pick<Probe, 'exec' | 'httpGet' | 'tcpSocket' | 'grpc'>;

type HookFinished = EventOf<'HookFinished'>;

/** A response of a container process, or its exit, `sinceMs` after its start. */
interface Answer {
  readonly sinceMs: number;
  /** The command, port or path of the request. */
  readonly asked: string;
  readonly entry: Omit<ScriptEntry, 'at'>;
}

/**
 * Returns the actions of the container processes as a script: responses, their times, and exits, without the effects in
 * the kubelet. A response that changes between two requests changes halfway.
 */
export function measuredScript({ pod, timeline }: PodRun): AppScript {
  const { initContainers, containers } = pod.spec;
  return Object.fromEntries(
    [...initContainers, ...containers].map((container) => {
      const runs = runsOf(timeline, container.name);
      return [container.name, runs.flatMap((run) => entriesOf(run, container).map((entry) => ofRun(run, entry)))];
    }),
  );
}

/** A run of a container's process, with all events of the container until the next run. */
interface Run {
  readonly started: EventOf<'ContainerStarted'>;
  readonly exited: EventOf<'ContainerExited'> | undefined;
  readonly events: readonly Event[];
  /** Time between the decision of the kubelet and the start. */
  readonly startLagMs: number;
}

function runsOf({ events }: Timeline, container: string): readonly Run[] {
  const own = events.filter((event) => 'container' in event && event.container === container);
  const starts = own.flatMap((event, index) => (event.kind === 'ContainerStarted' ? [{ event, index }] : []));
  return starts.map(({ event: started, index }, which) => {
    const during = own.slice(index, starts[which + 1]?.index);
    const exited = during.find((event) => event.kind === 'ContainerExited' && event.attempt === started.attempt);
    return { started, events: during, exited: exited as Run['exited'], startLagMs: startLagOf(events, started) };
  });
}

/** Returns how long the engine took to start a container, with its sandbox for the first one. */
function startLagOf(events: readonly Event[], started: EventOf<'ContainerStarted'>): number {
  const before = events.slice(0, events.indexOf(started));
  const inSandbox = before.slice(before.findLastIndex(({ kind }) => kind === 'SandboxStarted') + 1);
  const isFirst = !inSandbox.some(({ kind }) => kind === 'ContainerStarted');
  const sinceLast = before.slice(before.findLastIndex((event) => isOf(event, started, 'ContainerStarted')) + 1);
  const begun = isFirst
    ? before.findLast(({ kind }) => kind === 'SandboxChanged' || kind === 'Scheduled')
    : sinceLast.find((event) => isOf(event, started, 'Pulling') || isOf(event, started, 'Pulled'));
  return started.at - (begun?.at ?? started.at);
}

function isOf(event: Event, { container }: EventOf<'ContainerStarted'>, kind: Event['kind']): boolean {
  return event.kind === kind && 'container' in event && event.container === container;
}

function ofRun({ started }: Run, entry: ScriptEntry): ScriptEntry {
  return { run: started.attempt + 1, ...entry };
}

function entriesOf(run: Run, container: Container): readonly ScriptEntry[] {
  const probes = run.events.flatMap((event) =>
    event.kind === 'ProbeFinished' ? answersOfProbe(run, container, event) : [],
  );
  const hooks = run.events.flatMap((event) =>
    event.kind === 'HookStarted' ? answersOfHook(run, container, event) : [],
  );
  return [{ at: '0s', startLag: `${run.startLagMs}ms` }, ...inOrder([...probes, ...hooks]), ...endOf(run)];
}

function answersOfProbe({ started, exited }: Run, container: Container, finished: EventOf<'ProbeFinished'>): Answer[] {
  const probe = container[`${finished.probe}Probe`];
  if (!probe || (exited && exited.at <= finished.at)) return [];
  if (finished.result === 'Errored') throw new Error(`a script cannot repeat this result: ${finished.output}`);
  const sinceMs = Math.max(0, finished.at - finished.tookMs - started.at);
  return [{ sinceMs, ...toEntry(probe, container, finished.result !== 'Failure', finished.tookMs) }];
}

function answersOfHook(
  { started, exited, events }: Run,
  container: Container,
  begun: EventOf<'HookStarted'>,
): Answer[] {
  const handler = container.lifecycle?.[begun.hook];
  if (!handler || handler.sleep) return []; // the kubelet's own timer
  const finished = events
    .slice(events.indexOf(begun))
    .find((event): event is HookFinished => event.kind === 'HookFinished' && event.hook === begun.hook);
  const tookMs = finished && !(exited && isCutShort(finished)) ? finished.tookMs : undefined;
  const sinceMs = Math.max(0, begun.at - started.at);
  return [{ sinceMs, ...toEntry(handler, container, finished?.failed === false, tookMs) }];
}

/** Returns the script entry of a response. `tookMs` is missing if there was no response. */
function toEntry(
  { exec, httpGet, tcpSocket, grpc }: Handler,
  container: Container,
  isGood: boolean,
  tookMs: number | undefined,
): Omit<Answer, 'sinceMs'> {
  const takes = tookMs === undefined ? 'forever' : `${tookMs}ms`;
  if (exec) {
    const command = exec.command.join(' ');
    return { asked: command, entry: { exec: { [command]: { code: isGood ? 0 : 1, takes } } } };
  }
  const port = portOf(container, (httpGet ?? tcpSocket ?? grpc)?.port ?? 0);
  if (tcpSocket) return { asked: `tcp ${port}`, entry: { tcp: { [port]: isGood ? 'open' : 'closed' } } };
  if (grpc) {
    const status = isGood ? 'SERVING' : 'NOT_SERVING';
    return { asked: `grpc ${port} ${grpc.service}`, entry: { grpc: { [port]: { [grpc.service ?? '']: status } } } };
  }
  const path = `/${(httpGet?.path ?? '').replace(/^\//, '')}`;
  const tls = httpGet?.scheme === 'HTTPS' ? { tls: 'self-signed' as const } : {};
  const answer = { status: isGood ? 200 : 500, takes };
  return { asked: `http ${port}${path}`, entry: { ...tls, http: { [port]: { [path]: answer } } } };
}

function portOf({ ports = [] }: Container, port: number | string): number {
  return typeof port === 'number' ? port : (ports.find(({ name }) => name === port)?.containerPort ?? Number(port));
}

/** Returns the responses to each request: the first from the start, each other one from halfway after the previous. */
function inOrder(answers: readonly Answer[]): readonly ScriptEntry[] {
  const last = new Map<string, Answer>();
  return [...answers]
    .sort((a, b) => a.sinceMs - b.sinceMs)
    .map((answer) => {
      const before = last.get(answer.asked);
      last.set(answer.asked, answer);
      const atMs = before ? Math.ceil((before.sinceMs + answer.sinceMs) / 2) : 0;
      return { at: `${atMs}ms`, ...answer.entry };
    });
}

/** Returns true if the hook was a command that was killed with its container. */
export function isCutShort({ failed, message = '' }: HookFinished): boolean {
  return failed && / exited with 137\b/.test(message);
}

/** Returns the end of a run: a kill after an ignored stop signal, an exit after the signal, or its own exit. */
function endOf({ started, exited, events }: Run): readonly ScriptEntry[] {
  const signals = events.filter(
    (event): event is EventOf<'SignalSent'> => event.kind === 'SignalSent' && event.at <= (exited?.at ?? event.at),
  );
  const [stop] = signals;
  if (signals.some(({ signal }) => signal === 'SIGKILL')) return [{ at: '0s', onTerm: { ignore: true } }];
  if (!exited) return [];
  const { exitCode: code, at } = exited;
  const hook = events.find((event): event is HookFinished => event.kind === 'HookFinished' && isCutShort(event));
  if (stop && !hook) return [{ at: '0s', onTerm: { exitAfter: `${at - stop.at}ms`, code } }];
  // The news of the exit may have come later than that of the hook that ended with it.
  return [{ at: `${Math.min(hook?.at ?? at, at) - started.at}ms`, exit: code }];
}
