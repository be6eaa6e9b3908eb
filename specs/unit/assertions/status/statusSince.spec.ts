import { describe, expect, test } from '@jest/globals';
import { heldFrom } from '../../../../src/assertions/status/statusSince';
import { becameEndpoint } from '../../../../src/assertions/traffic/endpoint';
import { isReady } from '../../../../src/timeline/condition';
import type { Event } from '../../../../src/timeline/event';
import { exited, ready, timelineOf, withIP } from '../../timeline/events';

/** Returns a Ready status with this container ID. */
function readyAs(seconds: number, containerID: string): Event {
  const event = withIP(ready(seconds));
  if (event.kind !== 'StatusPublished') throw new Error('ready() publishes a status');
  const containerStatuses = event.status.containerStatuses.map((status) => ({ ...status, containerID }));
  return { ...event, status: { ...event.status, containerStatuses } };
}

describe('heldFrom', () => {
  test('ignores a status that still shows an exited instance as running', () => {
    const killed = [readyAs(1, 'c1'), exited(5, 137)];
    expect(heldFrom(timelineOf(killed), 2, isReady)).toBeUndefined();
    expect(heldFrom(timelineOf(killed, readyAs(5.5, 'c1')), 2, isReady)).toBeUndefined();
    expect(heldFrom(timelineOf(killed, readyAs(7, 'c2')), 2, isReady)?.at).toBe(7_000);
  });

  test('ignores such a status if the instance exits during the wait', () => {
    const coming = [exited(5, 137), readyAs(5.5, 'c1'), readyAs(7, 'c2')];
    expect(heldFrom(timelineOf(ready(1, false), coming), 1, isReady)?.at).toBe(7_000);
  });

  test('accepts a status if no instance exited before it', () => {
    expect(heldFrom(timelineOf(readyAs(1, 'c1')), 1, isReady)?.at).toBe(1_000);
  });
});

test('becameEndpoint ignores an endpoint of an exited instance', () => {
  const killed = [readyAs(1, 'c1'), exited(5, 137)];
  expect(becameEndpoint(timelineOf(killed), 2).outcome).toBe('pending');
  expect(becameEndpoint(timelineOf(killed), 1).outcome).toBe('passed');
});
