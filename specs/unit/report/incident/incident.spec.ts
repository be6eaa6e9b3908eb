import { describe, expect, test } from '@jest/globals';
import type { PodSpec } from '../../../../src/manifest/model';
import { Incident } from '../../../../src/report/incident/incident';
import type { Event } from '../../../../src/timeline/event';
import type { ContainerStatus } from '../../../../src/timeline/podStatus';
import { web as container, podOf } from '../../matchers/replay';
import {
  exited,
  failed,
  killed,
  type Life,
  probed,
  published,
  ready,
  recorded,
  started,
  container as status,
  timelineOf,
} from '../../timeline/events';

const named = (name: string, more: object = {}) => ({ ...container(), name, ...more });
const SPEC: Partial<PodSpec> = {
  initContainers: [named('migrate'), named('mesh', { restartPolicy: 'Always' })],
  containers: [named('web'), named('proxy')],
};

function incidentIn(life: Life, event?: Event, about?: string): Incident {
  return new Incident(podOf(SPEC), timelineOf(...life), event, about);
}
const of = (name: string, more: Partial<ContainerStatus> = {}) => status({ name, ...more });
const DONE = { ready: true, state: { terminated: { exitCode: 0 } } };
const blamed = (init: readonly ContainerStatus[], main: readonly ContainerStatus[]) =>
  incidentIn([published(5, { initContainerStatuses: init, containerStatuses: main })]).container?.name;

describe('container of an Incident', () => {
  test('returns the container of the deciding event', () => {
    const exit = exited(9, 1, { container: 'proxy' });
    expect(incidentIn([started(1), exit], exit, 'web').container?.name).toBe('proxy');
  });

  test('returns the current init container', () => {
    const waiting = [of('web'), of('proxy')];
    expect(blamed([of('migrate'), of('mesh')], waiting)).toBe('migrate');
    expect(blamed([of('migrate', DONE), of('mesh')], waiting)).toBe('mesh');
    expect(blamed([of('migrate', DONE), of('mesh', { started: true })], waiting)).toBe('web');
  });

  test('returns the first container that is not ready, and sidecars last', () => {
    const started = [of('migrate', DONE), of('mesh', { started: true })];
    expect(blamed(started, [of('proxy'), of('web')])).toBe('web');
    expect(blamed(started, [of('proxy'), of('web', { ready: true })])).toBe('proxy');
    expect(blamed(started, [of('proxy', { ready: true }), of('web', { ready: true })])).toBe('mesh');
  });

  test('returns the last exited container without a published status', () => {
    const life = [started(1), started(1, 0, 'proxy'), exited(5, 1, { container: 'proxy' }), exited(4, 1)];
    expect(incidentIn(life.slice(0, 3)).container?.name).toBe('proxy');
    expect(incidentIn(life).container?.name).toBe('web');
  });
});

describe('past events of an Incident', () => {
  test('end with the deciding event, and omit other containers', () => {
    const kill = killed(9, 'liveness')[0] as Event;
    const life = [started(1), started(1, 0, 'proxy'), ready(2), kill, exited(10, 143)];
    expect(incidentIn(life, kill).past.map(({ kind }) => kind)).toEqual(['Started', 'StatusPublished', 'Killing']);
  });

  test('include the last event of a kind if one matches', () => {
    const life = [started(1), probed(5, 'liveness', 'Success', 1), probed(9, 'readiness', 'Failure', 2)];
    const incident = incidentIn(life, undefined, 'web');
    expect(incident.last('ProbeFinished')?.run).toBe(2);
    expect(incident.last('ProbeFinished', ({ probe }) => probe === 'liveness')?.run).toBe(1);
    expect(incident.last('Killing')).toBeUndefined();
  });
});

describe('last instance of an Incident', () => {
  const restart = started(12, 1);
  const life = [
    started(1),
    ...failed(9, 'liveness', 3, ''),
    exited(11, 137),
    restart,
    probed(20, 'liveness', 'Success', 1),
  ];

  test('returns the instance before the deciding restart', () => {
    const kinds = incidentIn(life, restart).lastLife.map(({ kind }) => kind);
    expect(kinds).toEqual(['Started', 'ProbeFinished', 'Unhealthy', 'ContainerExited']);
    expect(incidentIn(life, restart).restart).toMatchObject({ attempt: 1, because: 'exit' });
  });

  test('returns the running instance if another event decided', () => {
    const incident = incidentIn(life, undefined, 'web');
    expect(incident.lastLife.map(({ kind }) => kind)).toEqual(['Started', 'ProbeFinished']);
    expect(incident.restart).toBeUndefined();
  });

  test('counts its restarts up to the deciding event', () => {
    const second = started(40, 2);
    const all = [...life, started(22, 1, 'proxy'), exited(39, 1), second];
    expect(incidentIn(all, restart).restarts).toBe(1);
    expect(incidentIn(all, second).restarts).toBe(2);
  });
});

describe('readiness around an event', () => {
  const kill = recorded(20, 'Killing', 'Container web failed liveness probe, will be restarted', { probe: 'liveness' });

  test('wasReadyAt uses the last status before the instant', () => {
    expect(incidentIn([ready(5), kill], kill).wasReadyAt(kill)).toBe(true);
    expect(incidentIn([ready(5, false), kill, ready(21)], kill).wasReadyAt(kill)).toBe(false);
    expect(incidentIn([kill], kill).wasReadyAt(kill)).toBe(false);
  });

  test('becameUnreadyAfter stops at the exit of the container', () => {
    const exit = exited(22, 143);
    const life = (...between: Life) => incidentIn([ready(5), kill, ...between], kill).becameUnreadyAfter(kill);
    expect(life(ready(21, false), exit)).toBe(true);
    expect(life(exit, ready(23, false))).toBe(false);
    expect(life(exited(20.5, 0, { container: 'proxy' }), ready(21, false), exit)).toBe(true);
  });
});
