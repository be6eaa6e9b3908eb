import { describe, expect, test } from '@jest/globals';
import { CREATED } from '../../../src/clock/instant';
import type { PodSpec } from '../../../src/manifest/model';
import type { Event } from '../../../src/timeline/event';
import { NO_LIMIT, PULL_LIMIT, type WaitLimit } from '../../../src/timing/waits';
import { StartFollower } from '../../../src/waiting/startFollower';
import { startPhase } from '../../../src/waiting/startPhase';
import { podOf, web } from '../matchers/replay';
import { acted, exited, type Life, published, ready, recorded, running, s, started } from '../timeline/events';

const WAIT: WaitLimit = { ms: 7_000, terms: [], limited: true };
const sandbox: Event = { at: s(1), source: 'runtime', kind: 'SandboxStarted', podIP: '10.0.0.7', attempt: 0 };

const pulling = (seconds: number, name = 'web') => recorded(seconds, 'Pulling', '', { container: name });
const pulled = (seconds: number) => recorded(seconds, 'Pulled', '');
const failedPull = (seconds: number) => recorded(seconds, 'Failed', '', { type: 'Warning' });
const hooking = (seconds: number, name = 'web'): Event => {
  return { at: s(seconds), source: 'runtime', kind: 'HookStarted', container: name, hook: 'postStart' };
};
const hooked = (seconds: number): Event => {
  const about = { container: 'web', hook: 'postStart', failed: false, tookMs: 0 } as const;
  return { at: s(seconds), source: 'runtime', kind: 'HookFinished', ...about };
};
const shown = (seconds: number, name: string, isStarted: boolean) => {
  return published(seconds, { initContainerStatuses: [running({ name, started: isStarted })] });
};

function phaseOf(spec: Partial<PodSpec>, ...life: Life) {
  const start = new StartFollower(podOf(spec).spec);
  for (const event of life.flat()) start.follow(event);
  const { kind, container, since, limit } = startPhase(start, WAIT);
  return { phase: container ? `${kind} ${container}` : kind, since, limit };
}

describe('startPhase of a container', () => {
  test('returns the engine until the sandbox and the container have started', () => {
    expect(phaseOf({})).toEqual({ phase: 'engine', since: CREATED, limit: NO_LIMIT });
    expect(phaseOf({}, sandbox)).toEqual({ phase: 'engine web', since: s(1), limit: NO_LIMIT });
    expect(phaseOf({}, sandbox, pulling(2), pulled(5))).toMatchObject({ phase: 'engine web', since: s(5) });
  });

  test('returns the image pull with its own limit', () => {
    expect(phaseOf({}, sandbox, pulling(2))).toEqual({ phase: 'pull web', since: s(2), limit: PULL_LIMIT });
  });

  test('returns the failed pull since its first failure', () => {
    const tries = [sandbox, pulling(2), failedPull(3), pulling(13), failedPull(14)];
    expect(phaseOf({}, ...tries)).toEqual({ phase: 'failedPull web', since: s(3), limit: NO_LIMIT });
  });

  test('returns the postStart hook with the limit of its sleep', () => {
    const lifecycle = { postStart: { sleep: { seconds: 9 } } };
    const spec = { containers: [web({ lifecycle })] };
    const { phase, since, limit } = phaseOf(spec, sandbox, started(2), hooking(2));
    expect([phase, since, limit.ms, limit.limited]).toEqual(['postStart web', s(2), 9_000, true]);
  });

  test('returns the wait itself since the last start or the end of its hook', () => {
    expect(phaseOf({}, sandbox, started(2))).toEqual({ phase: 'running', since: s(2), limit: WAIT });
    const life = [sandbox, started(2), hooking(2), hooked(11)];
    expect(phaseOf({}, ...life)).toMatchObject({ phase: 'running', since: s(11) });
    expect(phaseOf({}, sandbox, started(2), ready(4))).toMatchObject({ phase: 'running', since: s(4) });
  });
});

