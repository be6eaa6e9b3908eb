import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { type LivePod, runPod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { expectSameOrderInSimulation } from '../../specs/fidelity/replay/sameOrder';

// Requests of clients during a deletion, as in a rolling update, or during a restart. Clients send requests for 1s
// after the pod has left the endpoints, because each node of a cluster learns about it with a delay.

const GRACEFUL = readFileSync(`${__dirname}/graceful.yaml`, 'utf8');
const CARELESS = readFileSync(`${__dirname}/careless.yaml`, 'utf8');

test('a service that serves for a while after SIGTERM drops no requests on deletion', async () => {
  const pod = await runAsked(GRACEFUL);

  const gone = await pod.delete();

  await expect(gone).toTerminateGracefully();
  expect(exitCodesOf(pod)).toEqual([0]);
  await expect(gone).toDropNoRequests();
  await expectSameOrderInSimulation(pod);
});

test('the service drops no requests on a restart, because its readiness fails first', async () => {
  const pod = await runAsked(GRACEFUL);

  await breakLiveness(pod);
  await expect(pod).toRestart({ because: 'liveness' });
  await expect(pod).toBecomeReady();

  await expect(pod).toDropNoRequests({ for: '1s' });
  await expectSameOrderInSimulation(pod);
});

test('a service whose readiness stays up receives requests during its restart', async () => {
  const pod = await runAsked(GRACEFUL.replace('path: /readyz', 'path: /'));

  await breakLiveness(pod);
  await expect(pod).toRestart({ because: 'liveness' });
  await expect(pod).toBecomeReady();

  expect(exitCodesOf(pod)).toEqual([0]);
  await expect(pod).not.toDropNoRequests({ for: '1s' });
  await expectSameOrderInSimulation(pod);
});

test('a service without a SIGTERM handler is killed after the grace period', async () => {
  const pod = await runAsked(CARELESS.replace('[npm, start]', '[node, careless.mjs]'));

  const gone = await pod.delete();

  await expect(gone).not.toTerminateGracefully();
  expect(exitCodesOf(pod)).toEqual([137]);
  // The rolling update waits 5s for each pod, and clients lose responses that are open then. The app serves new
  // requests until the end.
  await expect(gone).toDropNoRequests();
  await expectSameOrderInSimulation(pod);
});

test('a service behind npm exits immediately on SIGTERM, and drops requests', async () => {
  const pod = await runAsked(CARELESS);

  const gone = await pod.delete();

  await expect(gone).toTerminateGracefully({ exitCode: 1 }); // npm's own, and without SIGKILL
  expect(exitCodesOf(pod)).toEqual([1]);
  await expect(gone).not.toDropNoRequests();
  // All that came in the second after its removal from the endpoints: 20, where the machine has time to ask them.
  expect(pod.timeline.of('RequestFinished').filter(({ failure }) => failure).length).toBeGreaterThan(10);
  await expectSameOrderInSimulation(pod);
});

/** Returns a Ready pod, with a client that sends 20 requests a second. */
async function runAsked(manifest: string): Promise<LivePod> {
  const pod = await runPod(manifest, { images: { web: 'jest-kubelet-example/graceful-node' } });
  await expect(pod).toBecomeReady();
  await pod.requests('/', { every: '50ms', endpointRemovalDelay: '1s' });
  return pod;
}

/** Has the liveness probe fail from now on. */
async function breakLiveness(pod: LivePod): Promise<void> {
  await fetch(`${await pod.container('web').url('http')}/break`, { method: 'POST' });
}

function exitCodesOf({ timeline }: LivePod): number[] {
  return timeline.of('ContainerExited').map(({ exitCode }) => exitCode);
}
