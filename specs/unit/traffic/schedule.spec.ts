import { expect, test } from '@jest/globals';
import { NEVER } from '../../../src/clock/instant';
import { RequestSchedule } from '../../../src/traffic/schedule';
import { s } from '../timeline/events';

const pace = { everyMs: 100, endpointRemovalDelayMs: 300 };

/** Returns the instants of its requests up to this one. */
function asksUntil(schedule: RequestSchedule, until: number): number[] {
  const asks: number[] = [];
  for (let at = schedule.dueAt; at <= s(until); at = schedule.dueAt) {
    asks.push(at);
    schedule.sent(at);
  }
  return asks;
}

test('sends no request to a pod that is not an endpoint', () => {
  const schedule = new RequestSchedule(pace);
  expect(schedule.dueAt).toBe(NEVER);
  schedule.follow(false, s(1));
  expect(schedule.dueAt).toBe(NEVER);
});

test('sends requests from the start of the endpoint until its removal reaches clients', () => {
  const schedule = new RequestSchedule(pace);
  schedule.follow(true, s(1));
  expect(asksUntil(schedule, 1.25)).toEqual([1_000, 1_100, 1_200]);
  schedule.follow(false, s(1.25));
  expect(asksUntil(schedule, 9)).toEqual([1_300, 1_400, 1_500]);
  expect(schedule.dueAt).toBe(NEVER);
});

test('starts again once the pod is an endpoint again', () => {
  const schedule = new RequestSchedule(pace);
  schedule.follow(true, s(1));
  asksUntil(schedule, 1);
  schedule.follow(false, s(1.05));
  asksUntil(schedule, 9);
  schedule.follow(true, s(5));
  expect(schedule.dueAt).toBe(s(5));
});

test('keeps its pace if the pod becomes an endpoint again during the removal delay', () => {
  const schedule = new RequestSchedule(pace);
  schedule.follow(true, s(1));
  asksUntil(schedule, 1);
  schedule.follow(false, s(1.02));
  schedule.follow(true, s(1.05));
  expect(asksUntil(schedule, 1.2)).toEqual([1_100, 1_200]);
});

test('skips requests that are overdue', () => {
  const schedule = new RequestSchedule(pace);
  schedule.follow(true, s(1));
  schedule.sent(s(1.55));
  expect(schedule.dueAt).toBe(s(1.65));
});

test('stops immediately at the removal of the endpoint without a delay', () => {
  const schedule = new RequestSchedule({ ...pace, endpointRemovalDelayMs: 0 });
  schedule.follow(true, s(1));
  schedule.sent(s(1));
  schedule.follow(false, s(1.1));
  expect(schedule.dueAt).toBe(NEVER);
});

test('sends no request after stop', () => {
  const schedule = new RequestSchedule(pace);
  schedule.follow(true, s(1));
  schedule.stop();
  expect(schedule.dueAt).toBe(NEVER);
});

test('waits for a response once the concurrency is reached', () => {
  const schedule = new RequestSchedule({ ...pace, concurrency: 1 });
  schedule.follow(true, s(1));
  schedule.sent(s(1));
  expect(schedule.dueAt).toBe(NEVER);
  schedule.finish(s(1.25));
  expect(schedule.dueAt).toBe(s(1.25));
});

test('sends at most the given number of requests', () => {
  const schedule = new RequestSchedule({ ...pace, count: 2 });
  schedule.follow(true, s(1));
  expect(asksUntil(schedule, 9)).toEqual([1_000, 1_100]);
});
