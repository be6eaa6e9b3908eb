import { clearTimeout, setTimeout } from 'node:timers';
import type { RuntimeError } from '../../runtimeError';
import { ANSWER_MAX_MS, stuck } from './checkEngine';
import type { Docker } from './docker';
import { RUN_LABEL } from './labels';

export interface HeartbeatPace {
  /** The interval between a response and the next request. */
  readonly everyMs: number;
  readonly answerMaxMs: number;
}

const PACE: HeartbeatPace = { everyMs: 4_000, answerMaxMs: ANSWER_MAX_MS };

/** A request does not count if this process was blocked for that long: the engine did not have its time. */
const HELD_UP_MS = 1_000;

export interface Heartbeat {
  stop(): void;
}

/**
 * Lists the exited containers of a run at intervals and reports them. The engine's event stream is the source of
 * exits, but it may lose one, or stay silent because the engine hangs: `onLost` is called once if it does not respond
 * in time.
 */
export function watchHeartbeat(
  docker: Docker,
  run: string,
  {
    onExited,
    onLost,
    pace = PACE,
  }: {
    readonly onExited: (id: string) => void;
    readonly onLost: (error: RuntimeError) => void;
    readonly pace?: HeartbeatPace;
  },
): Heartbeat {
  const filters = { label: [`${RUN_LABEL}=${run}`], status: ['exited'] };
  let timer: NodeJS.Timeout;
  let isStopped = false;

  const ask = (): void => {
    const silence = new AbortController();
    const deadline = Date.now() + pace.answerMaxMs;
    let isHeldUp = false;
    const limit = setTimeout(() => {
      isHeldUp = Date.now() - deadline > HELD_UP_MS;
      silence.abort();
    }, pace.answerMaxMs);
    const asked = docker.listContainers({ all: true, filters, abortSignal: silence.signal });
    asked
      .then((exited) => {
        for (const { Id } of exited) if (!isStopped) onExited(Id);
        askAgain();
      })
      // The event stream detects and reports an engine that is unreachable.
      .catch((cause: unknown) => {
        if (!silence.signal.aborted || isHeldUp) askAgain();
        else if (!isStopped) onLost(stuck(pace.answerMaxMs, cause));
      })
      .finally(() => clearTimeout(limit));
  };
  const askAgain = (): void => {
    if (!isStopped) timer = setTimeout(ask, pace.everyMs);
  };
  askAgain();
  return {
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
