import { expect } from '@jest/globals';
import type { LivePod, PodRun } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';

/**
 * Lists code that must compile with `@jest/globals`, and code that must not. The compiler checks it, and it never runs.
 */
export async function matchers(pod: PodRun, live: LivePod): Promise<void> {
  await expect(pod).toBecomeReady();
  await expect(pod).toBecomeReady({ within: '1m30s' });
  await expect(pod).not.toBecomeUnready({ withinMs: 500, since: 'start' });
  await expect(pod).toRestart({ container: 'web', because: 'liveness', times: 2, within: '5m' });
  await expect(pod).toRestartAtMost(1, { for: '1m', container: 'web' });
  await expect(live).not.toRestartAtMost(1, { forMs: 500 });
  await expect(await live.delete()).toRestartAtMost(1);
  await expect(await live.delete()).toRestartAtMost(1, { container: 'web' });
  await expect(live).toStayReady({ for: '1m' });
  await expect(await live.delete()).toStayReady();
  await expect(pod).toBecomeStarted({ container: 'web', within: '1m' });
  await expect(pod).toReachPhase('Succeeded', { within: '5m' });
  await expect(pod).toEnterCrashLoopBackOff({ times: 2, since: 'start' });
  await expect(pod).toEmitEvent({ reason: 'BackOff', container: 'web' }, { times: 3 });
  await expect(pod).toRunHook('preStop', { container: 'web' });
  await expect(live.delete()).toTerminateGracefully();
  await expect(pod).toTerminateGracefully({ container: 'web' });
  await expect(pod).toExitWith(143, { container: 'web' });
  await expect(pod).not.toExitWith({ reason: 'OOMKilled' }, { within: '1m' });
  await expect(pod).toEnterEndpoints({ within: '1m' });
  await expect(pod).toReachContainerState({ container: 'web', waiting: true }, { within: '1m' });
  expect(pod).toBeReady();
  expect(pod).not.toBeInEndpoints();
  await expect(pod).toLeaveEndpoints({ serving: true, terminating: true, since: 'start' });
  await expect(pod).toDropNoRequests({ for: '1m' });
  await expect(await live.delete()).toDropNoRequests();
  await expect(pod).toLog('listening', { container: 'web', within: '5s' });
  await expect(pod).not.toLog(/panic|fatal/i, { since: 'start' });
  await (await live.requests('/', { every: '50ms', port: 'http', endpointRemovalDelay: '5s' })).stop();
  expect(pod).toHaveCondition('Ready');
  expect(pod).toHaveCondition('Ready', { status: 'False', reason: 'ContainersNotReady' });
  expect(pod).toHaveRestartCount(2, { container: 'web' });
  expect(pod).toHaveEventsInOrder(['Started', { reason: 'Unhealthy', message: '503' }, 'Killing']);
  expect(pod).toHaveContainerState({
    waiting: { reason: 'CrashLoopBackOff' },
    lastState: { terminated: { exitCode: 1 } },
  });
  expect(pod).toHaveBackOffs(['10s', '1m20s']);
  expect(live.events).toContainEqual(expect.podEvent({ reason: 'Killing', container: 'web' }));
  expect(live.status).toMatchObject({ containerStatuses: [expect.not.exitCode(0)] });
  await expect(live).toSurviveOutageOf('postgres', { for: '30s' });
  expect(pod).toHavePhase('Running');
  expect(pod).not.toHaveEvent('Killing');
  expect(pod).toHaveEvent({ reason: 'Unhealthy', type: 'Warning', message: /statuscode: 5\d\d/ });
  expect('k8s/web.yaml').toBeValidManifest();
  expect({ kind: 'Pod' }).not.toHaveNoFindings({ except: ['liveness-tcp'] });

  expect(pod).toBecomeReady().then(nothing);
  // @ts-expect-error the other matchers do not wait: there is nothing to await
  expect(pod).toHavePhase('Running').then(nothing);

  // @ts-expect-error a number has no unit
  await expect(pod).toBecomeReady({ within: 30 });
  // @ts-expect-error nor has this
  await expect(pod).toBecomeReady({ within: '30' });
  // @ts-expect-error "seconds" is no unit of Go's
  await expect(pod).toBecomeReady({ within: '30 seconds' });
  // @ts-expect-error a state does not count from anywhere
  await expect(pod).toBecomeReady({ since: 'start' });
  // @ts-expect-error a pod that lives is watched for some time
  await expect(live).toRestartAtMost(1);
  // @ts-expect-error an option more does not say for how long
  await expect(live).toRestartAtMost(1, { container: 'web' });
  // @ts-expect-error a pod that lives is watched for some time
  await expect(live).toDropNoRequests();
  // @ts-expect-error a log has texts
  await expect(pod).toLog(8080);
  // @ts-expect-error one of the two says it
  await expect(live).toRestartAtMost(1, { for: '1m', forMs: 60_000 });
  // @ts-expect-error a pod that lives is watched for some time
  await expect(live).toStayReady();
  // @ts-expect-error there is no such hook
  await expect(pod).toRunHook('preStart');
  // @ts-expect-error a code is a number
  await expect(pod).toExitWith('143');
  // @ts-expect-error a number has no unit
  expect(pod).toHaveBackOffs([10]);
  // @ts-expect-error a state has no such part
  expect(pod).toHaveContainerState({ terminated: { code: 1 } });
  // @ts-expect-error no event has this reason
  expect.podEvent('Kiling');
  // @ts-expect-error a code is a number
  expect.exitCode('143');
  // @ts-expect-error for how long?
  await expect(live).toSurviveOutageOf('postgres');
  // @ts-expect-error readiness restarts nothing
  await expect(pod).toRestart({ because: 'readiness' });
  // @ts-expect-error a status is no phase
  expect(pod).toHavePhase('CrashLoopBackOff');
  // @ts-expect-error no event has this reason
  expect(pod).toHaveEvent('Kiling');
  // @ts-expect-error nor such a field
  expect(pod).toHaveEvent({ count: 3 });
  // @ts-expect-error no finding has this code
  expect('k8s/web.yaml').toHaveNoFindings({ except: ['liveness-udp'] });
  // @ts-expect-error asymmetric forms of waiting matchers would pass under .not whatever happens
  expect.toBecomeReady();
}

function nothing(): void {}

type All = typeof import('jest-kubelet/matchers');
type Waiting = { [Name in keyof All]: ReturnType<All[Name]> extends Promise<unknown> ? Name : never }[keyof All];
type Value = 'podEvent' | 'exitCode';

/** Matchers that wait have no asymmetric form, and every matcher has a type. */
export const complete: [Waiting & keyof typeof expect, Exclude<keyof All, keyof Given | Value>] extends [never, never]
  ? true
  : never = true;
type Given = ReturnType<typeof expect<PodRun>>;
