import { describe, expect, test } from '@jest/globals';
import { CONTAINER_SIGNS, containerLanes } from '../../../../src/report/drawing/containerLanes';
import { TimeScale } from '../../../../src/report/drawing/timeScale';
import {
  backOff,
  exited,
  failed,
  hooked,
  killed,
  type Life,
  probed,
  s,
  signalled,
  started,
  timelineOf,
} from '../../timeline/events';

const SECONDS = 28;

/** Returns the lanes of a container over 28 seconds, with one column per second. */
function lanes(
  life: Life,
  container = 'web',
  isOnlyFailing = false,
): readonly (readonly [title: string, lane: string])[] {
  const timeline = timelineOf(...life);
  timeline.advance(s(SECONDS));
  const scale = new TimeScale(timeline, SECONDS + 1);
  return containerLanes(timeline, container, isOnlyFailing).map(({ title, draw }) => [title, draw(scale).trimEnd()]);
}

describe('lane of a container', () => {
  test('shows waiting, running, exit, back-off and restart', () => {
    const life = [started(2), exited(6, 1), backOff(8), started(12, 1)];
    expect(lanes(life)).toEqual([['web', '░░████x ▒▒▒▒1████████████████']]);
  });

  test('shows the initials of signals and the starts of hooks', () => {
    const hook = (at: number, name: 'postStart' | 'preStop') => {
      return { at: s(at), source: 'runtime', kind: 'HookStarted', container: 'web', hook: name } as const;
    };
    const life = [started(2), hook(3, 'postStart'), hook(10, 'preStop'), hooked(12, 'preStop', 2_000)];
    const end = [signalled(14, 'SIGTERM', 5_000), signalled(19, 'SIGKILL', undefined), exited(20, 137)];
    expect(lanes([...life, ...end])).toEqual([['web', '░░█s██████p███T████Kx']]);
  });

  test('shows the last digit of a restart count', () => {
    expect(lanes([started(0), exited(4, 1), started(5, 12)])[0]?.[1]).toContain('x2█');
  });

  test('shows no events of other containers', () => {
    const life = [started(2), started(3, 0, 'proxy'), exited(9, 1, { container: 'proxy' })];
    expect(lanes(life)).toEqual([['web', `░░${'█'.repeat(SECONDS - 1)}`]]);
  });

  test('limits its title to 14 characters', () => {
    expect(lanes([], 'payment-server')[0]?.[0]).toBe('payment-server');
    expect(lanes([], 'payments-server')[0]?.[0]).toBe('payments-serv…');
  });
});

describe('lanes of probes', () => {
  const life = [
    started(0),
    probed(4, 'startup', 'Success', 1),
    probed(6, 'readiness', 'Success', 1),
    ...failed(8, 'liveness', 1, 'statuscode: 500'),
    probed(10, 'liveness', 'Errored', 0),
    probed(12, 'liveness', 'Success', 1),
  ];

  test('follow the container in the order startup, liveness, readiness', () => {
    expect(lanes(life).slice(1)).toEqual([
      ['  startup', '    ·'],
      ['  liveness', '        × ? ·'],
      ['  readiness', '      ·'],
    ]);
  });

  test('omit probes that never failed if only failing ones are drawn', () => {
    expect(lanes(life, 'web', true).map(([title]) => title)).toEqual(['web', '  liveness']);
    const errored = [started(0), probed(4, 'readiness', 'Errored', 0)];
    expect(lanes(errored, 'web', true).map(([title]) => title)).toEqual(['web', '  readiness']);
  });

  test('show the worst of several results in one column', () => {
    const crowded = [
      started(0),
      probed(4, 'liveness', 'Failure', 1),
      probed(4.3, 'liveness', 'Errored', 0),
      probed(4.6, 'liveness', 'Success', 1),
      probed(8, 'liveness', 'Errored', 0),
      probed(8.3, 'liveness', 'Success', 1),
    ];
    expect(lanes(crowded)[1]?.[1]).toBe('    ×   ?');
  });
});

test('CONTAINER_SIGNS explains every sign of a lane', () => {
  const life = [started(2), ...failed(4, 'liveness', 3, ''), ...killed(4, 'liveness'), exited(6, 143), backOff(7)];
  const hook = { at: s(3), source: 'runtime', kind: 'HookStarted', container: 'web', hook: 'preStop' } as const;
  const errored = probed(24, 'liveness', 'Errored', 0);
  const drawn = lanes([...life.slice(0, 1), hook, ...life.slice(1), started(20, 1), errored]).map(([, lane]) => lane);
  const signs = new Set(drawn.join('').replaceAll(' ', ''));
  expect([...signs].filter((sign) => !CONTAINER_SIGNS.some(([pattern]) => pattern.test(sign)))).toEqual([]);
  expect(signs.size).toBeGreaterThanOrEqual(8);
});
