import { expect, test } from '@jest/globals';
import { runGate } from '../../src/gate/gate';
import type { Subject } from '../../src/gate/subject';
import type { PodSpec } from '../../src/manifest/model';
import { simulatePod } from '../../src/pod/simulatePod';
import type { AppScript } from '../../src/runtime/scripted/script';

const HEALTHY = [{ at: '1s', http: { '8080': { '/healthz': 200 } }, onTerm: { exitAfter: '1s', code: 0 } }];

/** What each check comes to for a pod of that spec whose containers do that. */
async function outcomes(spec: object, app: AppScript): Promise<Record<string, string>> {
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec };
  const { pod } = simulatePod(manifest, app);
  const subject: Subject = {
    pod,
    backend: { publishNotReadyAddresses: false },
    hasService: true,
    services: [],
    endpointRemovalDelay: '500ms',
  };
  const start = async ({ spec: variant }: { readonly spec: PodSpec }) =>
    simulatePod({ ...manifest, spec: JSON.parse(JSON.stringify(variant)) }, app);
  const results = await runGate(subject, { start, parallel: 1 });
  return Object.fromEntries(
    results.map(({ check, outcome, answers }) => [
      check,
      `${outcome}: ${answers.map(({ sentence }) => sentence).join('; ')}`,
    ]),
  );
}

const httpGet = { port: 8080, path: '/healthz' };
const web = (more: object = {}) => ({
  name: 'web',
  image: 'web',
  ports: [{ containerPort: 8080 }],
  livenessProbe: { httpGet, periodSeconds: 5 },
  readinessProbe: { httpGet, periodSeconds: 1 },
  lifecycle: { preStop: { sleep: { seconds: 2 } } },
  ...more,
});

test('passes a pod that does everything right', async () => {
  expect(
    await outcomes({ terminationGracePeriodSeconds: 10, containers: [web()] }, { web: HEALTHY }),
  ).toMatchInlineSnapshot(`
{
  "drains": "passed: deleted, the pod drops none of 10 requests",
  "hooks-run": "passed: the preStop hook of web succeeds",
  "init-order": "notApplicable: there are no init containers",
  "liveness-detects-crash": "passed: when web crashes, it is restarted after 0 ms",
  "liveness-detects-hang": "passed: when web hangs, it is restarted after 25 s",
  "probe-independence": "notApplicable: it is one container, and no service was given that it talks to",
  "readiness-leaves-endpoints": "passed: when web hangs, the pod leaves the endpoints after 4 s",
  "ready-in-budget": "passed: the pod is Ready after 1 s",
  "recovers": "passed: 1 s after web hung, the pod is Ready again; 1 s after web crashed, the pod is Ready again",
  "restart-policy": "passed: nothing of the pod ends by itself",
  "startup-gates": "notApplicable: no container has a startupProbe that allows a slow start",
  "stays-ready": "passed: left alone, the pod stays Ready for 18 s",
  "terminates-in-grace": "passed: deleted, the pod is gone after 3 s, without SIGKILL",
}
`);
});

test('says what a pod does wrong that takes every hang for health', async () => {
  const livenessProbe = { tcpSocket: { port: 8080 }, periodSeconds: 5 };
  const app = {
    web: [
      { at: '0s', http: { '8080': { '/healthz': 200 } }, tcp: { '8080': 'open' as const }, onTerm: { ignore: true } },
    ],
  };
  const spec = { terminationGracePeriodSeconds: 3, containers: [web({ livenessProbe, lifecycle: {} })] };
  expect(await outcomes(spec, app)).toMatchInlineSnapshot(`
{
  "drains": "passed: deleted, the pod drops none of 10 requests",
  "hooks-run": "notApplicable: no container has a postStart or preStop hook",
  "init-order": "notApplicable: there are no init containers",
  "liveness-detects-crash": "passed: when web crashes, it is restarted after 0 ms",
  "liveness-detects-hang": "failed: when web hangs, it hangs for ever: its liveness probe still succeeds, as the kernel takes the connections of a process that stands still; ask it by httpGet",
  "probe-independence": "notApplicable: it is one container, and no service was given that it talks to",
  "readiness-leaves-endpoints": "passed: when web hangs, the pod leaves the endpoints after 4 s",
  "ready-in-budget": "passed: the pod is Ready after 0 ms",
  "recovers": "passed: 0 ms after web hung, the pod is Ready again; 0 ms after web crashed, the pod is Ready again",
  "restart-policy": "passed: nothing of the pod ends by itself",
  "startup-gates": "notApplicable: no container has a startupProbe that allows a slow start",
  "stays-ready": "passed: left alone, the pod stays Ready for 18 s",
  "terminates-in-grace": "failed: deleted, the pod does not end by itself: web killed with SIGKILL: it still ran 3 s after SIGTERM",
}
`);
});
