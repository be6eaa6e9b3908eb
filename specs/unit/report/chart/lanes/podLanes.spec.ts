import { describe, expect, test } from '@jest/globals';
import type { Lane } from '../../../../../src/report/chart/chart';
import { actionLane, endpointLane, requestLane, statusLane } from '../../../../../src/report/chart/lanes/podLanes';
import { Tips } from '../../../../../src/report/chart/lanes/tips';
import { acted, asked, markedForDeletion, ready, removed, s, timelineOf, withIP } from '../../../timeline/events';

const bars = (lane: Lane) => lane.bars.map(({ from, to, look, label }) => `${from}-${to} ${look} ${label}`);
const row = (at: number, status: string, more: object = {}) => {
  return { at, ready: '0/1', status, restarts: 0, ...more };
};

describe('statusLane', () => {
  test('draws a bar for each STATUS of kubectl, up to the end', () => {
    const rows = [row(0, 'Pending'), row(1_000, 'ContainerCreating'), row(3_000, 'Running')];
    expect(bars(statusLane(rows, 9_000))).toEqual([
      '0-1000 wait Pending',
      '1000-3000 wait ContainerCreating',
      '3000-9000 calm Running',
    ]);
  });

  test('draws one bar if only another column changes', () => {
    const rows = [row(0, 'Running'), row(5_000, 'Running', { ready: '1/1' }), row(6_000, 'Running', { restarts: 1 })];
    expect(bars(statusLane(rows, 9_000))).toEqual(['0-9000 calm Running']);
  });

  test.each([
    'CrashLoopBackOff',
    'ImagePullBackOff',
    'ErrImagePull',
    'InvalidImageName',
    'CreateContainerConfigError',
    'Error',
    'OOMKilled',
    'Init:Error',
    'Init:CrashLoopBackOff',
    'ExitCode:2',
    'Signal:9',
    'Failed',
    'Unknown',
  ])('draws %s as trouble', (status) => {
    expect(statusLane([row(0, status)], 1_000).bars[0]?.look).toBe('bad');
  });

  test('draws a terminating or unready pod as a warning, and a waiting one as waiting', () => {
    const looks = ['Terminating', 'NotReady', 'Init:0/2', 'PodInitializing', 'Completed'].map(
      (status) => statusLane([row(0, status)], 1_000).bars[0]?.look,
    );
    expect(looks).toEqual(['warn', 'warn', 'wait', 'wait', 'wait']);
  });
});

describe('endpointLane', () => {
  test('draws traffic from Ready to the deletion, and ends at the removal', () => {
    const timeline = timelineOf(withIP(ready(5)), markedForDeletion(20), removed(30));
    timeline.advance(s(60));
    expect(bars(endpointLane(timeline))).toEqual([
      '0-5000 wait not in Service endpoints',
      '5000-20000 good in Service endpoints',
      '20000-30000 warn terminating, still serving',
    ]);
  });

  test('draws no traffic while the pod is not Ready or has no IP', () => {
    const unready = timelineOf(withIP(ready(5)), withIP(ready(8, false)), withIP(ready(9)));
    expect(bars(endpointLane(unready)).slice(1, 3)).toEqual([
      '5000-8000 good in Service endpoints',
      '8000-9000 wait not in Service endpoints',
    ]);
    const withoutIP = timelineOf(ready(5));
    withoutIP.advance(s(9));
    expect(bars(endpointLane(withoutIP))).toEqual(['0-9000 wait not in Service endpoints']);
  });

  test('draws no traffic for a deleted pod that was never Ready', () => {
    const timeline = timelineOf(withIP(ready(5, false)), markedForDeletion(20), removed(30));
    expect(bars(endpointLane(timeline))).toEqual(['0-30000 wait not in Service endpoints']);
  });
});

describe('actionLane', () => {
  test('returns no lane if the test only ran the pod', () => {
    expect(actionLane(timelineOf(acted(0, 'run')))).toEqual([]);
  });

  test('contains the action, target and detail without control characters', () => {
    const freeze = { at: s(9), source: 'test', kind: 'TestActed', action: 'freeze', service: 'db' } as const;
    const [lane] = actionLane(timelineOf(acted(0, 'run'), acted(5, 'exec', 'rm \u001b[31m/tmp/healthy'), freeze));
    expect(lane?.flags).toEqual([
      { at: 5_000, look: 'warn', label: 'exec', tip: 'test action: exec in web: rm /tmp/healthy' },
      { at: 9_000, look: 'warn', label: 'freeze', tip: 'test action: freeze in db' },
    ]);
  });
});

describe('requestLane', () => {
  test('returns no lane if no client sent a request', () => {
    expect(requestLane(timelineOf(ready(1)), new Tips())).toEqual([]);
  });

  test('draws a dot per request with its duration, and shares equal tooltips', () => {
    const tips = new Tips();
    const [lane] = requestLane(timelineOf(asked(1), asked(2), asked(3, 'connection refused', '/cart')), tips);
    expect(lane?.dots).toEqual([
      [1_005, 'ok', 0, 5],
      [2_005, 'ok', 0, 5],
      [3_005, 'bad', 1, 5],
    ]);
    expect(tips.all).toEqual(['GET /: 200', 'GET /cart: dropped, connection refused']);
  });

  test('flags a streak of dropped requests once', () => {
    const timeline = timelineOf(asked(1, 'reset'), asked(2, 'refused'), asked(3), asked(4, 'answered 503'));
    const [lane] = requestLane(timeline, new Tips());
    expect(lane?.flags.map(({ at, label, tip }) => [at, label, tip])).toEqual([
      [1_005, '2 dropped', '2 dropped, first failure: reset'],
      [4_005, '1 dropped', '1 dropped, first failure: answered 503'],
    ]);
  });
});