describe('startPhase of several containers', () => {
  const spec = { containers: [web(), web({ name: 'log' })] };

  test('waits for the hook of one container before the next one starts', () => {
    expect(phaseOf(spec, sandbox, started(2), hooking(2))).toMatchObject({ phase: 'postStart web', since: s(2) });
    const next = [sandbox, started(2), hooking(2), hooked(6)];
    expect(phaseOf(spec, ...next)).toMatchObject({ phase: 'engine log', since: s(6) });
    expect(phaseOf(spec, ...next, pulling(7, 'log'))).toMatchObject({ phase: 'pull log', since: s(7) });
  });

  test('returns the wait itself since the latest start', () => {
    const life = [sandbox, started(2), started(5, 0, 'log')];
    expect(phaseOf(spec, ...life)).toMatchObject({ phase: 'running', since: s(5) });
  });
});

describe('startPhase of init containers', () => {
  const initContainers = [web({ name: 'fetch' }), web({ name: 'migrate' })];
  const exits = (seconds: number, name: string) => exited(seconds, 0, { container: name });
  const fetched = [sandbox, started(2, 0, 'fetch'), exits(4, 'fetch')];

  test('returns each init container in turn, without a limit of the manifest', () => {
    expect(phaseOf({ initContainers }, sandbox)).toMatchObject({ phase: 'engine fetch', since: s(1) });
    const first = phaseOf({ initContainers }, sandbox, started(2, 0, 'fetch'));
    expect(first).toEqual({ phase: 'init fetch', since: s(2), limit: NO_LIMIT });
    expect(phaseOf({ initContainers }, ...fetched)).toMatchObject({ phase: 'engine migrate', since: s(4) });
    const second = [...fetched, started(5, 0, 'migrate')];
    expect(phaseOf({ initContainers }, ...second)).toMatchObject({ phase: 'init migrate', since: s(5) });
  });

  test('returns the app after the last init container', () => {
    const life = [...fetched, started(5, 0, 'migrate'), exits(8, 'migrate')];
    expect(phaseOf({ initContainers }, ...life)).toMatchObject({ phase: 'engine web', since: s(8) });
  });

  test('returns the app once it has run, even without events of init containers', () => {
    expect(phaseOf({ initContainers }, sandbox, started(9))).toMatchObject({ phase: 'running', since: s(9) });
  });
});

describe('startPhase of a sidecar', () => {
  const startupProbe = {
    exec: { command: ['check'] },
    initialDelaySeconds: 0,
    periodSeconds: 2,
    timeoutSeconds: 1,
    successThreshold: 1,
    failureThreshold: 3,
  };
  const initContainers = [web({ name: 'proxy', restartPolicy: 'Always', startupProbe })];
  const begun = [sandbox, started(2, 0, 'proxy')];

  test('uses the limit of its startup probe since the first status', () => {
    const { phase, since, limit } = phaseOf({ initContainers }, ...begun, shown(3, 'proxy', false));
    // A period, two more attempts and the timeout of the last one.
    expect([phase, since, limit.ms, limit.limited]).toEqual(['sidecar proxy', s(3), 7_000, true]);
  });

  test('ends once the sidecar has started, although it keeps running', () => {
    const life = [...begun, shown(3, 'proxy', false), shown(6, 'proxy', true)];
    expect(phaseOf({ initContainers }, ...life)).toMatchObject({ phase: 'engine web' });
  });
});

describe('startPhase after an exit', () => {
  const crashed = [sandbox, started(2), exited(60, 1), acted(61, 'exec')];

  test('returns the restart with the limit of back-off', () => {
    expect(phaseOf({}, ...crashed)).toEqual({ phase: 'restart web', since: s(60), limit: NO_LIMIT });
    const refused = recorded(62, 'BackOff', '', { delayMs: 20_000 });
    const { phase, since, limit } = phaseOf({}, ...crashed, refused);
    // A retry may be late by half of the back-off.
    expect([phase, since, limit.ms]).toEqual(['restart web', s(60), 30_000]);
  });

  test('skips a container that does not restart', () => {
    expect(phaseOf({ restartPolicy: 'Never' }, ...crashed).phase).toBe('running');
    expect(phaseOf({ restartPolicy: 'OnFailure' }, ...crashed).phase).toBe('restart web');
    const completed = [sandbox, started(2), exited(60, 0), acted(61, 'exec')];
    expect(phaseOf({ restartPolicy: 'OnFailure' }, ...completed).phase).toBe('running');
    const containers = [web({ restartPolicy: 'Never' })];
    expect(phaseOf({ containers }, ...crashed).phase).toBe('running');
  });
});
