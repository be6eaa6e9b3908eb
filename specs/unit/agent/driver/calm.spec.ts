import { afterEach, expect, test } from '@jest/globals';
import { Calm } from '../../../../src/agent/driver/calm';
import { Driver } from '../../../../src/agent/driver/driver';
import { Inbox } from '../../../../src/agent/driver/inbox';
import type { TimeSkips } from '../../../../src/agent/ipc/messages';
import { after, CREATED, type Instant } from '../../../../src/clock/instant';
import { RealClock } from '../../../../src/clock/real';
import { type Command, createPod } from '../../../../src/kubelet';
import type { Pod, Probe } from '../../../../src/manifest/model';
import { type Event, isA } from '../../../../src/timeline/event';

const livenessProbe: Probe = {
  httpGet: { path: '/', port: 8080, scheme: 'HTTP' },
  initialDelaySeconds: 0,
  periodSeconds: 10,
  timeoutSeconds: 1,
  failureThreshold: 3,
  successThreshold: 1,
} as Probe;

const container = (name: string) => ({ name, image: 'x', imagePullPolicy: 'IfNotPresent' as const, livenessProbe });

const podWith = (...names: string[]): Pod => podOf(...names.map(container));

const podOf = (...containers: ReturnType<typeof container>[]): Pod => ({
  metadata: { name: 'shop', namespace: 'default', uid: '1' },
  spec: {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    initContainers: [],
    containers,
  },
});

const drivers: Driver[] = [];
afterEach(() => {
  for (const driver of drivers.splice(0)) driver.stop();
});

/** Drives an engine whose containers respond unless they are frozen, and exit only on SIGKILL if they are. */
function drive(pod: Pod, skips: TimeSkips | undefined) {
  const events: Event[] = [];
  const frozen = new Set<string>();
  let wake = () => {};
  let ids = 0;
  const clock = new RealClock();
  const inbox = new Inbox(clock);
  const isFrozen = (id: string) => frozen.has(id);
  const respond = async (command: Extract<Command, { kind: 'RunProbe' }>) => {
    const { run, id } = command;
    if (!isFrozen(id)) return inbox.observe({ kind: 'ProbeAnswered', run, outcome: { result: 'Success', output: '' } });
    if (driver.isStill) await driver.outlast(run, after(clock.now(), 1_000));
    else await new Promise((resolve) => setTimeout(resolve, 20));
    inbox.observe({ kind: 'ProbeAnswered', run, outcome: { result: 'Failure', output: 'timed out' } });
  };
  const driver: Driver = new Driver(createPod(pod), inbox, {
    fair: { check: () => {} },
    maySkip: () => true,
    ...(skips && { skips: { isFrozen, calm: new Calm(skips, isFrozen) } }),
    onBroken: (error) => {
      throw error;
    },
  });
  drivers.push(driver);
  driver.begin({
    onCommand: (command: Command) => {
      const id = `id-${ids++}`;
      if (command.kind === 'CreateSandbox') inbox.observe({ kind: 'SandboxStarted', id, podIP: '10.0.0.5' });
      if (command.kind === 'InspectImage')
        inbox.observe({ kind: 'ImageInspected', container: command.container, present: true });
      if (command.kind === 'CreateContainer')
        inbox.observe({ kind: 'ContainerCreated', container: command.container.name, id });
      if (command.kind === 'StartContainer') inbox.observe({ kind: 'ContainerStarted', id: command.id });
      if (command.kind === 'RunProbe') void respond(command);
      if (command.kind === 'SignalContainer' && (command.signal === 'SIGKILL' || !isFrozen(command.id)))
        inbox.observe({ kind: 'ContainerExited', id: command.id, exitCode: 137 });
    },
    onEvents: (some) => {
      events.push(...some);
      wake();
    },
    onClockReached: () => wake(),
    onRested: () => wake(),
    onEnded: () => wake(),
  });
  driver.proceed();
  /** Waits at most this long in real time. */
  const until = async (isDone: () => boolean, withinMs = 2_000): Promise<void> => {
    const end = performance.now() + withinMs;
    while (!isDone() && performance.now() < end) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, 50);
        driver.await(after(CREATED, 3_600_000) as Instant, events.length);
      });
    }
  };
  const idOf = (name: string) =>
    events.filter((event) => isA('ContainerStarted', event)).find((event) => event.container === name)?.id ?? '';
  const freeze = (name: string) => {
    inbox.record({ action: 'freeze', container: name });
    frozen.add(idOf(name));
  };
  const starts = (name: string) =>
    events.filter((event) => isA('ContainerStarted', event) && event.container === name).length;
  const skipped = () => events.flatMap((event) => (event.kind === 'TimeSkipped' ? [event] : []));
  return { clock, events, freeze, until, starts, skipped };
}

