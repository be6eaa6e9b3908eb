import { type Event, type EventOf, isA, type KubeletEvent } from '../event';

/** Causes of the end of the instance before: a probe failed too often, it exited, or the kubelet replaced it. */
export const RESTART_CAUSES = [
  'liveness',
  'startup',
  'exit',
  'postStart',
  'definition',
  'sandbox',
  'restartRule',
] as const;
/** Cause of a restart, as `toRestart({ because })` takes it. */
export type RestartCause = (typeof RESTART_CAUSES)[number];

/** Restart of a container, with the events that led to it. */
export interface Restart {
  readonly started: KubeletEvent<'Started'>;
  readonly container: string;
  /** 1 for the first restart. */
  readonly attempt: number;
  readonly because: RestartCause;
  /** The end of the instance before; absent if it is not recorded. */
  readonly exited: EventOf<'ContainerExited'> | undefined;
  /** True if back-off refused a start since that end. */
  readonly backedOff: boolean;
}

type Life = Pick<Restart, 'because' | 'exited' | 'backedOff'>;

const NEW: Life = { because: 'exit', exited: undefined, backedOff: false };

/** Finds every restart, in order. A start that never ran a process does not count. */
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

/** Returns the cause of a kill. A container in an unknown state is killed to be sure that it has exited. */
function causeOf({ cause }: KubeletEvent<'Killing'>, { because }: Life): RestartCause {
  return cause === undefined || cause === 'unknownState' ? because : cause;
}
