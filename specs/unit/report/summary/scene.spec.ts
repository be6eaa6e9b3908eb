import { describe, expect, test } from '@jest/globals';
import { Scene } from '../../../../src/report/summary/scene';
import type { ContainerProcess, Event, EventOf } from '../../../../src/timeline/event';
import {
  asked,
  exited,
  failed,
  hooked,
  killed,
  type Life,
  probed,
  ready,
  recorded,
  s,
  signalled,
  started,
  timelineOf,
} from '../../timeline/events';

const sceneOf = (...life: Life) => new Scene(timelineOf(...life));
const SERVER: ContainerProcess = { pid: 1, ppid: 0, args: 'server', catches: [], ignores: [], blocks: [] };

const seen = (seconds: number, signalled: boolean, more: object = {}): EventOf<'ProcessesSeen'> => ({
  ...{ at: s(seconds), source: 'runtime', kind: 'ProcessesSeen', container: 'web', id: 'c1', attempt: 0 },
  ...{ stopSignal: 'SIGTERM', signalled, isPID1: true, processes: [SERVER], ...more },
});
const runs = (seconds: number, attempt: number): Event => {
  return { at: s(seconds), source: 'runtime', kind: 'ContainerStarted', container: 'web', id: 'c2', attempt };
};
const hook = (seconds: number): Event => {
  return { at: s(seconds), source: 'runtime', kind: 'HookStarted', container: 'web', hook: 'preStop' };
};

describe('attempt beside an event', () => {
  test('matches the instant and the container', () => {
    const [killing, signal] = killed(20, 'liveness') as [EventOf<'Killing'>, EventOf<'SignalSent'>];
    const scene = sceneOf(signalled(20, 'SIGTERM', 1_000, 'proxy'), killing, signal, signalled(21, 'SIGTERM', 1_000));
    expect(scene.findRelated('SignalSent', { at: s(20), container: 'web' })).toBe(signal);
    expect(scene.findRelated('SignalSent', { at: s(22), container: 'web' })).toBeUndefined();
    expect(scene.findRelated('HookFinished', { at: s(20), container: 'web' })).toBeUndefined();
  });

  test('matches the probe if the event names one', () => {
    const liveness = probed(5, 'liveness', 'Failure', 1);
    const readiness = probed(5, 'readiness', 'Failure', 1);
    const scene = sceneOf(liveness, readiness);
    const of = { at: s(5), container: 'web' };
    expect(scene.findRelated('ProbeFinished', { ...of, probe: 'readiness' })).toBe(readiness);
    expect(scene.findRelated('ProbeFinished', of)).toBe(liveness);
  });
});

describe('result behind an Unhealthy event', () => {
  test('belongs to the same probe, in order if several share one instant', () => {
    const [first, firstEvent] = failed(5, 'liveness', 1, 'a') as [Event, EventOf<'Unhealthy'>];
    const [other] = failed(5, 'readiness', 1, 'x') as [Event];
    const [second, secondEvent] = failed(5, 'liveness', 2, 'b') as [Event, EventOf<'Unhealthy'>];
    const scene = sceneOf(other, first, firstEvent, probed(5, 'liveness', 'Success', 1), second, secondEvent);
    expect(scene.findAttempt(firstEvent)).toBe(first);
    expect(scene.findAttempt(secondEvent)).toBe(second);
    expect(sceneOf(firstEvent).findAttempt(firstEvent)).toBeUndefined();
  });
});

describe('state before an event', () => {
  test('contains the last status before it', () => {
    const [one, two] = [ready(1, false), ready(5)];
    const scene = sceneOf(one, two);
    expect(scene.statusBefore(one)).toBeUndefined();
    expect(scene.statusBefore(two)).toBe((one as EventOf<'StatusPublished'>).status);
  });

  test('contains the last signal of the same instance', () => {
    const [term, kill, exit, later] = [
      signalled(10, 'SIGTERM', 30_000),
      signalled(40, 'SIGKILL', undefined),
      exited(40.1, 137),
      exited(60, 1),
    ];
    const scene = sceneOf(term, kill, exit, runs(41, 1), later);
    expect(scene.signalBefore(term)).toBeUndefined();
    expect(scene.signalBefore(kill)).toBe(term);
    expect(scene.signalBefore(exit)).toBe(kill);
    expect(scene.signalBefore(later)).toBeUndefined();
  });

  test('contains the hook that still runs when the signal comes', () => {
    const [began, term] = [hook(10), signalled(40, 'SIGTERM', 2_000)];
    expect(sceneOf(began, term).unfinishedHook(term as EventOf<'SignalSent'>)).toBe(began);
    expect(
      sceneOf(began, hooked(12, 'preStop', 2_000), term).unfinishedHook(term as EventOf<'SignalSent'>),
    ).toBeUndefined();
  });

  test('contains the process sample after the stop signal', () => {
    const kill = signalled(40, 'SIGKILL', undefined) as EventOf<'SignalSent'>;
    const [early, late] = [seen(2, false), seen(12, true)];
    const term = signalled(10, 'SIGTERM', 30_000);
    expect(sceneOf(early, term, late, kill).seenBefore(kill)).toBe(late);
    expect(sceneOf(early, term, kill).seenBefore(kill)).toBeUndefined();
    expect(sceneOf(late, runs(20, 1), kill).seenBefore(kill)).toBeUndefined();
  });
});

describe('process trouble', () => {
  test('appears once before the stop signal, and once after it', () => {
    const [one, two, three] = [seen(2, false), seen(30, false, { attempt: 1 }), seen(60, true)];
    const scene = sceneOf(one, two, three);
    expect(scene.trouble(one)).toMatch(/^server \(PID 1\) has no handler for SIGTERM/);
    expect(scene.trouble(two)).toBeUndefined();
    expect(scene.trouble(three)).toBe(scene.trouble(one));
  });

  test('disappears if the container exits without SIGKILL', () => {
    const [term, look] = [signalled(10, 'SIGTERM', 30_000), seen(12, true)];
    expect(sceneOf(term, look, exited(13, 0)).trouble(look)).toBeUndefined();
    expect(sceneOf(term, look, signalled(40, 'SIGKILL', undefined), exited(40.1, 137)).trouble(look)).toBeDefined();
  });

  test('stays undefined if the process handles the signal', () => {
    const look = seen(2, false, { processes: [{ ...SERVER, catches: ['SIGTERM'] }] });
    expect(sceneOf(look).trouble(look)).toBeUndefined();
  });
});

test('restarts and streaks of dropped requests belong to their first event', () => {
  const restart = started(12, 1);
  const [first, second] = [asked(20, 'refused'), asked(21, 'refused')] as EventOf<'RequestFinished'>[];
  const killing = recorded(9, 'Killing', 'Stopping container web');
  const scene = sceneOf(started(1), killing, exited(11, 1), restart, ...([first, second] as Event[]));
  expect(scene.restart(restart)).toMatchObject({ attempt: 1, container: 'web' });
  expect(scene.restart(killing)).toBeUndefined();
  expect(scene.dropStreak(first as EventOf<'RequestFinished'>)).toEqual([first, second]);
  expect(scene.dropStreak(second as EventOf<'RequestFinished'>)).toBeUndefined();
});
