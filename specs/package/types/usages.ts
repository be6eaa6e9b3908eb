import { expect } from '@jest/globals';
import type { LivePod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';

/** Contains every line of code in docs/matchers.md. The compiler checks it, and it never runs. */
export async function usages(pod: LivePod): Promise<void> {
  await expect(pod).toBecomeReady();
  await expect(pod).toBecomeReady({ within: '30s' });
  await expect(pod).not.toRestart({ within: '1m' });

  await expect(pod).toBecomeStarted();
  await expect(pod).toBecomeStarted({ container: 'web', within: '1m' });

  await pod.container('web').exec(['rm', '/tmp/ready']);
  await expect(pod).toBecomeUnready();
  await expect(pod).toBecomeUnready({ times: 2, since: 'start' });

  await expect(pod).toReachPhase('Running');
  await expect(pod).toReachPhase('Succeeded', { within: '10m' });
  await expect(pod).toReachContainerState({ running: true });
  await expect(pod).toReachContainerState({ waiting: { reason: 'CrashLoopBackOff' } }, { within: '2m' });

  await pod.container('web').exec(['rm', '/tmp/healthy']);
  await expect(pod).toRestart({ container: 'web', because: 'liveness' });
  await expect(pod).toRestart({ times: 2, since: 'start' });

  await expect(pod).toEnterCrashLoopBackOff();
  await expect(pod).toEnterCrashLoopBackOff({ container: 'web', times: 3 });

  await expect(pod).toEmitEvent('Unhealthy');
  await expect(pod).toEmitEvent({ reason: 'Unhealthy', message: /statuscode: 5\d\d/ }, { times: 3 });

  await expect(pod).toRunHook('postStart');
  await expect(pod).toRunHook('preStop', { container: 'web' });

  await expect(pod.delete()).toTerminateGracefully();
  await expect(pod).toTerminateGracefully({ container: 'web' });
  await expect(pod.delete()).toTerminateGracefully({ exitCode: 3 });

  await pod.container('web').kill('SIGKILL');
  await expect(pod).toExitWith(137, { container: 'web' });
  await expect(pod).not.toExitWith({ reason: 'OOMKilled' }, { within: '1m' });

  await expect(pod).toLog('listening on 8080');
  await expect(pod).toLog(/^listening on \d+$/, { container: 'web', within: '10s' });

  await expect(pod).toEnterEndpoints();
  expect(pod).toBeReady();
  expect(pod).toBeInEndpoints();

  const gone = pod.delete();
  await expect(gone).toTerminateGracefully();
  await expect(pod).toLeaveEndpoints({ terminating: true });

  await pod.requests('/');
  await expect(await pod.delete()).toDropNoRequests();

  await expect(pod).toStayReady({ for: '1m' });
  await expect(await gone).toStayReady();

  await expect(pod).toRestartAtMost(0, { for: '5m' });
  await expect(await gone).toRestartAtMost(1, { container: 'web' });

  await expect(pod).toSurviveOutageOf('postgres', { for: '30s' });

  expect(pod).toHavePhase('Running');

  expect(pod).toHaveCondition('Ready');
  expect(pod).toHaveCondition('Ready', { status: 'False', reason: 'ContainersNotReady', message: '[web]' });

  expect(pod).toHaveRestartCount(0);
  expect(pod).toHaveRestartCount(2, { container: 'web' });

  expect(pod).toHaveEvent('Killing');
  expect(pod).toHaveEvent({ reason: 'Unhealthy', type: 'Warning', container: 'web', message: '503' });

  expect(pod).toHaveEventsInOrder(['Started', { reason: 'Unhealthy', message: '503' }, 'Killing']);

  expect(pod).toHaveContainerState({ running: true });
  expect(pod).toHaveContainerState({ container: 'web', waiting: { reason: 'CrashLoopBackOff' } });
  expect(pod).toHaveContainerState({ running: true, lastState: { terminated: { exitCode: 137 } } });

  expect(pod).toHaveBackOffs(['10s', '20s', '40s']);

  expect('k8s/web.yaml').toBeValidManifest();

  expect('k8s/web.yaml').toHaveNoFindings({ except: ['http-hook-status-ignored'] });

  expect(pod.events).toContainEqual(expect.podEvent('Killing'));
  expect(pod.timeline.of('ContainerExited')).toEqual([expect.exitCode(143)]);
  expect(pod.status.containerStatuses).toEqual([expect.not.exitCode(0)]);
}
