import { clearTimeout, setTimeout } from 'node:timers';
import type { RuntimeError } from '../../runtimeError';
import { ANSWER_MAX_MS, stuck } from './checkEngine';
import type { Docker } from './docker';
import { RUN_LABEL } from './labels';

export interface HeartbeatPace {
  /** How long after an answer the engine is asked again. */
  readonly everyMs: number;
  readonly answerMaxMs: number;
}

const PACE: HeartbeatPace = { everyMs: 4_000, answerMaxMs: ANSWER_MAX_MS };

/** Asked while this process itself was held up, an engine has not had its time: it is asked again. */
const HELD_UP_MS = 1_000;

export interface Heartbeat {
  stop(): void;
}

/**
 * Asks the engine again and again which containers of a run have exited, and tells them: its event stream is the source
 * of exits, but a stream may lose one, or stay silent because the engine is stuck. `onLost` is called once when it does
 * not answer in time.
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
      // An engine that is gone altogether is noticed, and told, by its event stream.
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
