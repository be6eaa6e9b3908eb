import { describe, expect, test } from '@jest/globals';
import type { EventOf, RuntimeEvent } from '../../../../src/timeline/event';
import { dropPatternFrom } from '../../../../src/timeline/history/dropPatterns';
import { s, signalled, timelineOf } from '../events';

/** Returns a request that took 100ms, with its status or without a response. */
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
  test('returns the cause of most dropped requests', () => {
    expect(patternOf(dropped(6), dropped(6.1, 503), dropped(6.2, 503))).toEqual(['fails-requests-after-signal', 2, 1]);
    expect(patternOf(dropped(6, 503), dropped(6.1), dropped(6.2))).toEqual(['stops-before-clients', 1, 2]);
  });

  test('returns the cause of the first one if both causes are equally frequent', () => {
    expect(patternOf(dropped(6, 503), dropped(6.1))?.[0]).toBe('fails-requests-after-signal');
    expect(patternOf(dropped(6), dropped(6.1, 503))?.[0]).toBe('stops-before-clients');
  });

  test('includes a request that was in flight at SIGTERM', () => {
    const inFlight = dropped(5.05, 503);
    const pattern = dropPatternFrom(timelineOf(SIGNAL, inFlight), inFlight);
    expect(pattern).toMatchObject({ cause: 'fails-requests-after-signal', first: { isInFlight: true } });
  });

  test('ignores other ports, other paths and earlier requests', () => {
    const first = dropped(6.1);
    const others = [dropped(6.2, 503, { port: 9090 }), dropped(6.3, 503, { path: '/other' })];
    const pattern = dropPatternFrom(timelineOf(SIGNAL, dropped(6, 503), first, ...others), first);
    expect(pattern).toMatchObject({ cause: 'stops-before-clients', failed: [] });
  });

  test('returns undefined without a stop signal, and for other events', () => {
    const early = dropped(4, 503);
    expect(dropPatternFrom(timelineOf(early), early)).toBeUndefined();
    expect(dropPatternFrom(timelineOf(SIGNAL), SIGNAL)).toBeUndefined();
  });
});
