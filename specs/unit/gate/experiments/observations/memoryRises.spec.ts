import { describe, expect, test } from '@jest/globals';
import { CREATED } from '../../../../../src/clock/instant';
import { memoryRises } from '../../../../../src/gate/experiments/observations/memoryRises';
import { risingTrend } from '../../../../../src/gate/model/memory/memoryTrend';
import { simulatePod } from '../../../../../src/pod/simulated/simulatePod';
import { asked, timelineOf } from '../../../timeline/events';
import { pod } from '../../gateOf';

const MEBI = 1_048_576;

/** Creates one sample per second for a minute, in MiB. */
const samples = (mebiAt: (second: number) => number, seconds = 60) =>
  Array.from({ length: seconds + 1 }, (_, second) => ({
    container: 'web',
    atMs: 1_000 * second,
    bytes: mebiAt(second) * MEBI,
  }));

/** Returns reproducible noise between −1 and 1. */
const noise = (second: number) => Math.sin(second * 12.9898);

describe('risingTrend', () => {
  test('finds a leak with and without noise', () => {
    expect(risingTrend(samples((second) => 50 + second))).toMatchObject({ overMs: 30_000, lastBytes: 110 * MEBI });
    expect(risingTrend(samples((second) => 50 + second + noise(second)))).toBeDefined();
  });

  test('finds a leak in the few samples of a busy engine', () => {
    const few = samples((second) => 50 + second + noise(second) / 4).filter((_, index) => index % 3 === 0);
    expect(risingTrend(few)).toBeDefined();
  });

  test('finds nothing if memory is constant or only varies', () => {
    expect(risingTrend(samples(() => 50))).toBeUndefined();
    expect(risingTrend(samples((second) => 50 + 3 * noise(second)))).toBeUndefined();
    expect(risingTrend(samples((second) => 50 + (second % 12)))).toBeUndefined();
  });

  test('finds nothing if a cache is full before the last quarter', () => {
    for (const full of [10, 35, 44]) {
      expect(risingTrend(samples((second) => 50 + 2 * Math.min(second, full)))).toBeUndefined();
    }
  });

  test('finds nothing in a rise below 10%, as between two garbage collections', () => {
    expect(risingTrend(samples((second) => 43 + second / 15))).toBeUndefined();
    expect(risingTrend(samples((second) => 43 + second / 5))).toBeDefined();
  });

  test('finds nothing in a rise of less than 1 MiB', () => {
    expect(risingTrend(samples((second) => 50 + second / 100))).toBeUndefined();
  });
});

describe('memoryRises', () => {
  const limits = { resources: { limits: { memory: '512Mi' } } };
  const { pod: loaded } = simulatePod({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: pod(limits) });
  const subject = {
    pod: loaded,
    backend: { publishNotReadyAddresses: false },
    services: [],
    endpointRemovalDelay: '1s',
    kubernetesVersion: '1.37',
  } as const;
  const seen = (memory: ReturnType<typeof samples>, requests = 600) => ({
    subject,
    pod: loaded,
    timeline: timelineOf(...Array.from({ length: requests }, (_, index) => asked(index / 10))),
    since: 0,
    from: CREATED,
    looks: [],
    memory,
  });

  test('estimates when the memory reaches the limit', () => {
    expect(memoryRises.find(seen(samples((second) => 50 + second))).map(({ message }) => message)).toMatchObject([
      { kind: 'memoryRises', container: 'web', limit: '512Mi', overMs: 30_000, leftMs: expect.closeTo(402_000, -3) },
    ]);
  });

  test('returns a gap after less than a minute or with few requests', () => {
    const rising = (second: number) => 50 + second;
    expect(memoryRises.find(seen(samples(rising, 12)))).toEqual([]);
    expect(memoryRises.gap?.(seen(samples(rising, 12)))).toEqual({ kind: 'shortMemory', neededMs: 60_000 });
    const seldom = samples(rising).filter((_, index) => index % 6 === 0);
    expect(memoryRises.gap?.(seen(seldom))).toEqual({ kind: 'shortMemory', neededMs: 60_000 });
    expect(memoryRises.find(seen(samples(rising), 20))).toEqual([]);
    expect(memoryRises.gap?.(seen(samples(rising), 20))).toEqual({ kind: 'fewRequests', least: 60, withinMs: 60_000 });
    expect(memoryRises.gap?.(seen([]))).toEqual({ kind: 'unmeasuredMemory' });
    expect(memoryRises.gap?.(seen(samples(rising)))).toBeUndefined();
  });
});
