import { describe, expect, test } from '@jest/globals';
import { formatEvent } from '../../../../src/report/summary/formatEvent';
import { Scene } from '../../../../src/report/summary/scene';
import type { Event, RuntimeEvent } from '../../../../src/timeline/event';
import {
  acted,
  backOff,
  ended,
  exited,
  failed,
  hooked,
  killed,
  probed,
  ready,
  recorded,
  removed,
  s,
  signalled,
  started,
  timelineOf,
} from '../../timeline/events';

/** Returns the line of the last event, or of the event at `place` from the end. */
function lineOf(life: readonly Event[], place = -1) {
  const timeline = timelineOf(...life);
  return formatEvent(timeline.events.at(place) as Event, new Scene(timeline));
}
function words(life: readonly Event[], place?: number): string | undefined {
  const line = lineOf(life, place);
  return line && `${line.who} ${line.what} ${line.text}`.trim();
}
const runtime = (more: object) => ({ at: s(5), source: 'runtime', container: 'web', ...more }) as RuntimeEvent;

describe('formatEvent for decisions of the kubelet', () => {
  test('prints a failed probe with its count once for the event and the attempt', () => {
    const [run, unhealthy] = failed(9, 'startup', 2, 'refused') as [Event, Event];
    const line = lineOf([run, unhealthy]);
    expect(line).toMatchObject({ who: 'web', what: 'Unhealthy', text: 'startup probe failed (2/3): refused' });
    expect(line?.events).toEqual([unhealthy, run]);
    expect(lineOf([unhealthy])?.text).toBe('Startup probe failed: refused');
  });

  test('prints that an errored probe is ignored', () => {
    const errored = recorded(9, 'Unhealthy', 'Liveness probe errored', { type: 'Warning', probe: 'liveness' });
    expect(lineOf([probed(9, 'liveness', 'Errored', 0, 'no such port'), errored])?.text).toBe(
      'liveness probe could not run: no such port. The kubelet ignores the result',
    );
  });

  test('prints a kill with its grace period, and hides the signal after it', () => {
    const life = killed(20, 'liveness');
    expect(words(life, -2)).toBe(
      'web Killing Container web failed liveness probe, will be restarted (grace period 30s)',
    );
    expect(words(life)).toBeUndefined();
  });

  test('omits the pod in a BackOff message', () => {
    expect(words([backOff(8)])).toBe('web BackOff Back-off restarting failed container web');
  });

  test('marks events of every run as routine', () => {
    expect(lineOf([recorded(1, 'Pulled', 'Container image already present')])?.isRoutine).toBe(true);
    expect(lineOf([started(1)])?.isRoutine).toBe(false);
  });

  test('escapes container output', () => {
    expect(lineOf(failed(9, 'liveness', 1, '\u001b[31mdown\u0000'))?.text).toBe(
      'liveness probe failed (1/3): down\\x00',
    );
  });
});

describe('formatEvent for starts', () => {
  const first = [started(1), exited(5, 1), started(6, 1)];

  test('prints the kubelet message for a first start, and the rule for the first restart', () => {
    expect(words([started(1)])).toBe('web Started Container started');
    expect(words(first)).toBe('web Started restart 1, no back-off (first restart)');
  });

  test('prints the back-off before a restart', () => {
    const delayed = [...first, exited(10, 1), backOff(11), started(20, 2)];
    expect(words(delayed)).toBe('web Started restart 2 after back-off, 10.0s after the exit');
    expect(words([...first, exited(10, 1), started(10.5, 2)])).toBe('web Started restart 2, 0.5s after the exit');
  });

  test('explains why a restart after a liveness kill has no back-off', () => {
    const life = [...first, ...killed(30, 'liveness'), exited(31, 143, { afterSignalMs: 1_000 }), started(31, 2)];
    expect(words(life)).toBe('web Started restart 2, no back-off (it counts from the exit before this one)');
  });
});

describe('formatEvent for runtime events', () => {
  test('prints an exit with its code, reason and time since the signal', () => {
    expect(words([exited(9, 1)])).toBe('web exited 1');
    expect(words([exited(9, 137, { reason: 'OOMKilled', message: 'heap full' })])).toBe(
      'web exited 137, OOMKilled: heap full',
    );
    const stopped = [signalled(5, 'SIGTERM', 30_000), exited(7.5, 0, { afterSignalMs: 2_500 })];
    expect(words(stopped)).toBe('web exited 0, 2.5s after SIGTERM');
  });

  test('prints a stop signal with its grace period and the hook that it cuts off', () => {
    const hook = runtime({ kind: 'HookStarted', hook: 'preStop' });
    expect(words([signalled(9, 'SIGTERM', 25_000)])).toBe('web SIGTERM grace period 25s');
    expect(words([hook, signalled(35, 'SIGTERM', 2_000)])).toBe(
      'web SIGTERM grace period 2s, preStop hook still running after 30.0s',
    );
  });

  test('prints SIGKILL with the time since the signal before it', () => {
    expect(words([signalled(10, 'SIGTERM', 30_000), signalled(40, 'SIGKILL', undefined)])).toBe(
      'web SIGKILL 30.0s after SIGTERM',
    );
  });

  test('prints whether an OOM kill stops the container', () => {
    const kill = (endsContainer: boolean, more: object = {}) =>
      words([runtime({ kind: 'ProcessOOMKilled', id: 'c1', endsContainer, ...more })]);
    expect(kill(false)).toBe(
      'web OOM the kernel killed a process at the memory limit, and the container keeps running',
    );
    expect(kill(true, { process: { pid: 7, name: 'worker', residentBytes: 1 } })).toBe(
      'web OOM the kernel killed worker (pid 7) at the memory limit, and memory.oom.group killed its other processes too',
    );
  });

  test('hides a finished probe, a failed hook and skipped time', () => {
    expect(words([probed(9, 'liveness', 'Success', 1)])).toBeUndefined();
    expect(words([hooked(9, 'preStop', 20, 'exited with 1')])).toBeUndefined();
    expect(words([hooked(9, 'preStop', 2_000)])).toBe('web preStop succeeded after 2.0s');
    expect(words([runtime({ kind: 'TimeSkipped', byMs: 1_000 })])).toBeUndefined();
  });
});

describe('formatEvent for statuses', () => {
  test('prints a change of readiness once', () => {
    expect(words([ready(1, false)])).toBeUndefined();
    expect(words([ready(1, false), ready(4)])).toBe('pod Ready');
    expect(words([ready(4), ready(5)])).toBeUndefined();
    expect(words([ready(4), ready(9, false)])).toBe('pod unready containers with unready status: [web]');
  });

  test('prints a terminal phase with its reason, and the removal', () => {
    const why = { reason: 'DeadlineExceeded', message: 'Pod was active too long' };
    expect(words([ready(1), ended(60, 'Failed', why)])).toBe('pod Failed DeadlineExceeded: Pod was active too long');
    expect(words([ended(60, 'Failed', why), ended(61, 'Failed', why)])).toBeUndefined();
    expect(words([removed(61)])).toBe('pod removed');
  });
});

test('formatEvent prints an action of the test with its target and detail', () => {
  expect(words([acted(5, 'exec', 'rm /tmp/healthy')])).toBe('test exec in web: rm /tmp/healthy');
  const freeze: Event = { at: s(5), source: 'test', kind: 'TestActed', action: 'freeze', service: 'db' };
  expect(words([freeze])).toBe('test freeze db');
});
