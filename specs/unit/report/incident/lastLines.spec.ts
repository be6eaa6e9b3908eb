import { expect, test } from '@jest/globals';
import { Incident } from '../../../../src/report/incident/incident';
import { lastLines } from '../../../../src/report/incident/lastLines';
import type { EventKind } from '../../../../src/timeline/event';
import type { Timeline } from '../../../../src/timeline/timeline';
import { podOf } from '../../matchers/replay';
import { container, exited, failed, killed, published, s, started, timelineOf, writable } from '../../timeline/events';

function wrote(timeline: Timeline, lines: Readonly<Record<number, string>>, attempt = 0): void {
  const written = Object.entries(lines).map(([at, text]) => ({ at: s(Number(at)), text }));
  writable(timeline).write(written.map((line) => ({ ...line, container: 'web', attempt, stream: 'stderr' })));
}

function linesBefore(timeline: Timeline, kind?: EventKind): readonly string[] {
  return lastLines(new Incident(podOf({}), timeline, kind && timeline.of(kind).at(-1)));
}

const killedOnce = [started(1), ...failed(20, 'liveness', 3, 'refused'), ...killed(20, 'liveness'), exited(21, 143)];

test('shows the last lines of the instance before a restart', () => {
  const timeline = timelineOf(...killedOnce, started(22, 1));
  wrote(timeline, { 19.1: 'pool exhausted', 20.5: 'bye', 21.2: 'flushed' });
  wrote(timeline, { 22.5: 'listening' }, 1);
  expect(linesBefore(timeline, 'Started')).toEqual([
    'Output of web before restart 1:',
    '  +19.1s  pool exhausted',
    '  +20.5s  bye',
    '  +21.2s  flushed',
  ]);
});

test('shows only lines before a failed probe', () => {
  const timeline = timelineOf(...killedOnce);
  wrote(timeline, { 1.2: 'up', 19.1: 'pool exhausted', 20.5: 'bye' });
  expect(linesBefore(timeline, 'Unhealthy')).toEqual(['Output of web:', '   +1.2s  up', '  +19.1s  pool exhausted']);
});

test('shows the previous instance if the current one wrote nothing', () => {
  const timeline = timelineOf(...killedOnce, started(22, 1));
  wrote(timeline, { 19.1: 'pool exhausted' });
  expect(linesBefore(timeline)).toEqual(['Output of web before restart 1:', '  +19.1s  pool exhausted']);
});

test('shows five lines of the container that blocks a wait', () => {
  const proxy = container({ name: 'proxy', ready: true, started: true });
  const timeline = timelineOf(started(1), published(2, { containerStatuses: [proxy, container()] }));
  wrote(timeline, { 3: 'one', 4: 'two', 5: 'three', 6: 'four', 7: 'five', 8: 'x'.repeat(200) });
  expect(linesBefore(timeline)).toEqual([
    'Output of web:',
    '  +4.0s  two',
    '  +5.0s  three',
    '  +6.0s  four',
    '  +7.0s  five',
    `  +8.0s  ${'x'.repeat(160)}…`,
  ]);
});

test('shows nothing if no line was written', () => {
  expect(linesBefore(timelineOf(...killedOnce), 'Killing')).toEqual([]);
});
