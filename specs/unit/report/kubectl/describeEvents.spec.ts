import { expect, test } from '@jest/globals';
import { describeEvents } from '../../../../src/report/kubectl/describeEvents';
import { recorded, s, started, timelineOf } from '../../timeline/events';

const { container: _, ...scheduled } = recorded(0, 'Scheduled', 'Successfully assigned default/shop to node', {
  from: 'default-scheduler',
});
const unhealthy = (at: number, output = 'HTTP probe failed with statuscode: 503') =>
  recorded(at, 'Unhealthy', `Readiness probe failed: ${output}`, {
    type: 'Warning',
    fieldPath: 'spec.containers{web}',
  });
const every = (count: number, seconds: number, event: (at: number, n: number) => ReturnType<typeof unhealthy>) =>
  Array.from({ length: count }, (_, n) => event(2 + n * seconds, n));

test('events alike are merged, with their number and since when', () => {
  const timeline = timelineOf(
    scheduled,
    started(1.9),
    every(12, 10, (at) => unhealthy(at)),
  );
  expect(describeEvents(timeline, { now: s(114.2) })).toEqual([
    'Events:',
    '  Type     Reason     Age                 From               Message',
    '  ----     ------     ----                ----               -------',
    '  Normal   Scheduled  114s                default-scheduler  Successfully assigned default/shop to node',
    '  Normal   Started    113s                kubelet            Container started',
    '  Warning  Unhealthy  2s (x12 over 112s)  kubelet            spec.containers{web}: Readiness probe failed: HTTP probe failed with statuscode: 503',
  ]);
});

test('or whole, as they happened', () => {
  const timeline = timelineOf(every(3, 10, (at) => unhealthy(at)));
  expect(describeEvents(timeline, { now: s(30), aggregate: false, kubernetesVersion: '1.34' })).toEqual([
    'Events:',
    '  Type     Reason     Age   From     Message',
    '  ----     ------     ----  ----     -------',
    '  Warning  Unhealthy  28s   kubelet  Readiness probe failed: HTTP probe failed with statuscode: 503',
    '  Warning  Unhealthy  18s   kubelet  Readiness probe failed: HTTP probe failed with statuscode: 503',
    '  Warning  Unhealthy  8s    kubelet  Readiness probe failed: HTTP probe failed with statuscode: 503',
  ]);
});

test('after 25 of a type only one every five minutes is sent, and its count tells of those dropped', () => {
  const lastLine = (count: number) =>
    describeEvents(timelineOf(every(count, 1, (at) => unhealthy(at))), { now: s(100) }).at(-1);
  expect(lastLine(25)).toContain('74s (x25 over 98s)');
  expect(lastLine(90)).toContain('74s (x25 over 98s)');
  const later = timelineOf(
    every(90, 1, (at) => unhealthy(at)),
    unhealthy(327),
  );
  expect(describeEvents(later).at(-1)).toContain('0s (x91 over 5m25s)');
});

test('ten that differ in their message only are combined from the tenth on', () => {
  const timeline = timelineOf(every(12, 1, (at, n) => unhealthy(at, `refused ${n}`)));
  const lines = describeEvents(timeline, { now: s(20) });
  expect(lines).toHaveLength(3 + 9 + 1);
  expect(lines.at(-1)).toBe(
    '  Warning  Unhealthy  7s (x3 over 9s)  kubelet  spec.containers{web}: (combined from similar events): Readiness probe failed: refused 11',
  );
});

test('a pod without events has none', () => {
  expect(describeEvents(timelineOf())).toEqual(['Events:  <none>']);
});

test('what a container wrote is shown as text', () => {
  const lines = describeEvents(timelineOf(unhealthy(1, '\u001b[2Jdown\r\n')));
  expect(lines.at(-1)).toContain('Readiness probe failed: down');
  expect(lines.at(-1)).not.toContain('\u001b');
});
