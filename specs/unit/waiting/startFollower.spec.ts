import { describe, expect, test } from '@jest/globals';
import { CREATED } from '../../../src/clock/instant';
import type { Event, HookType } from '../../../src/timeline/event';
import { StartFollower } from '../../../src/waiting/startFollower';
import { podOf, web } from '../matchers/replay';
import {
  acted,
  container,
  ended,
  exited,
  type Life,
  published,
  ready,
  recorded,
  running,
  s,
  started,
} from '../timeline/events';

const pulling = (seconds: number) => recorded(seconds, 'Pulling', 'Pulling image "web:dev"');
const pulled = (seconds: number) => recorded(seconds, 'Pulled', 'Successfully pulled image "web:dev"');
const failedPull = (seconds: number) => recorded(seconds, 'Failed', 'Error: ErrImagePull', { type: 'Warning' });
const waits = (seconds: number, delayMs: number) => recorded(seconds, 'BackOff', 'Back-off', { delayMs });

function sandbox(seconds: number): Event {
  return { at: s(seconds), source: 'runtime', kind: 'SandboxStarted', podIP: '10.0.0.7', attempt: 0 };
}

function hook(seconds: number, kind: 'HookStarted' | 'HookFinished', which: HookType = 'postStart'): Event {
  const about = { at: s(seconds), source: 'runtime', container: 'web', hook: which } as const;
  return kind === 'HookStarted' ? { ...about, kind } : { ...about, kind, failed: false, tookMs: 0 };
}

function follow(life: Life, options: { isRenewedWhenUnready?: boolean } = {}): StartFollower {
  const start = new StartFollower(podOf({ containers: [web()] }).spec);
  for (const event of life.flat()) start.follow(event, options);
  return start;
}

describe('StartFollower', () => {
  test('starts with the creation of the pod', () => {
    const start = follow([acted(0, 'run')]);
    expect([start.origin, start.originCause]).toEqual([CREATED, { kind: 'created' }]);
    expect(start.sandboxAt).toBeUndefined();
    expect(start.progressOf('web')).toEqual({ isRunning: false, isStarted: false, isCompleted: false });
  });

  test('records the sandbox once it has started, or once a pull starts', () => {
    expect(follow([sandbox(2), pulling(3)]).sandboxAt).toBe(s(2));
    expect(follow([pulling(3)]).sandboxAt).toBe(s(3));
  });

  test('drops the containers of the previous sandbox', () => {
    const start = follow([sandbox(1), started(2), sandbox(20)]);
    expect(start.sandboxAt).toBe(s(20));
    expect(start.progressOf('web').startedAt).toBeUndefined();
  });
});

describe('StartFollower for a pull', () => {
  test('measures the pull from its start to its end', () => {
    expect(follow([pulling(2)]).progressOf('web').pull).toEqual({ startedAt: s(2) });
    expect(follow([pulling(2), pulled(9)]).progressOf('web').pull).toMatchObject({ startedAt: s(2), endedAt: s(9) });
  });

  test('keeps the first failure of a pull, even if later pulls fail', () => {
    const tries = [pulling(2), failedPull(3), pulling(13), failedPull(14)];
    expect(follow(tries).progressOf('web').pull).toEqual({ startedAt: s(2), endedAt: s(3), hasFailed: true });
    expect(follow([...tries, pulled(30)]).progressOf('web').pull).toMatchObject({ hasFailed: false, endedAt: s(30) });
  });

  test('ignores a failed pull after the container has started', () => {
    expect(follow([started(2), failedPull(3)]).progressOf('web').pull).toBeUndefined();
  });
});