test('skips the probe periods, attempts and grace period of a pod if all is frozen', async () => {
  const { clock, freeze, until, starts, skipped } = drive(podWith('web'), {});
  await until(() => starts('web') === 1);
  freeze('web');
  const from = clock.now();
  await until(() => starts('web') === 2);
  expect(starts('web')).toBe(2);
  // Three attempts that time out after 1s each, at most 10s apart, and the grace period.
  expect(clock.now() - from).toBeGreaterThan(20_000 + 1_000 + 30_000);
  expect(clock.now() - from).toBeLessThan(33_000 + 30_000);
  expect(new Set(skipped().map(({ containers }) => containers))).toEqual(new Set(['frozen']));
});

test('treats a frozen container as running while its exec probe runs commands', async () => {
  const exec = { ...livenessProbe, httpGet: undefined, exec: { command: ['cat', '/tmp/alive'] } } as unknown as Probe;
  const { freeze, until, starts, skipped } = drive(podOf({ ...container('web'), livenessProbe: exec }), {});
  await until(() => starts('web') === 1);
  freeze('web');
  await until(() => starts('web') === 2);
  expect(new Set(skipped().map(({ containers }) => containers))).toEqual(new Set(['running']));
});

test('skips no time while a container runs, unless calmAfterMs is set', async () => {
  const { freeze, until, starts, skipped } = drive(podWith('web', 'proxy'), {});
  await until(() => starts('proxy') === 1);
  freeze('web');
  await until(() => starts('web') === 2, 300);
  expect(starts('web')).toBe(1);
  expect(skipped()).toEqual([]);
});

test('probes a running container in every period while it skips gaps', async () => {
  const { events, freeze, until, starts, skipped } = drive(podWith('web', 'proxy'), { calmAfterMs: 0 });
  await until(() => starts('proxy') === 1);
  freeze('web');
  await until(() => starts('web') === 2);
  expect(starts('web')).toBe(2);
  expect(skipped().some(({ containers }) => containers === 'running')).toBe(true);
  const attempts = events.filter((event) => isA('ProbeFinished', event) && event.container === 'proxy');
  // At least 50s have passed with a period of 10s.
  expect(attempts.length).toBeGreaterThanOrEqual(5);
});

test('waits calmAfterMs in real time before it skips a gap while containers run', async () => {
  const calmAfterMs = 400;
  const { clock, until, starts, skipped } = drive(podWith('web'), { calmAfterMs });
  await until(() => starts('web') === 1);
  await until(() => clock.now() > 30_000);
  const [first] = skipped();
  expect(first?.containers).toBe('running');
  expect(first?.at).toBeGreaterThanOrEqual(calmAfterMs);
});

test('skips no time if skipping is disabled', async () => {
  const { freeze, until, starts, skipped } = drive(podWith('web'), undefined);
  await until(() => starts('web') === 1);
  freeze('web');
  await until(() => starts('web') === 2, 300);
  expect(skipped()).toEqual([]);
});
