import { type Event, isA, type KubeletEvent } from '../event';

/** Wait of a container in back-off, regardless of how often its start was tried in that time. */
export interface CrashLoopWait {
  readonly container: string;
  /** The first start that was refused. */
  readonly refused: KubeletEvent<'BackOff'>;
}

/** Finds every time a container was in CrashLoopBackOff, in order. */
export class CrashLoopWaits {
  readonly all: CrashLoopWait[] = [];
  readonly #waiting = new Set<string>();

  fold(event: Event): void {
    if (!isA('Started', event) && !isA('BackOff', event)) return;
    const { container = '' } = event;
    if (isA('Started', event)) this.#waiting.delete(container);
    if (!isA('BackOff', event) || event.delayed !== 'start' || this.#waiting.has(container)) return;
    this.#waiting.add(container);
    this.all.push({ container, refused: event });
  }
}
