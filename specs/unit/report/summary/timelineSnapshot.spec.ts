import { expect, test } from '@jest/globals';
import { profiles, simulatePod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { timelineSnapshot } from '../../../../src/report/summary/timelineSnapshot';
import { failed, recorded, timelineOf } from '../../timeline/events';

const manifest = `
apiVersion: v1
kind: Pod
metadata: { name: shop }
spec:
  containers:
    - name: web
      image: web:1
      readinessProbe: { httpGet: { path: /ready, port: 8080 }, periodSeconds: 2 }
      livenessProbe: { httpGet: { path: /healthz, port: 8080 }, periodSeconds: 3 }
    - name: proxy
      image: proxy:1
      livenessProbe: { exec: { command: [check] }, periodSeconds: 3 }
`;

/** Runs the same timeline with all events shifted by a few milliseconds. */
function liveWith(jitterMs: number) {
  const ms = (around: number) => `${around + jitterMs}ms` as const;
  const profile = {
    ...profiles.ideal,
    startMs: 300 + 7 * jitterMs,
    stopMs: 100 - jitterMs,
    pullMs: 1_000 + 3 * jitterMs,
  };
  const pod = simulatePod(
    manifest,
    {
      web: [
        { at: '0s', http: { 8080: {} } },
        { at: ms(3_000), http: { 8080: { '/ready': 200, '/healthz': 200 } } },
        { at: ms(20_000), http: { 8080: { '/ready': 200, '/healthz': 503 } } },
      ],
      proxy: [{ at: ms(30_000), exit: 3 }],
    },
    { profile },
  );
  pod.advance('45s');
  return pod.timeline;
}

test('returns equal snapshots for two runs with the same events', () => {
  const [one, other] = [liveWith(0), liveWith(9)];
  expect(one.events.map(({ at }) => at)).not.toEqual(other.events.map(({ at }) => at));
  expect(timelineSnapshot(other)).toBe(timelineSnapshot(one));
  expect(one).toMatchInlineSnapshot(`
pod
  Scheduled  Successfully assigned default/shop to jest-kubelet
  Ready
  unready  containers with unready status: [web]
  Ready
proxy
  Pulling  Pulling image "proxy:1"
  Pulled  Successfully pulled image "proxy:1" in <time>. Image size: 0 bytes.
  Created  Container created
  Started  Container started
  exited  3
  Pulled  Container image "proxy:1" already present on machine and can be accessed by the pod
  Created  Container created
  Started  restart 1, no back-off (first restart)
test
  run
web
  Pulling  Pulling image "web:1"
  Pulled  Successfully pulled image "web:1" in <time>. Image size: 0 bytes.
  Created  Container created
  Started  Container started
  Killing  Container web failed liveness probe, will be restarted (grace period 30s)
  exited  143, <time> after SIGTERM
  Pulled  Container image "web:1" already present on machine and can be accessed by the pod
  Created  Container created
  Started  restart 1, no back-off (first restart)
web liveness
  Unhealthy  liveness probe failed: HTTP probe failed with statuscode: 404
  Unhealthy  liveness probe failed: HTTP probe failed with statuscode: 503
  Unhealthy  liveness probe failed: HTTP probe failed with statuscode: 404
web readiness
  Unhealthy  readiness probe failed: HTTP probe failed with statuscode: 404
`);
});

test('omits IDs, addresses, times and values of the manifest', () => {
  const timeline = timelineOf(
    recorded(
      1,
      'Pulled',
      'Successfully pulled image "web:1" in 1.203s (1.203s including waiting). Image size: 4 bytes.',
    ),
    recorded(
      2,
      'Created',
      'Container created from sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    ),
    ...failed(
      3,
      'liveness',
      1,
      'Get "http://10.0.0.5:80/": read tcp 172.17.0.1:41234->10.0.0.5:80: connection reset by peer',
    ),
    ...failed(
      6,
      'liveness',
      2,
      'Get "http://10.0.0.7:80/": read tcp 172.17.0.1:41299->10.0.0.7:80: connection reset by peer',
    ),
  );
  expect(timelineSnapshot(timeline)).toBe(
    `web
  Pulled  Successfully pulled image "web:1" in <time>. Image size: 4 bytes.
  Created  Container created from <id>
web liveness
  Unhealthy  liveness probe failed: Get "http://<ip>:80/": read tcp <ip>-><ip>:80: connection reset by peer`,
  );
});
