import { expect, test } from '@jest/globals';
import type { Instant } from '../../../src/clock/instant';
import { WritableTimeline } from '../../../src/timeline/writableTimeline';

const line = (seconds: number, text: string, container = 'web', attempt = 0) =>
  ({ at: (seconds * 1_000) as Instant, container, attempt, stream: 'stdout', text }) as const;

test('keeps the lines of each instance of a container', () => {
  const timeline = new WritableTimeline();
  timeline.write([line(1, 'up'), line(2, 'listening', 'proxy'), line(3, 'up again', 'web', 1)]);
  expect(timeline.output.of('web').map(({ text }) => text)).toEqual(['up', 'up again']);
  expect(timeline.output.of('web', 1).map(({ text }) => text)).toEqual(['up again']);
  expect(timeline.output.lines.map(({ text }) => text)).toEqual(['up', 'listening', 'up again']);
  expect(timeline.now).toBe(3_000);
});

test('drops the oldest lines of a container that writes endlessly', () => {
  const timeline = new WritableTimeline();
  timeline.write([line(0, 'quiet', 'proxy')]);
  for (let i = 0; i < 30; i += 1) timeline.write([line(i, `${i} ${'x'.repeat(100_000)}`)]);
  const kept = timeline.output.of('web');
  expect(kept).toHaveLength(9);
  expect(kept.at(-1)?.text.startsWith('29 ')).toBe(true);
  expect(timeline.output.of('proxy')).toHaveLength(1);
});

test('omits later lines in a timeline up to an instant', () => {
  const timeline = new WritableTimeline();
  timeline.write([line(1, 'up'), line(9, 'late')]);
  expect(timeline.upTo(5_000 as Instant).output.of('web')).toHaveLength(1);
});
