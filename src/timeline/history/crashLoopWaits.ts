import { isA, type KubeletEvent } from '../event';
import type { Timeline } from '../timeline';

/** One time that back-off held up the start of a container, however often it was tried meanwhile. */
export interface CrashLoopWait {
  readonly container: string;
  /** The first start that was refused. */
  readonly refused: KubeletEvent<'BackOff'>;
}

/** Every time a container was in CrashLoopBackOff, in order. */
export function crashLoopWaitsOf(timeline: Timeline): readonly CrashLoopWait[] {
  const waiting = new Set<string>();
  const waits: CrashLoopWait[] = [];
  for (const event of timeline.events) {
    if (!isA('Started', event) && !isA('BackOff', event)) continue;
    const { container = '' } = event;
    if (isA('Started', event)) waiting.delete(container);
    if (!isA('BackOff', event) || !isOfStart(event) || waiting.has(container)) continue;
    waiting.add(container);
    waits.push({ container, refused: event });
  }
  return waits;
}

/** The same reason tells of a pull that is put off. */
function isOfStart({ message }: KubeletEvent<'BackOff'>): boolean {
  return message.startsWith('Back-off restarting');
}
