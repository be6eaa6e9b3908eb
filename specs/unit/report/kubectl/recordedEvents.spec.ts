import { describe, expect, test } from '@jest/globals';
import { correlateEvents, eventWrites, listRecorded } from '../../../../src/report/kubectl/recordedEvents';
import { probed, ready, recorded, s, started } from '../../timeline/events';

// Source: client-go tools/record/events_cache.go.

const unhealthy = (at: number, output: string, more: object = {}) =>
  recorded(at, 'Unhealthy', output, { type: 'Warning', fieldPath: 'spec.containers{web}', ...more });
const many = (count: number, event: (n: number) => ReturnType<typeof unhealthy>) =>
  Array.from({ length: count }, (_, n) => event(n));

describe('listRecorded', () => {
  test('lists only kubelet events, one by one, in whole seconds', () => {
    const events = [started(1.9), ready(2), probed(3, 'liveness', 'Success', 1), started(1.9)];
    expect(listRecorded(events)).toEqual(
      Array(2).fill({
        type: 'Normal',
        reason: 'Started',
        from: 'kubelet',
        message: 'Container started',
        count: 1,
        firstTimestamp: s(1),
        lastTimestamp: s(1),
      }),
    );
  });
});

describe('correlateEvents', () => {
  test('counts a repeated event, and keeps its first time', () => {
    expect(correlateEvents([unhealthy(2, 'down'), unhealthy(12, 'down'), unhealthy(22.5, 'down')])).toMatchObject([
      { message: 'down', count: 3, firstTimestamp: s(2), lastTimestamp: s(22) },
    ]);
  });

  test('separates events with another message, container, reason or type', () => {
    const events = [
      unhealthy(1, 'down'),
      unhealthy(2, 'up'),
      unhealthy(3, 'down', { fieldPath: 'spec.containers{proxy}' }),
      unhealthy(4, 'down', { type: 'Normal' }),
      recorded(5, 'Failed', 'down', { type: 'Warning', fieldPath: 'spec.containers{web}' }),
    ];
    expect(correlateEvents(events).map(({ count }) => count)).toEqual([1, 1, 1, 1, 1]);
  });

  test('combines the tenth message of a reason, and those after it', () => {
    const events = correlateEvents(many(12, (n) => unhealthy(n, `refused ${n}`)));
    expect(events).toHaveLength(10);
    expect(events.at(-1)).toMatchObject({
      message: '(combined from similar events): refused 11',
      count: 3,
      firstTimestamp: s(9),
    });
  });

  test('combines messages of one reason only', () => {
    const reasons = many(12, (n) => ({ ...unhealthy(n, `refused ${n}`), kind: n % 2 ? 'Failed' : 'Unhealthy' }));
    expect(correlateEvents(reasons)).toHaveLength(12);
  });

  test('forgets similar messages after ten minutes without one', () => {
    const nine = many(9, (n) => unhealthy(n, `refused ${n}`));
    expect(correlateEvents([...nine, unhealthy(608, 'late')]).at(-1)?.message).toMatch(/^\(combined/);
    expect(correlateEvents([...nine, unhealthy(609, 'late')]).at(-1)?.message).toBe('late');
  });
});

describe('eventWrites', () => {
  test('drops events beyond 25 of a type, and writes one more every five minutes', () => {
    const events = many(40, (n) => unhealthy(n / 10, 'down'));
    expect(eventWrites(events)).toHaveLength(25);
    expect(eventWrites([...events, unhealthy(299, 'down')])).toHaveLength(25);
    expect(eventWrites([...events, unhealthy(304, 'down'), unhealthy(305, 'down')])).toHaveLength(26);
  });

  test('counts dropped events in the next one that is written', () => {
    const events = many(40, (n) => unhealthy(n / 10, 'down'));
    expect(eventWrites([...events, unhealthy(310, 'down')]).at(-1)?.event.count).toBe(41);
  });

  test('limits each type separately', () => {
    const warnings = many(30, () => unhealthy(1, 'down'));
    expect(eventWrites([...warnings, started(2)]).at(-1)).toMatchObject({ at: s(2), event: { reason: 'Started' } });
  });

  test('writes to the same key while the event is the same', () => {
    const keys = eventWrites([unhealthy(1, 'down'), unhealthy(2, 'up'), unhealthy(3, 'down')]).map(({ key }) => key);
    expect(keys[2]).toBe(keys[0]);
    expect(keys[1]).not.toBe(keys[0]);
  });
});
