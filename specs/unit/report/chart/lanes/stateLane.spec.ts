import { describe, expect, test } from '@jest/globals';
import { stateLane } from '../../../../../src/report/chart/lanes/stateLane';
import type { Event } from '../../../../../src/timeline/event';
import {
  backOff,
  exited,
  killed,
  type Life,
  recorded,
  s,
  signalled,
  started,
  timelineOf,
} from '../../../timeline/events';

/** Returns the start of `web`: the process and the event of the kubelet. */
const starts = (seconds: number, attempt = 0, container = 'web'): readonly Event[] => [
  { at: s(seconds), source: 'runtime', kind: 'ContainerStarted', container, id: `c${attempt}`, attempt },
  started(seconds, attempt, container),
];
const delayed = (seconds: number, delayMs: number): Event => ({ ...backOff(seconds), delayMs }) as Event;

function laneOf(until: number, ...life: Life) {
  const timeline = timelineOf(...life);
  timeline.advance(s(until));
  return stateLane(timeline, 'web');
}
const bars = (until: number, ...life: Life) =>
  laneOf(until, ...life).bars.map(({ from, to, look, label }) => `${from}-${to} ${look} ${label}`);

describe('stateLane bars', () => {
  test('show a waiting container that then runs', () => {
    expect(bars(30, starts(2), starts(3, 0, 'proxy'))).toEqual(['0-2000 wait Waiting', '2000-30000 calm Running']);
  });

  test('show a kill, the exit and the restart', () => {
    const life = [starts(2), ...[killed(20, 'liveness')], exited(21, 0, { afterSignalMs: 1_000 }), starts(22, 1)];
    expect(bars(30, ...life)).toEqual([
      '0-2000 wait Waiting',
      '2000-20000 calm Running',
      '20000-21000 warn stopping',
      '21000-22000 wait Terminated',
      '22000-30000 calm Running, restart 1',
    ]);
  });

  test('show back-off after the exit, with its duration', () => {
    const life = [starts(2), exited(10, 1), delayed(11, 10_000), delayed(15, 10_000), starts(20, 1)];
    expect(bars(30, ...life).slice(2)).toEqual([
      '10000-20000 hatched Waiting, back-off 10s',
      '20000-30000 calm Running, restart 1',
    ]);
  });

  test('show a later back-off only after its exit', () => {
    const life = [starts(2), exited(10, 1), starts(11, 1), exited(15, 1), delayed(16, 10_000)];
    expect(bars(30, ...life).slice(2)).toEqual([
      '10000-11000 bad Terminated',
      '11000-15000 calm Running, restart 1',
      '15000-30000 hatched Waiting, back-off 10s',
    ]);
  });

  test('show an exit as bad unless its code is 0 or the stop signal caused it', () => {
    const looks = [exited(10, 0), exited(10, 143, { afterSignalMs: 50 }), exited(10, 143), exited(10, 137)].map(
      (exit) => laneOf(30, starts(2), exit).bars.at(-1)?.look,
    );
    expect(looks).toEqual(['wait', 'wait', 'bad', 'bad']);
  });

  test('show no stop for SIGKILL, which has no grace period', () => {
    expect(bars(30, starts(2), signalled(10, 'SIGKILL', undefined))).toEqual([
      '0-2000 wait Waiting',
      '2000-30000 calm Running',
    ]);
  });
});

describe('stateLane flags', () => {
  const tips = (...life: Life) => laneOf(60, ...life).flags.map(({ label, tip }) => [label, tip]);

  test('contain the reason and message of an exit', () => {
    const oom = exited(10, 137, { reason: 'OOMKilled', message: 'heap \u001b[1mfull' });
    expect(tips(starts(2), oom)).toEqual([['exit 137', 'exit code 137 (OOMKilled: heap full)']]);
  });

  test('contain the cause of each restart in the order of the exits', () => {
    const hookFailed = recorded(40, 'Killing', 'FailedPostStartHook', { cause: 'postStart' });
    const life = [
      starts(2),
      ...killed(20, 'liveness'),
      exited(21, 137),
      starts(22, 1),
      exited(30, 1),
      delayed(31, 10_000),
      starts(40, 2),
      hookFailed,
      exited(41, 137),
      starts(42, 3),
    ];
    expect(tips(...life).filter(([label]) => label?.startsWith('restart'))).toEqual([
      ['restart 1', 'restart 1: its liveness probe failed'],
      ['restart 2', 'restart 2 after back-off: it exited'],
      ['restart 3', 'restart 3: its postStart hook failed'],
    ]);
    expect(tips(...life).map(([label]) => label)).toEqual([
      'exit 137',
      'restart 1',
      'exit 1',
      'restart 2',
      'exit 137',
      'restart 3',
    ]);
  });

  test('omit other containers', () => {
    const other = [starts(3, 0, 'proxy'), exited(4, 1, { container: 'proxy' }), starts(5, 1, 'proxy')];
    expect(tips(starts(2), ...other)).toEqual([]);
  });
});
