import { type Event, type EventOf, isA, type KubeletEvent } from '../event';

/** Why the instance before is gone: a probe failed for good, it ended by itself, or the kubelet replaced it. */
export const RESTART_CAUSES = [
  'liveness',
  'startup',
  'exit',
  'postStart',
  'definition',
  'sandbox',
  'restartRule',
] as const;
/** One of them, as `toRestart({ because })` takes it. */
export type RestartCause = (typeof RESTART_CAUSES)[number];

/** One restart of a container, with what led to it. */
export interface Restart {
  readonly started: KubeletEvent<'Started'>;
  readonly container: string;
  /** 1 for the first restart. */
  readonly attempt: number;
  readonly because: RestartCause;
  /** How the instance before ended; absent where that is not on record. */
  readonly exited: EventOf<'ContainerExited'> | undefined;
  /** Whether back-off refused a start since that end. */
  readonly backedOff: boolean;
}

type Life = Pick<Restart, 'because' | 'exited' | 'backedOff'>;

const NEW: Life = { because: 'exit', exited: undefined, backedOff: false };

/** Finds every restart on record, in order. A start that never came to run a process is none. */
export class Restarts {
  readonly all: Restart[] = [];
  readonly #lives = new Map<string, Life>();

  fold(event: Event): void {
    const lives = this.#lives;
    if (event.kind === 'SandboxChanged') {
      for (const [container, life] of lives) lives.set(container, { ...life, because: 'sandbox' });
    }
    if (!('container' in event) || event.container === undefined) return;
    const { container } = event;
    const life = lives.get(container) ?? NEW;
    if (isA('Started', event)) {
      const { attempt = 0 } = event;
      if (attempt > 0) this.all.push({ ...life, started: event, container, attempt });
      lives.set(container, NEW);
    }
    if (isA('Killing', event)) lives.set(container, { ...life, because: causeOf(event, life) });
    if (isA('ContainerExited', event)) lives.set(container, { ...life, exited: event });
    if (event.kind === 'BackOff') lives.set(container, { ...life, backedOff: true });
  }
}

/** A container in an unknown state is killed to be sure that it has exited. */
function causeOf({ cause }: KubeletEvent<'Killing'>, { because }: Life): RestartCause {
  return cause === undefined || cause === 'unknownState' ? because : cause;
}
