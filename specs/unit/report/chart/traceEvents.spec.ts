import { expect, test } from '@jest/globals';
import { traceEvents } from '../../../../src/report/chart/traceEvents';
import { careless, kubia } from '../html/lives';
import { reportOf } from '../html/records';

interface Told {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
}

test('converts a timeline to trace events', async () => {
  const pod = await careless();
  const events = pod.timeline.events.filter(({ kind, at }) => kind !== 'RequestFinished' || at > 15_400);
  const [record] = reportOf([pod]).pods;
  if (!record) throw new Error('no record found');
  expect(traceEvents({ version: 1, pods: [{ ...record, events }] })).toMatchSnapshot();
});

test('puts only consecutive slices on one thread', () => {
  const { traceEvents: events } = JSON.parse(traceEvents(reportOf([kubia(), kubia()])));
  const slices = (events as Told[]).filter(({ ph }) => ph === 'X');
  const keyOf = ({ pid, tid }: Told) => `${pid}/${tid}`;
  const tracks = new Set(slices.map(keyOf));
  expect(tracks.size).toBeGreaterThan(8);
  for (const track of tracks) {
    const own = slices.filter((slice) => keyOf(slice) === track);
    const inOrder = own.toSorted((a, b) => (a.ts ?? 0) - (b.ts ?? 0));
    for (const [index, { ts = 0, dur = 0 }] of inOrder.entries())
      expect(ts + dur).toBeLessThanOrEqual(inOrder[index + 1]?.ts ?? Number.POSITIVE_INFINITY);
  }
});

test('gives overlapping requests their own IDs', async () => {
  const { traceEvents: events } = JSON.parse(traceEvents(reportOf([await careless()])));
  const of = (phase: string) => (events as { ph: string; id: number }[]).filter(({ ph }) => ph === phase);
  const begun = of('b').map(({ id }) => id);
  expect(new Set(begun).size).toBe(220);
  expect(of('e').map(({ id }) => id)).toEqual(begun);
});
