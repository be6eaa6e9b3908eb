import { describe, expect, test } from '@jest/globals';
import { Inbox } from '../../../../src/agent/driver/inbox';
import { RealClock } from '../../../../src/clock/real';

const EXITED = { kind: 'ContainerExited', id: 'web-0', exitCode: 1 } as const;
const REMOVED = { kind: 'ContainerRemoved', id: 'web-0' } as const;

/** Returns an inbox and the calls of its reader. */
function read() {
  const inbox = new Inbox(new RealClock());
  const calls: unknown[] = [];
  const reader = {
    proceed: () => calls.push('proceed'),
    onNote: (event: unknown) => calls.push(event),
    onAction: (event: unknown) => calls.push(event),
    break: (error: unknown) => calls.push(error),
  };
  return { inbox, calls, reader };
}

describe('Inbox', () => {
  test('keeps observations in order until its reader takes them', () => {
    const { inbox, calls, reader } = read();
    inbox.observe(EXITED);
    inbox.deliverTo(reader);
    inbox.observe(REMOVED);
    expect([inbox.take(), inbox.take(), inbox.take()]).toEqual([EXITED, REMOVED, undefined]);
    expect(calls).toEqual(['proceed']);
  });

  test('records a test action immediately, with the time of the pod', () => {
    const { inbox, calls, reader } = read();
    inbox.deliverTo(reader);
    inbox.record({ action: 'kill', container: 'web', detail: 'SIGKILL' });
    const action = { action: 'kill', container: 'web', detail: 'SIGKILL' };
    expect(calls).toEqual([{ source: 'test', kind: 'TestActed', at: expect.any(Number), ...action }]);
  });

  test('stays busy until all work has finished, and notifies its reader each time', () => {
    const { inbox, calls, reader } = read();
    inbox.deliverTo(reader);
    const [first, second] = [inbox.occupy(), inbox.occupy()];
    first();
    expect(inbox.isOccupied).toBe(true);
    second();
    expect(inbox.isOccupied).toBe(false);
    expect(calls).toEqual(['proceed', 'proceed']);
  });
});
