import { describe, expect, test } from '@jest/globals';
import type { EventOf, RuntimeEvent } from '../../../../src/timeline/event';
import { dropPatternFrom } from '../../../../src/timeline/history/dropPatterns';
import { s, signalled, timelineOf } from '../events';

/** A request that took a tenth of a second, with its status or without a response. */
function dropped(at: number, status?: number, more: Partial<EventOf<'RequestFinished'>> = {}): RuntimeEvent {
  const failure = status === undefined ? 'connection reset' : `answered ${status}`;
  const how = { failure, ...(status !== undefined && { status }) };
  return {
    at: s(at),
    source: 'runtime',
    kind: 'RequestFinished',
    port: 8080,
    path: '/',
    sentAt: s(at - 0.1),
    ...how,
    ...more,
  };
}

const SIGNAL = signalled(5, 'SIGTERM', 10_000);

function patternOf(first: RuntimeEvent, ...more: readonly RuntimeEvent[]) {
  const pattern = dropPatternFrom(timelineOf(SIGNAL, first, ...more), first);
  return pattern && [pattern.cause, pattern.failed.length, pattern.unanswered.length];
}

describe('dropPatternFrom', () => {
  test('names what most dropped requests got', () => {
    expect(patternOf(dropped(6), dropped(6.1, 503), dropped(6.2, 503))).toEqual(['fails-requests-after-signal', 2, 1]);
    expect(patternOf(dropped(6, 503), dropped(6.1), dropped(6.2))).toEqual(['stops-before-clients', 1, 2]);
  });

  test('names what the first one got, if others got as often something else', () => {
    expect(patternOf(dropped(6, 503), dropped(6.1))?.[0]).toBe('fails-requests-after-signal');
    expect(patternOf(dropped(6), dropped(6.1, 503))?.[0]).toBe('stops-before-clients');
  });

  test('counts a request that was in flight at the signal', () => {
    const inFlight = dropped(5.05, 503);
    const pattern = dropPatternFrom(timelineOf(SIGNAL, inFlight), inFlight);
    expect(pattern).toMatchObject({ cause: 'fails-requests-after-signal', first: { isInFlight: true } });
  });

  test('leaves out other ports, other paths and what came before', () => {
    const first = dropped(6.1);
    const others = [dropped(6.2, 503, { port: 9090 }), dropped(6.3, 503, { path: '/other' })];
    const pattern = dropPatternFrom(timelineOf(SIGNAL, dropped(6, 503), first, ...others), first);
    expect(pattern).toMatchObject({ cause: 'stops-before-clients', failed: [] });
  });

  test('knows none without a stop signal, and of no other event', () => {
    const early = dropped(4, 503);
    expect(dropPatternFrom(timelineOf(early), early)).toBeUndefined();
    expect(dropPatternFrom(timelineOf(SIGNAL), SIGNAL)).toBeUndefined();
  });
});
