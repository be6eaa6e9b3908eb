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

/** A driver over an engine that answers at once, and whose containers exit with 1 as soon as they have started. */
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

test('begins the record with what the test did', () => {
  const { driver, events } = drive();
  expect(events[0]).toEqual({ source: 'test', kind: 'TestActed', action: 'run', at: expect.any(Number) });
  driver.stop();
});

test('lets minutes of back-off pass in no time while somebody waits for it, and says how much was skipped', async () => {
  const { driver, events, progress } = drive();
  while (startsIn(events) < 6) await progress(at(3_600));
  driver.stop();
  const skippedMs = events.reduce((sum, event) => sum + (event.kind === 'TimeSkipped' ? event.byMs : 0), 0);
  expect(Math.round(skippedMs / 1_000)).toBe(10 + 20 + 40 + 80);
});

test('skips no time while nobody waits', () => {
  const { driver, events } = drive();
  expect(startsIn(events)).toBe(2);
  expect(events.some(({ kind }) => kind === 'TimeSkipped')).toBe(false);
  driver.stop();
});

test('skips no further than what is waited for', async () => {
  const { driver, events, reached, progress } = drive();
  await progress(at(5));
  if (reached.length === 0) await progress(at(5));
  driver.stop();
  expect(startsIn(events)).toBe(2);
  expect(Math.floor((reached[0] ?? 0) / 1_000)).toBe(5);
});

test('ignores a wait that began before its latest news arrived', () => {
  const { driver, reached } = drive();
  driver.await(CREATED, 0);
  expect(reached).toEqual([]);
  driver.stop();
});

test('notes what the test does before anything comes of it', () => {
  const { driver, inbox, events } = drive({ exits: false });
  inbox.record({ action: 'delete' });
  inbox.observe({ kind: 'DeleteRequested' });
  driver.stop();
  const kinds = events.map(({ kind }) => kind);
  expect(kinds.lastIndexOf('TestActed')).toBe(kinds.indexOf('DeletionMarked') - 1);
});

/** The first restart waits for nothing, the second for 10s. */
test('notes how late it was where that may decide something', () => {
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

test('is not late where it comes a moment after its time', () => {
  const { driver, clock, events } = drive();
  clock.skip(10_100);
  driver.proceed();
  driver.stop();
  expect(startsIn(events)).toBe(3);
  expect(events.some(({ kind }) => kind === 'HeldUp')).toBe(false);
});

test('breaks the run where it is too late for anything to be said', () => {
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
