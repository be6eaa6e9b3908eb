import type { Timeline } from '../../../../src/timeline/timeline';

/** A run of a container in a simulation: its start, its stop signal, and its end. */
export interface RunOf {
  readonly container: string;
  /** From 1. */
  readonly run: number;
  readonly startedMs: number;
  readonly stopSignals: readonly { readonly atMs: number; readonly name: string }[];
  /** When SIGKILL ended it; its own exits follow from what it runs. */
  readonly endedMs: number | undefined;
  /** When commands were run in it, by what began them. */
  readonly commands: readonly { readonly handler: string; readonly atMs: number }[];
}

/** Returns the runs of all containers of a timeline, by their start. */
export function runsOn({ events }: Pick<Timeline, 'events'>): readonly RunOf[] {
  const runs: Mutable[] = [];
  const killed = new Set<Mutable | undefined>();
  const newest = (container: string) => runs.findLast((run) => run.container === container);
  for (const event of events) {
    switch (event.kind) {
      case 'ContainerStarted': {
        const run = runs.filter(({ container }) => container === event.container).length + 1;
        const { container, at } = event;
        runs.push({ container, run, startedMs: at, stopSignals: [], endedMs: undefined, commands: [] });
        break;
      }
      case 'SignalSent':
        if (event.signal === 'SIGKILL') killed.add(newest(event.container));
        else newest(event.container)?.stopSignals.push({ atMs: event.at, name: event.signal.replace(/^SIG/, '') });
        break;
      case 'ContainerExited': {
        const run = newest(event.container);
        if (run && killed.has(run)) run.endedMs = event.at;
        break;
      }
      case 'ProbeFinished':
        newest(event.container)?.commands.push({ handler: `${event.probe}Probe`, atMs: event.at - event.tookMs });
        break;
      case 'HookStarted':
        newest(event.container)?.commands.push({ handler: event.hook, atMs: event.at });
        break;
      default:
        break;
    }
  }
  return runs;
}

interface Mutable extends RunOf {
  readonly stopSignals: { readonly atMs: number; readonly name: string }[];
  readonly commands: { readonly handler: string; readonly atMs: number }[];
  endedMs: number | undefined;
}
