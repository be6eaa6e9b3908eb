import { expect, test } from '@jest/globals';
import { backOff, exited, failed, hooked, probed, recorded, s, started, timelineOf } from '../../unit/timeline/events';
import { type Decision, decisionsOf, isSameOrder } from './order';

const LAG_MS = 1_000;

/** Decisions as `web Started@2`, at seconds. */
function decisions(text: string, openFrom = Number.POSITIVE_INFINITY): readonly Decision[] {
  return text.split(', ').map((line) => {
    const [about = '', reason = '', seconds = ''] = line.split(/[ @]/);
    const at = Number(seconds) * 1000;
    return { about, reason, at, isLate: at >= openFrom };
  });
}

const RUN = decisions('web Started@1, sidecar Started@1.6, web Unhealthy@5, web Killing@5, sidecar Unhealthy@9');

test('is the same if each container has the same events in the same order', () => {
  const simulation = decisions('web Started@0, sidecar Started@0, web Unhealthy@4, web Killing@4, sidecar Unhealthy@8');
  expect(isSameOrder(RUN, simulation, LAG_MS)).toBe(true);
});

test('ignores the order of containers within the delay of the engine', () => {
  const simulation = decisions('sidecar Started@0, web Started@0, web Unhealthy@4, web Killing@4, sidecar Unhealthy@8');
  expect(isSameOrder(RUN, simulation, LAG_MS)).toBe(true);
});

test.each([
  ['an event is missing', 'web Started@0, sidecar Started@0, web Killing@4, sidecar Unhealthy@8'],
  ['an event is missing at the end', 'web Started@0, sidecar Started@0, web Unhealthy@4, web Killing@4'],
  [
    'there is one too many',
    'web Started@0, sidecar Started@0, web Unhealthy@4, web Unhealthy@4, web Killing@4, sidecar Unhealthy@8',
  ],
  [
    'there is one too many at the end',
    'web Started@0, sidecar Started@0, web Unhealthy@4, web Killing@4, sidecar Unhealthy@8, web Started@9',
  ],
  [
    'two of one container change places, however near',
    'web Started@0, sidecar Started@0, web Killing@4, web Unhealthy@4, sidecar Unhealthy@8',
  ],
  [
    'two of different containers change places that were clearly apart',
    'web Started@0, sidecar Started@0, sidecar Unhealthy@3, web Unhealthy@4, web Killing@4',
  ],
  [
    'it is another container that it happens to',
    'web Started@0, sidecar Started@0, web Unhealthy@4, sidecar Killing@4, sidecar Unhealthy@8',
  ],
])('differs if %s', (_, text) => {
  expect(isSameOrder(RUN, decisions(text), LAG_MS)).toBe(false);
});

test('accepts a timeline that ends earlier, within the delay of the engine', () => {
  const run = decisions('web Started@1, web Unhealthy@5', 4_500);
  expect(isSameOrder(run, decisions('web Started@0, web Unhealthy@4, web Killing@4', 3_500), LAG_MS)).toBe(true);
  expect(isSameOrder(run, decisions('web Started@0', 3_500), LAG_MS)).toBe(true);
  expect(isSameOrder(run, decisions('web Started@0, web Unhealthy@3, web Killing@4', 3_500), LAG_MS)).toBe(true);
  expect(
    isSameOrder(run, decisions('web Started@0, web Unhealthy@3, web Unhealthy@3, web Killing@4', 3_500), LAG_MS),
  ).toBe(false);
  expect(
    isSameOrder(decisions('web Started@1, web Unhealthy@5', 6_000), decisions('web Started@0', 3_500), LAG_MS),
  ).toBe(false);
});

test('counts repeated BackOff events once, and probes only of running containers', () => {
  const timeline = timelineOf(
    recorded(1, 'Pulling', 'Pulling image "web:1"', { container: 'web' }),
    { at: s(2), source: 'runtime', kind: 'ContainerStarted', container: 'web', id: 'c1', attempt: 0 },
    started(2),
    failed(3, 'readiness', 1, 'refused'),
    failed(4, 'liveness', 1, 'refused'),
    exited(5, 1),
    failed(6, 'readiness', 2, 'refused'),
    backOff(7),
    backOff(8),
  );
  expect(decisionsOf(timeline, LAG_MS)).toEqual([
    { about: 'web', reason: 'Started', at: 2_000 },
    { about: 'web (readiness, run 1)', reason: 'Unhealthy', at: 3_000 },
    { about: 'web', reason: 'Unhealthy', at: 4_000 },
    { about: 'web', reason: 'BackOff', at: 7_000 },
  ]);
});

test('treats a container as exited when its hook is killed', () => {
  const timeline = timelineOf(
    { at: s(2), source: 'runtime', kind: 'ContainerStarted', container: 'web', id: 'c1', attempt: 0 },
    hooked(5, 'preStop', 3_000, "command 'drain' exited with 137: "),
    failed(6, 'readiness', 1, 'refused'),
    exited(7, 0),
  );
  expect(decisionsOf(timeline, LAG_MS)).toEqual([]);
});

test('marks readiness results just before an exit, and all after an instant, as late', () => {
  const timeline = timelineOf(
    { at: s(2), source: 'runtime', kind: 'ContainerStarted', container: 'web', id: 'c1', attempt: 0 },
    failed(3, 'readiness', 1, 'refused'),
    failed(4.5, 'readiness', 2, 'refused'),
    failed(4.5, 'liveness', 1, 'refused'),
    exited(5, 1),
    backOff(9),
  );
  const late = decisionsOf(timeline, LAG_MS, s(8)).map(({ isLate = false }) => isLate);
  expect(late).toEqual([false, true, false, true]);
});

test('marks a readiness failure just before a success as late, and no earlier one', () => {
  const timeline = timelineOf(
    { at: s(2), source: 'runtime', kind: 'ContainerStarted', container: 'web', id: 'c1', attempt: 0 },
    failed(3, 'readiness', 1, 'refused'),
    failed(4, 'readiness', 2, 'refused'),
    probed(5, 'readiness', 'Success', 1),
    probed(6, 'readiness', 'Success', 2),
  );
  expect(decisionsOf(timeline, LAG_MS).map(({ isLate = false }) => isLate)).toEqual([false, true]);
});

test('marks no readiness failure as late if the response changes long after it', () => {
  const timeline = timelineOf(
    { at: s(2), source: 'runtime', kind: 'ContainerStarted', container: 'web', id: 'c1', attempt: 0 },
    failed(3, 'readiness', 1, 'refused'),
    probed(13, 'readiness', 'Success', 1),
  );
  expect(decisionsOf(timeline, LAG_MS).map(({ isLate = false }) => isLate)).toEqual([false]);
});