describe('StartFollower for a container', () => {
  test('keeps the first start during a crash loop', () => {
    const life = [started(2), exited(3, 1), waits(4, 10_000), started(13, 1), exited(14, 1)];
    expect(follow(life).progressOf('web')).toMatchObject({
      startedAt: s(2),
      exitedAt: s(14),
      isRunning: false,
      isCompleted: false,
      backOff: { at: s(4), delayMs: 10_000 },
    });
  });

  test('sets isCompleted after exit code 0', () => {
    expect(follow([started(2), exited(3, 0)]).progressOf('web')).toMatchObject({ isCompleted: true, isRunning: false });
    const containerStatuses = [container({ state: { terminated: { exitCode: 0 } } })];
    expect(follow([ended(3, 'Running', { containerStatuses })]).progressOf('web').isCompleted).toBe(true);
  });

  test('records the first status that shows the container as running', () => {
    const shown = (seconds: number) => published(seconds, { containerStatuses: [running({ started: false })] });
    const { startedAt, shownAt, isStarted } = follow([started(2), shown(3), shown(9)]).progressOf('web');
    expect({ startedAt, shownAt, isStarted }).toEqual({ startedAt: s(2), shownAt: s(3), isStarted: false });
    expect(follow([shown(3)]).progressOf('web')).toMatchObject({ startedAt: s(3), isRunning: true });
  });

  test('ignores a status that is older than the exit of the container', () => {
    const late = published(3, { containerStatuses: [running()] });
    expect(follow([started(2), exited(2.5, 1), late]).progressOf('web').isRunning).toBe(false);
  });

  test('keeps its first postStart hook, and no preStop hook', () => {
    const first = [started(2), hook(2, 'HookStarted'), hook(5, 'HookFinished')];
    const hooked = { startedAt: s(2), endedAt: s(5) };
    expect(follow(first).progressOf('web').hook).toEqual(hooked);
    const restarted = [...first, exited(6, 1), started(7, 1), hook(7, 'HookStarted')];
    expect(follow(restarted).progressOf('web').hook).toEqual(hooked);
    expect(follow([started(2), hook(9, 'HookStarted', 'preStop')]).progressOf('web').hook).toBeUndefined();
  });
});

describe('StartFollower for an action', () => {
  test('starts again at the action, with running containers as started', () => {
    const start = follow([started(2), ready(3), acted(60, 'exec')]);
    expect(start.origin).toBe(s(60));
    expect(start.originCause).toEqual({ kind: 'acted', action: 'exec', target: 'web' });
    expect(start.readyAt).toBeUndefined();
    expect(start.progressOf('web')).toMatchObject({
      isRunning: true,
      isCarried: true,
      startedAt: s(60),
      shownAt: s(60),
    });
  });

  test('restarts the time of a container with the restart after the action', () => {
    const life = [started(2), ready(3), acted(60, 'exec'), exited(70, 137), started(71, 1), exited(72, 1)];
    expect(follow([...life, started(73, 2)]).progressOf('web').startedAt).toBe(s(71));
    // The exit before is not recorded.
    expect(follow([started(2), acted(60, 'exec'), started(71, 1)]).progressOf('web').startedAt).toBe(s(71));
  });

  test('keeps unfinished pulls and hooks, and the last exit of a container', () => {
    expect(follow([pulling(2), acted(5, 'exec')]).progressOf('web').pull).toEqual({ startedAt: s(2) });
    expect(follow([pulling(2), pulled(3), acted(5, 'exec')]).progressOf('web').pull).toBeUndefined();
    const hooked = follow([started(2), hook(2, 'HookStarted'), acted(5, 'exec')]).progressOf('web');
    expect(hooked.hook).toEqual({ startedAt: s(2) });
    const exit = follow([started(2), exited(4, 1), acted(5, 'exec')]).progressOf('web');
    expect(exit).toEqual({ isRunning: false, isStarted: false, isCompleted: false, exitedAt: s(4) });
  });

  test('ignores requests of a client', () => {
    expect(follow([started(2), acted(9, 'requests')]).origin).toBe(CREATED);
  });
});

describe('StartFollower for Ready', () => {
  test('records the first Ready since the origin', () => {
    expect(follow([ready(3), ready(5, false), ready(9)]).readyAt).toBe(s(3));
  });

  test('starts again at the loss of Ready only with isRenewedWhenUnready', () => {
    const life = [started(2), ready(3), ready(50, false)];
    expect(follow(life).origin).toBe(CREATED);
    const renewed = follow(life, { isRenewedWhenUnready: true });
    expect([renewed.origin, renewed.originCause, renewed.readyAt]).toEqual([s(50), { kind: 'unready' }, undefined]);
  });

  test('treats all containers as started once the pod is Ready', () => {
    const conditions = [{ type: 'Ready', status: 'True' }] as const;
    expect(follow([published(4, { conditions })]).progressOf('web')).toMatchObject({ startedAt: s(4), shownAt: s(4) });
  });
});
