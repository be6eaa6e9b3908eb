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

test('merges equal events with their count and first time', () => {
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

test('prints every event with the option whole', () => {
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

test('drops events after 25 of a type except one per five minutes, and counts them', () => {
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

test('combines the tenth and later events that differ only in their message', () => {
  const timeline = timelineOf(every(12, 1, (at, n) => unhealthy(at, `refused ${n}`)));
  const lines = describeEvents(timeline, { now: s(20) });
  expect(lines).toHaveLength(3 + 9 + 1);
  expect(lines.at(-1)).toBe(
    '  Warning  Unhealthy  7s (x3 over 9s)  kubelet  spec.containers{web}: (combined from similar events): Readiness probe failed: refused 11',
  );
});

test('prints <none> for a pod without events', () => {
  expect(describeEvents(timelineOf())).toEqual(['Events:  <none>']);
});

test('escapes container output', () => {
  const lines = describeEvents(timelineOf(unhealthy(1, '\u001b[2Jdown\r\n')));
  expect(lines.at(-1)).toContain('Readiness probe failed: down');
  expect(lines.at(-1)).not.toContain('\u001b');
});
