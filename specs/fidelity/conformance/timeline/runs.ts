import { after, type Instant } from '../../../../src/clock/instant';
import type { Container, Pod } from '../../../../src/manifest/model';
import { behaviorAt, durationMs, entriesOfRun } from '../../../../src/runtime/scripted/processBehavior';
import type { AppScript } from '../../../../src/runtime/scripted/script';
import type { Event, EventOf } from '../../../../src/timeline/event';
import { isBefore, type Moment } from './moment';

/** A container's process from its start to its exit. Hooks and probes have runs too, such as `web.preStop`. */
export interface Run {
  readonly start: Moment;
  /** When it counts as up, if it comes so far: when the process writes its mark, or a slow hook has begun. */
  readonly upAt: Instant;
  end: Moment | undefined;
  /** The exit code of the run, after its end. */
  exitCode?: number;
}

/** A run that follows another, with its delay and time. */
export interface Restart {
  readonly container: string;
  readonly delayMs: number;
  readonly start: Moment;
}

type PlaceAt = (at: Instant) => number;

const PROBES = ['liveness', 'readiness', 'startup'];
const HOOKS = ['preStop', 'postStart'];

/** Every run of every container, hook and probe. */
export class Runs {
  readonly #containers: readonly Container[];
  readonly #app: AppScript;
  readonly #runs = new Map<string, Run[]>();

  constructor({ spec }: Pod, app: AppScript) {
    this.#containers = [...spec.initContainers, ...spec.containers];
    this.#app = app;
  }

  of(name: string): readonly Run[] {
    return this.#runs.get(name) ?? [];
  }

  take(event: Event, moment: Moment): void {
    switch (event.kind) {
      case 'ContainerStarted': {
        const mark = this.#entries(event).find(({ up }) => up)?.atMs ?? 0;
        return this.#begin(event.container, { start: moment, upAt: after(event.at, mark), end: undefined });
      }
      case 'ContainerExited':
        // A hook that is still under way goes with its container.
        for (const hook of HOOKS) this.#end(`${event.container}.${hook}`, moment);
        return this.#end(event.container, moment, event.exitCode);
      case 'HookStarted':
        return this.#begin(`${event.container}.${event.hook}`, {
          start: moment,
          upAt: after(event.at, this.#startDelayMs(event)),
          end: undefined,
        });
      case 'HookFinished':
        return this.#end(`${event.container}.${event.hook}`, moment);
      case 'ProbeFinished': {
        // An action with a duration began after all earlier events of that instant.
        const at = after(event.at, -event.tookMs);
        const start = event.tookMs === 0 ? moment : { at, place: Number.POSITIVE_INFINITY };
        return this.#begin(`${event.container}.${event.probe}`, { start, upAt: at, end: moment });
      }
      default:
        return;
    }
  }

  #begin(name: string, run: Run): void {
    const runs = this.#runs.get(name);
    if (runs) runs.push(run);
    else this.#runs.set(name, [run]);
  }

  #end(name: string, moment: Moment, exitCode?: number): void {
    const last = this.of(name).at(-1);
    if (!last || last.end) return;
    last.end = moment;
    if (exitCode !== undefined) last.exitCode = exitCode;
  }

  #entries({ container, attempt }: EventOf<'ContainerStarted'>) {
    return entriesOfRun(this.#app[container] ?? [], attempt + 1);
  }

  #startDelayMs({ container, hook, at }: EventOf<'HookStarted'>): number {
    const command = this.#containers.find(({ name }) => name === container)?.lifecycle?.[hook]?.exec?.command;
    const runs = this.of(container);
    const since = runs.at(-1)?.start.at;
    if (!command || since === undefined) return 0;
    const scripted = behaviorAt(entriesOfRun(this.#app[container] ?? [], runs.length), at - since);
    const comes = scripted.exec[command.join(' ')];
    return typeof comes === 'object' && comes.startDelay !== undefined ? durationMs(comes.startDelay) : 0;
  }

  /** Returns the restarts of one or all containers, in order. */
  restartsOf(container?: string): readonly Restart[] {
    const names = container === undefined ? this.#containers.map(({ name }) => name) : [container];
    const restarts = names.flatMap((name) =>
      this.of(name).flatMap((run, index, runs) => {
        const before = runs[index - 1];
        if (!before?.end) return [];
        return [{ container: name, delayMs: run.start.at - before.end.at, start: run.start }];
      }),
    );
    return restarts.sort((a, b) => (isBefore(a.start, b.start) ? -1 : 1));
  }

  /** Returns when a run was up, or undefined if it was not. */
  upOf(run: Run, now: Instant, placeAt: PlaceAt): Moment | undefined {
    if (run.upAt === run.start.at) return run.start;
    if (run.upAt > now || (run.end && run.end.at < run.upAt)) return undefined;
    return { at: run.upAt, place: placeAt(run.upAt) };
  }

  /**
   * Returns the moments of `web.start`, `web.exit`, `web.preStop.end`, `web.liveness` and similar events, or undefined
   * for others.
   */
  momentsOf(token: string, now: Instant, placeAt: PlaceAt): readonly Moment[] | undefined {
    const dot = token.lastIndexOf('.');
    const [name, what] = [token.slice(0, dot), token.slice(dot + 1)];
    if (PROBES.includes(what) && this.#isContainer(name)) return this.of(token).map(({ start }) => start);
    if (!this.#isRun(name)) return undefined;
    switch (what) {
      case 'start':
      case 'started':
        return this.of(name).map(({ start }) => start);
      case 'up':
        return this.of(name).flatMap((run) => this.upOf(run, now, placeAt) ?? []);
      case 'exit':
      case 'end':
        return this.of(name).flatMap(({ end }) => end ?? []);
      default:
        return undefined;
    }
  }

  /** Returns when the next run will be up, which only the script knows. */
  nextUpAt(now: Instant): Instant | undefined {
    const pending = [...this.#runs.values()].flatMap((runs) => {
      const last = runs.at(-1);
      return last && !last.end && last.upAt > now ? [last.upAt] : [];
    });
    return pending.length > 0 ? (Math.min(...pending) as Instant) : undefined;
  }

  #isContainer(name: string): boolean {
    return this.#containers.some((container) => container.name === name);
  }

  /** Returns true for a container or one of its hooks. */
  #isRun(name: string): boolean {
    const [container = '', hook] = name.split('.');
    return this.#isContainer(container) && (hook === undefined || HOOKS.includes(hook));
  }
}
