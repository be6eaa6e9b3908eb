import type { Event, EventOf, HookType } from '../event';
import { isA } from '../event';

/** Run of a lifecycle hook, with the end of its container. */
export interface HookRun {
  readonly container: string;
  readonly hook: HookType;
  readonly started: EventOf<'HookStarted'> | undefined;
  readonly finished: EventOf<'HookFinished'> | undefined;
  /** The signal that ended the wait for it, if the grace period was over before the hook. */
  readonly outlived: EventOf<'SignalSent'> | undefined;
  /** The end of the instance it ran in. */
  readonly exited: EventOf<'ContainerExited'> | undefined;
  /** The first signal that instance was sent after the hook had begun. */
  readonly signalled: EventOf<'SignalSent'> | undefined;
}

type OpenHookRun = { -readonly [Key in keyof HookRun]: HookRun[Key] };

/** Finds every run of a hook in the timeline, in order. */
export class HookRuns {
  readonly #runs: OpenHookRun[] = [];

  get all(): readonly HookRun[] {
    return this.#runs;
  }

  fold(event: Event): void {
    const runs = this.#runs;
    if (isA('HookStarted', event)) runs.push(begun(event, event));
    if (isA('HookFinished', event)) {
      const own = runs.findLast((run) => run.container === event.container && run.hook === event.hook && !run.finished);
      if (own) own.finished = event;
      else runs.push(begun(event, undefined, event));
    }
    if (isA('SignalSent', event)) {
      const run = runs.findLast(({ container, exited }) => container === event.container && !exited);
      if (!run) return;
      run.signalled ??= event;
      if (!run.finished) run.outlived ??= event;
    }
    if (isA('ContainerExited', event)) {
      for (const run of runs) if (run.container === event.container) run.exited ??= event;
    }
  }
}

function begun(
  { container, hook }: { readonly container: string; readonly hook: HookType },
  started: EventOf<'HookStarted'> | undefined,
  finished?: EventOf<'HookFinished'>,
): OpenHookRun {
  return { container, hook, started, finished, outlived: undefined, exited: undefined, signalled: undefined };
}

/**
 * Returns whether a preStop hook failed only because its container exited with code 0 before the hook did: the purpose
 * of the hook is reached, though the kubelet records FailedPreStopHook.
 */
export function isHarmless({ hook, finished, exited, signalled }: HookRun): boolean {
  if (hook !== 'preStop' || !finished?.failed || exited?.exitCode !== 0) return false;
  // The news of the exit may come after the hook's, whose command was killed with the container.
  return signalled === undefined || wasKilled(finished) || exited.at <= finished.at;
}

function wasKilled({ failure }: EventOf<'HookFinished'>): boolean {
  return failure?.kind === 'exit' && failure.exitCode === 137;
}
