import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { RuntimeEvent } from '../../../src/timeline/event';
import { Client } from '../../../src/traffic/client';
import type { RequestResult } from '../../../src/traffic/order';
import { s } from '../timeline/events';

const ORDER = {
  scheme: 'http',
  port: 8080,
  path: '/',
  headers: {},
  timeoutMs: 10_000,
  everyMs: 100,
  endpointRemovalDelayMs: 200,
} as const;

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
});
afterEach(() => {
  jest.useRealTimers();
});

/** Creates a client whose responses the spec sends, and whose requests start after a delay. */
function client(beginsAfterMs = 0) {
  const told: RuntimeEvent[] = [];
  const answers: ((asked: RequestResult | undefined) => void)[] = [];
  let occupied = 0;
  const one = new Client(ORDER, {
    now: () => s(Date.now() / 1_000),
    ask: (signal, onBegin) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve({ failure: 'aborted' }));
        const begin = () => (onBegin() ? void answers.push(resolve) : resolve(undefined));
        if (beginsAfterMs === 0) begin();
        else setTimeout(begin, beginsAfterMs);
      }),
    tell: (event) => told.push(event),
    occupy: () => {
      occupied += 1;
      return () => {
        occupied -= 1;
      };
    },
  });
  return { one, told, answers, occupied: () => occupied };
}

test('sends requests without waiting for responses', async () => {
  const { one, answers, told } = client();
  one.follow(true, s(0));
  await jest.advanceTimersByTimeAsync(250);
  expect(answers).toHaveLength(3);
  answers[1]?.({ status: 200 });
  await jest.advanceTimersByTimeAsync(0);
  expect(told).toEqual([
    { source: 'runtime', kind: 'RequestFinished', at: 250, sentAt: 100, port: 8080, path: '/', status: 200 },
  ]);
});

test('stays busy until its last request has finished', async () => {
  const { one, answers, occupied } = client();
  expect(occupied()).toBe(0);
  one.follow(true, s(0));
  one.follow(false, s(0));
  await jest.advanceTimersByTimeAsync(1_000);
  expect([answers.length, occupied()]).toEqual([2, 1]);
  for (const answer of answers) answer({ failure: 'refused' });
  await jest.advanceTimersByTimeAsync(0);
  expect(occupied()).toBe(0);
});

test('resolves stop once its requests are recorded', async () => {
  const { one, answers, told } = client();
  one.follow(true, s(0));
  let stopped = false;
  void one.stop().then(() => {
    stopped = true;
  });
  await jest.advanceTimersByTimeAsync(500);
  expect([answers.length, stopped]).toEqual([1, false]);
  answers[0]?.({ status: 200 });
  await jest.advanceTimersByTimeAsync(0);
  expect([told.length, stopped]).toEqual([1, true]);
});

test('waits for no response of a removed pod', async () => {
  const { one, told, occupied } = client();
  one.follow(true, s(0));
  one.onPodGone();
  one.follow(false, s(0));
  await jest.advanceTimersByTimeAsync(1_000);
  expect(told).toMatchObject([
    { sentAt: 0, failure: 'found the pod gone' },
    { sentAt: 100, failure: 'found the pod gone' },
  ]);
  expect(occupied()).toBe(0);
});

test('reports nothing after it is abandoned', async () => {
  const { one, told, occupied } = client();
  one.follow(true, s(0));
  one.abandon();
  await jest.advanceTimersByTimeAsync(1_000);
  expect([told.length, occupied()]).toEqual([0, 0]);
});

test('measures a request from its start, and starts one at a time', async () => {
  const { one, answers, told } = client(250);
  one.follow(true, s(0));
  await jest.advanceTimersByTimeAsync(900);
  for (const answer of answers) answer({ status: 200 });
  await jest.advanceTimersByTimeAsync(0);
  expect(told).toMatchObject([{ sentAt: 250 }, { sentAt: 600 }]);
  one.abandon();
  await jest.advanceTimersByTimeAsync(1_000);
});

test('skips a request whose start comes after the last client stopped', async () => {
  const { one, answers, told, occupied } = client(250);
  one.follow(true, s(0));
  one.follow(false, s(0.04));
  await jest.advanceTimersByTimeAsync(1_000);
  expect([answers.length, told.length, occupied()]).toEqual([0, 0, 0]);
});
