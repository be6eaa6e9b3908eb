import { expect, test } from '@jest/globals';
import { evidence } from '../../../../src/report/incident/evidence';
import { acted, exited, failed, ready, s, signalled, started, timelineOf } from '../../timeline/events';

const DOWN = 'HTTP probe failed with statuscode: 503';

test('contains the last action of the test, even if many events follow', () => {
  const comings = Array.from({ length: 5 }, (_, n) => [
    ready(20 + n, n % 2 === 0),
    ...failed(20.5 + n, 'liveness', 1, `${n}`),
  ]);
  const timeline = timelineOf(
    acted(0, 'run'),
    started(1),
    acted(10, 'exec', 'rm /tmp/healthy'),
    ...comings,
    exited(30, 1),
  );
  const lines = evidence(timeline, timeline.of('ContainerExited')[0]);
  expect(lines.slice(0, 3)).toEqual([
    '  (5 earlier lines left out)',
    '  +10.0s  test  exec       in web: rm /tmp/healthy',
    '  +21.5s  web   Unhealthy  liveness probe failed (1/3): 1',
  ]);
  expect(lines.at(-1)).toBe('> +30.0s  web   exited     1');
});

test('reports process trouble of a container once', () => {
  const of = { container: 'web', id: 'c1', attempt: 0, stopSignal: 'SIGTERM', isPID1: true };
  const processes = [{ pid: 9, ppid: 1, args: 'python3 app.py', catches: [], ignores: [], blocks: [] }];
  const look = (at: number, signalled: boolean) =>
    ({ at: s(at), source: 'runtime', kind: 'ProcessesSeen', ...of, signalled, processes }) as const;
  const timeline = timelineOf(
    started(1),
    look(2, false),
    ready(3),
    look(5, true),
    signalled(31, 'SIGKILL', undefined),
    exited(31, 137),
  );
  expect(evidence(timeline, undefined).filter((line) => line.includes('signals'))).toHaveLength(1);
});

test('reports repeated equal probe failures once, with their count', () => {
  const failures = [1, 2, 3].flatMap((run) => failed(10 * run, 'readiness', run, DOWN));
  expect(evidence(timelineOf(started(1), ...failures), undefined)).toEqual([
    '   +1.0s  web  Started    Container started',
    '  +30.0s  web  Unhealthy  readiness probe failed (3/3): HTTP probe failed with statuscode: 503',
  ]);
});
