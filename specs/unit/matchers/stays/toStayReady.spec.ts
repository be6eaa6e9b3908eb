import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { messageOf } from '../messageOf';
import { answering, HEALTHZ, simulated } from '../simulated';

const web = { readinessProbe: { ...HEALTHZ, periodSeconds: 5 } };

test('passes if the pod is Ready during the whole window', async () => {
  const pod = simulated(web, { web: answering(['0s', 200], ['2m', 503]) });
  await expect(pod).toBecomeReady();
  await expect(pod).toStayReady({ for: '1m' });
  await expect(pod).not.toStayReady({ for: '2m' });
});

test('fails once the pod becomes unready, and prints why', async () => {
  const pod = simulated(web, { web: answering(['0s', 200], ['20s', 503]) });
  await expect(pod).toBecomeReady();
  expect(await messageOf(() => expect(pod).toStayReady({ for: '1h' }))).toBe(`expect(pod).toStayReady({ for: '1h' })

Expected: pod to stay Ready for 1h
Received: pod no longer Ready after 30.0s: the readiness probe of web fails (HTTP probe failed with statuscode: 503)

   +0.0s  test  run
   +0.0s  web   Started    Container started
   +0.0s  pod   Ready
> +30.0s  pod   unready    containers with unready status: [web]
  +30.0s  web   Unhealthy  readiness probe failed (4/3): HTTP probe failed with statuscode: 503

3 failures × 5s: web became unready 15.0s after its readiness probe last succeeded.`);
  expect(pod.timeline.now).toBeLessThan(60_000);
});

test('rejects a pod that is not Ready', async () => {
  const pod = simulated(web, { web: answering(['0s', 503]) });
  pod.advance('12s');
  expect(await messageOf(() => expect(pod).toStayReady({ for: '1h' }))).toBe(`expect(pod).toStayReady({ for: '1h' })

Expected: pod to stay Ready for 1h
Received: pod not Ready at the start after 12.0s: the readiness probe of web fails (HTTP probe failed with statuscode: 503)

   +0.0s  test  run
   +0.0s  web   Started    Container started
  +10.0s  web   Unhealthy  readiness probe failed (4/3): HTTP probe failed with statuscode: 503

The readiness probe runs every 5s. None of its 4 attempts since +0.0s succeeded.`);
});

test('waits under .not for the first loss of Ready, and reports a missing one', async () => {
  const pod = simulated(web, { web: answering(['0s', 200]) });
  await expect(pod).toBecomeReady();
  expect(
    await messageOf(() => expect(pod).not.toStayReady({ for: '1m' })),
  ).toBe(`expect(pod).not.toStayReady({ for: '1m' })

Expected: pod to stop being Ready within 1m
Received: pod Ready all the time after 60.0s

  +0.0s  test  run
  +0.0s  web   Started  Container started
  +0.0s  pod   Ready`);
});

test('checks a removed pod from its first Ready to its deletion', async () => {
  const steady = simulated(web, { web: answering(['0s', 200]) });
  steady.advance('1m');
  await expect(await steady.delete()).toStayReady();
  const shaky = simulated(web, { web: answering(['0s', 200], ['20s', 503], ['60s', 200]) });
  shaky.advance('2m');
  const gone = await shaky.delete();
  await expect(gone).not.toStayReady();
  expect(await messageOf(() => expect(gone).toStayReady())).toBe(`expect(pod).toStayReady()

Expected: pod to stay Ready until its deletion
Received: pod no longer Ready after 30.0s: the readiness probe of web fails (HTTP probe failed with statuscode: 503)

   +0.0s  test  run
   +0.0s  web   Started    Container started
   +0.0s  pod   Ready
> +30.0s  pod   unready    containers with unready status: [web]
  +55.0s  web   Unhealthy  readiness probe failed (9/3): HTTP probe failed with statuscode: 503
  +60.0s  pod   Ready
  (6 later lines left out)

3 failures × 5s: web became unready 15.0s after its readiness probe last succeeded.`);
  const never = simulated(web, { web: answering(['0s', 503]) });
  never.advance('1m');
  await expect(await never.delete()).not.toStayReady();
});
