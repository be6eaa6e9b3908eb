import { expect, test } from '@jest/globals';
import { Driver } from '../../../../src/agent/driver/driver';
import { Inbox } from '../../../../src/agent/driver/inbox';
import { after, CREATED, type Instant } from '../../../../src/clock/instant';
import { RealClock } from '../../../../src/clock/real';
import { type Command, createPod } from '../../../../src/kubelet';
import type { Pod } from '../../../../src/manifest/model';
import type { Event } from '../../../../src/timeline/event';

const pod: Pod = {
  metadata: { name: 'crash', namespace: 'default', uid: '1' },
  spec: {
    restartPolicy: 'Always',
    initContainers: [],
    containers: [{ name: 'web', image: 'shop/web:1', imagePullPolicy: 'IfNotPresent' }],
  },
};

/** Drives an engine that responds immediately, and whose containers exit with 1 as soon as they have started. */
function drive(options: { maySkip?: boolean; exits?: boolean } = {}) {
  const { maySkip = true, exits = true } = options;
  const events: Event[] = [];
  const reached: Instant[] = [];
  const failures: unknown[] = [];
  let wake = () => {};
  let ids = 0;
  const clock = new RealClock();
  const inbox = new Inbox(clock);
  const driver = new Driver(createPod(pod), inbox, {
    fair: { check: () => {} },
    maySkip: () => maySkip,
    onBroken: (error) => failures.push(error),
  });
  driver.begin({
    onCommand: (command: Command) => {
      const id = command.kind === 'StartContainer' ? command.id : `id-${ids++}`;
      if (command.kind === 'CreateSandbox') inbox.observe({ kind: 'SandboxStarted', id, podIP: '10.0.0.5' });
      if (command.kind === 'InspectImage') inbox.observe({ kind: 'ImageInspected', container: 'web', present: true });
      if (command.kind === 'CreateContainer') inbox.observe({ kind: 'ContainerCreated', container: 'web', id });
      if (command.kind !== 'StartContainer') return;
      inbox.observe({ kind: 'ContainerStarted', id });
      if (exits) inbox.observe({ kind: 'ContainerExited', id, exitCode: 1 });
    },
    onEvents: (some) => {
      events.push(...some);
      wake();
    },
    onClockReached: (at) => {
      reached.push(at);
      wake();
    },
    onRested: () => wake(),
    onEnded: () => wake(),
  });
  driver.proceed();
  const progress = (until: Instant) => {
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
    });
    driver.await(until, events.length);
    return woken;
  };
  return { driver, inbox, clock, events, reached, failures, progress };
}

const at = (seconds: number) => after(CREATED, seconds * 1_000);
const startsIn = (events: readonly Event[]) => events.filter(({ kind }) => kind === 'ContainerStarted').length;

test('starts the timeline with the action of the test', () => {
  const { driver, events } = drive();
  expect(events[0]).toEqual({ source: 'test', kind: 'TestActed', action: 'run', at: expect.any(Number) });
  driver.stop();
});

test('skips minutes of back-off while a wait is open, and records the skipped time', async () => {
  const { driver, events, progress } = drive();
  while (startsIn(events) < 6) await progress(at(3_600));
  driver.stop();
  const skippedMs = events.reduce((sum, event) => sum + (event.kind === 'TimeSkipped' ? event.byMs : 0), 0);
  expect(Math.round(skippedMs / 1_000)).toBe(10 + 20 + 40 + 80);
});

test('skips no time without an open wait', () => {
  const { driver, events } = drive();
  expect(startsIn(events)).toBe(2);
  expect(events.some(({ kind }) => kind === 'TimeSkipped')).toBe(false);
  driver.stop();
});

test('skips time only up to the awaited instant', async () => {
  const { driver, events, reached, progress } = drive();
  await progress(at(5));
  if (reached.length === 0) await progress(at(5));
  driver.stop();
  expect(startsIn(events)).toBe(2);
  expect(Math.floor((reached[0] ?? 0) / 1_000)).toBe(5);
});

test('ignores a wait that started before its latest event arrived', () => {
  const { driver, reached } = drive();
  driver.await(CREATED, 0);
  expect(reached).toEqual([]);
  driver.stop();
});

test('records an action of the test before its effects', () => {
  const { driver, inbox, events } = drive({ exits: false });
  inbox.record({ action: 'delete' });
  inbox.observe({ kind: 'DeleteRequested' });
  driver.stop();
  const kinds = events.map(({ kind }) => kind);
  expect(kinds.lastIndexOf('TestActed')).toBe(kinds.indexOf('DeletionMarked') - 1);
});

/** The first restart has no back-off, the second one waits 10s. */
test('records the delay if the kubelet wakes 1s late', () => {
  const { driver, clock, events, failures } = drive();
  clock.skip(11_000);
  driver.proceed();
  driver.stop();
  const held = events.find((event) => event.kind === 'HeldUp');
  expect(held).toMatchObject({ source: 'runtime', byMs: expect.any(Number) });
  expect(Math.round((held?.byMs ?? 0) / 1_000)).toBe(1);
  expect(startsIn(events)).toBe(3);
  expect(failures).toEqual([]);
});

test('records no delay if the kubelet wakes 100ms late', () => {
  const { driver, clock, events } = drive();
  clock.skip(10_100);
  driver.proceed();
  driver.stop();
  expect(startsIn(events)).toBe(3);
  expect(events.some(({ kind }) => kind === 'HeldUp')).toBe(false);
});

test('aborts the run if the kubelet wakes several seconds late', () => {
  const { driver, clock, events, failures } = drive();
  clock.skip(14_000);
  driver.proceed();
  expect(startsIn(events)).toBe(2);
  expect(failures).toEqual([
    expect.objectContaining({
      message: expect.stringMatching(/^machine overloaded: the kubelet woke \d+ms late, so the run has no result\. /),
    }),
  ]);
});
