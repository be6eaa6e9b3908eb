import { expect } from '@jest/globals';
import type { LivePod, Rehearsal } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';

/** What must compile with `@jest/globals`, and what must not. Checked by the compiler; never run. */
export async function matchers(pod: Rehearsal, live: LivePod): Promise<void> {
  await expect(pod).toBecomeReady();
  await expect(pod).toBecomeReady({ within: '1m30s' });
  await expect(pod).not.toBecomeUnready({ withinMs: 500, since: 'start' });
  await expect(pod).toRestart({ container: 'web', because: 'liveness', times: 2, within: '5m' });
  await expect(pod).toRestartAtMost(1, { for: '1m', container: 'web' });
  await expect(live).not.toRestartAtMost(1, { forMs: 500 });
  await expect(await live.delete()).toRestartAtMost(1);
  await expect(await live.delete()).toRestartAtMost(1, { container: 'web' });
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
  // @ts-expect-error one of the two says it
  await expect(live).toRestartAtMost(1, { for: '1m', forMs: 60_000 });
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
