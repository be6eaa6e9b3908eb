import { expect, test } from '@jest/globals';
import { NEVER } from '../../../src/clock/instant';
import { RequestSchedule } from '../../../src/traffic/schedule';
import { s } from '../timeline/events';

const pace = { everyMs: 100, endpointRemovalDelayMs: 300 };

/** The instants at which it asks, up to one. */
function asksUntil(schedule: RequestSchedule, until: number): number[] {
  const asks: number[] = [];
  for (let at = schedule.dueAt; at <= s(until); at = schedule.dueAt) {
    asks.push(at);
    schedule.sent(at);
  }
  return asks;
}

test('nobody asks a pod that is no endpoint', () => {
  const schedule = new RequestSchedule(pace);
  expect(schedule.dueAt).toBe(NEVER);
  schedule.follow(false, s(1));
  expect(schedule.dueAt).toBe(NEVER);
});

test('asks from the moment the pod is an endpoint, and for a while after it is one no longer', () => {
  const schedule = new RequestSchedule(pace);
  schedule.follow(true, s(1));
  expect(asksUntil(schedule, 1.25)).toEqual([1_000, 1_100, 1_200]);
  schedule.follow(false, s(1.25));
  expect(asksUntil(schedule, 9)).toEqual([1_300, 1_400, 1_500]);
  expect(schedule.dueAt).toBe(NEVER);
});

test('begins anew when the pod is an endpoint again', () => {
  const schedule = new RequestSchedule(pace);
  schedule.follow(true, s(1));
  asksUntil(schedule, 1);
  schedule.follow(false, s(1.05));
  asksUntil(schedule, 9);
  schedule.follow(true, s(5));
  expect(schedule.dueAt).toBe(s(5));
});

test('goes on at its pace when the pod comes back while it still asks', () => {
  const schedule = new RequestSchedule(pace);
  schedule.follow(true, s(1));
  asksUntil(schedule, 1);
  schedule.follow(false, s(1.02));
  schedule.follow(true, s(1.05));
  expect(asksUntil(schedule, 1.2)).toEqual([1_100, 1_200]);
});

test('does not make up for requests it was too late for', () => {
  const schedule = new RequestSchedule(pace);
  schedule.follow(true, s(1));
  schedule.sent(s(1.55));
  expect(schedule.dueAt).toBe(s(1.65));
});

test('without a delay asks nothing more once the pod has left', () => {
  const schedule = new RequestSchedule({ ...pace, endpointRemovalDelayMs: 0 });
  schedule.follow(true, s(1));
  schedule.sent(s(1));
  schedule.follow(false, s(1.1));
  expect(schedule.dueAt).toBe(NEVER);
});

test('asks nothing any more once it is stopped', () => {
  const schedule = new RequestSchedule(pace);
  schedule.follow(true, s(1));
  schedule.stop();
  expect(schedule.dueAt).toBe(NEVER);
});

test('waits for a response if only so many requests may be under way', () => {
  const schedule = new RequestSchedule({ ...pace, concurrency: 1 });
  schedule.follow(true, s(1));
  schedule.sent(s(1));
  expect(schedule.dueAt).toBe(NEVER);
  schedule.finished(s(1.25));
  expect(schedule.dueAt).toBe(s(1.25));
});

test('sends no more requests than it is given', () => {
  const schedule = new RequestSchedule({ ...pace, count: 2 });
  schedule.follow(true, s(1));
  expect(asksUntil(schedule, 9)).toEqual([1_000, 1_100]);
});
