import { expect, test } from '@jest/globals';
import { gate, HEALTHY, httpGet, outcomes, pod, sentenceOf, web } from './gateOf';

test('passes every check for a correct pod', async () => {
  expect(await outcomes({ spec: pod(), app: { web: HEALTHY } })).toMatchInlineSnapshot(`
{
  "drains": "passed: the deleted pod drops none of 10 requests (GET /healthz on port 8080)",
  "hooks-run": "passed: the preStop hook of web succeeds",
  "init-order": "notApplicable: the pod has no init containers",
  "liveness-detects-crash": "passed: web restarts 0s after it crashes",
  "liveness-detects-hang": "passed: web restarts 25s after it hangs. A pause of 15s is enough for its liveness probe to kill it.",
  "memory": "passed: no process was killed at a memory limit; the container engine does not report the working set",
  "probe-independence": "notApplicable: the pod has one container, and --service names no dependency",
  "probes-run": "passed: each probe that ran returned a result about its own container",
  "readiness-leaves-endpoints": "passed: the pod leaves the endpoints 4s after web hangs",
  "ready-in-budget": "passed: the pod is Ready after 1s",
  "reaps-processes": "notApplicable: the processes of the containers are not readable here; the processes of the containers are not readable here",
  "recovers": "passed: the pod is Ready again 1s after web hung; the pod is Ready again 1s after web crashed",
  "restart-policy": "passed: no container exits",
  "serves-clients": "passed: the pod serves its clients (GET / on port 8080 and GET /healthz on port 8080); no request took 1s or longer. Name a slow path with --path.",
  "startup-gates": "notApplicable: no container has a startupProbe that allows a slow start",
  "stays-ready": "passed: the undisturbed pod stays Ready for 18s",
  "terminates-in-grace": "passed: the deleted pod terminates after 3s, without SIGKILL",
}
`);
});

test('fails several checks for a pod whose probe misses hangs and that ignores SIGTERM', async () => {
  const livenessProbe = { tcpSocket: { port: 8080 }, periodSeconds: 5 };
  const app = {
    web: [
      { at: '0s', http: { '8080': { '/healthz': 200 } }, tcp: { '8080': 'open' as const }, onTerm: { ignore: true } },
    ],
  };
  const spec = { terminationGracePeriodSeconds: 3, containers: [web({ livenessProbe, lifecycle: {} })] };
  expect(await outcomes({ spec, app })).toMatchInlineSnapshot(`
{
  "drains": "passed: the deleted pod drops none of 10 requests (GET /healthz on port 8080)",
  "hooks-run": "notApplicable: no container has a postStart or preStop hook",
  "init-order": "notApplicable: the pod has no init containers",
  "liveness-detects-crash": "passed: web restarts 0s after it crashes",
  "liveness-detects-hang": "failed: the liveness probe of web does not detect that web hangs: tcpSocket still connects, because the kernel accepts connections for a stopped process",
  "memory": "passed: no process was killed at a memory limit; the container engine does not report the working set",
  "probe-independence": "notApplicable: the pod has one container, and --service names no dependency",
  "probes-run": "passed: each probe that ran returned a result about its own container",
  "readiness-leaves-endpoints": "passed: the pod leaves the endpoints 4s after web hangs",
  "ready-in-budget": "passed: the pod is Ready after 0s",
  "reaps-processes": "notApplicable: the processes of the containers are not readable here; the processes of the containers are not readable here",
  "recovers": "passed: the pod is Ready again 0s after web hung; the pod is Ready again 0s after web crashed",
  "restart-policy": "passed: no container exits",
  "serves-clients": "passed: the pod serves its clients (GET / on port 8080 and GET /healthz on port 8080); no request took 1s or longer. Name a slow path with --path.",
  "startup-gates": "notApplicable: no container has a startupProbe that allows a slow start",
  "stays-ready": "passed: the undisturbed pod stays Ready for 18s",
  "terminates-in-grace": "failed: the deleted pod does not terminate within its grace period: web got SIGKILL: it was still running 3s after SIGTERM",
}
`);
});

test('aborts the other experiments if the pod does not become Ready', async () => {
  const livenessProbe = { httpGet: { port: 8080, path: '/wrong' }, periodSeconds: 1 };
  const { results, started } = await gate({ spec: pod({ livenessProbe }), app: { web: HEALTHY }, parallel: 3 });
  expect(started).toBe(3);
  expect(results.map(({ check, outcome }) => `${check}: ${outcome}`)).toMatchInlineSnapshot(`
[
  "ready-in-budget: passed",
  "stays-ready: failed",
  "probes-run: notRun",
  "init-order: notApplicable",
  "startup-gates: notApplicable",
  "hooks-run: notRun",
  "liveness-detects-hang: notRun",
  "liveness-detects-crash: notRun",
  "readiness-leaves-endpoints: notRun",
  "recovers: notRun",
  "probe-independence: notApplicable",
  "serves-clients: notRun",
  "memory: notRun",
  "reaps-processes: notRun",
  "restart-policy: notRun",
  "terminates-in-grace: notRun",
  "drains: notRun",
]
`);
});

test('returns notRun for other checks if stays-ready fails', async () => {
  const app = { web: [...HEALTHY, { at: '9s', http: { '8080': { '/healthz': 500 } } }] };
  const { results } = await gate({ spec: pod(), app, parallel: 3 });
  const not = results.filter(({ outcome }) => outcome !== 'notApplicable');
  expect(
    not.map(({ check, outcome, answers }) => `${check}: ${outcome}: ${answers.slice(0, 1).map(sentenceOf)}`),
  ).toMatchInlineSnapshot(`
[
  "ready-in-budget: passed: the pod is Ready after 1s",
  "stays-ready: failed: the undisturbed pod does not stay Ready: the readiness probe of web fails (HTTP probe failed with statuscode: 500)",
  "probes-run: notRun: experiment "undisturbed": stays-ready failed",
  "hooks-run: notRun: experiment "undisturbed": stays-ready failed",
  "liveness-detects-hang: notRun: experiment "web hangs": stays-ready failed. Fix it first.",
  "liveness-detects-crash: notRun: experiment "web crashes": stays-ready failed. Fix it first.",
  "readiness-leaves-endpoints: notRun: experiment "web hangs": stays-ready failed. Fix it first.",
  "recovers: notRun: experiment "web hangs": stays-ready failed. Fix it first.",
  "serves-clients: notRun: experiment "under traffic": stays-ready failed. Fix it first.",
  "memory: notRun: experiment "under traffic": stays-ready failed. Fix it first.",
  "reaps-processes: notRun: experiment "undisturbed": stays-ready failed",
  "restart-policy: notRun: experiment "undisturbed": stays-ready failed",
  "terminates-in-grace: notRun: experiment "undisturbed": stays-ready failed",
  "drains: notRun: experiment "undisturbed": stays-ready failed",
]
`);
});

test('runs only the requested checks and their experiments', async () => {
  const { results, started } = await gate({ spec: pod(), app: { web: HEALTHY }, checks: ['recovers'] });
  expect(results.map(({ check, outcome }) => `${check}: ${outcome}`)).toEqual(['recovers: passed']);
  expect(started).toBe(2);
});

test('checks only restarts for a container without probes', async () => {
  const spec = { terminationGracePeriodSeconds: 10, containers: [{ name: 'web', image: 'web' }] };
  expect(await outcomes({ spec, app: { web: HEALTHY } })).toMatchInlineSnapshot(`
{
  "drains": "notApplicable: no Service selects the pod, and no readiness probe shows which port clients use",
  "hooks-run": "notApplicable: no container has a postStart or preStop hook",
  "init-order": "notApplicable: the pod has no init containers",
  "liveness-detects-crash": "passed: web restarts 0s after it crashes",
  "liveness-detects-hang": "notApplicable: no container has a livenessProbe, so a hung container does not restart",
  "memory": "notApplicable: no client sends requests to the pod",
  "probe-independence": "notApplicable: the pod has one container, and --service names no dependency",
  "probes-run": "notApplicable: no container has a probe",
  "readiness-leaves-endpoints": "notApplicable: no container has a readinessProbe, so the pod stays in the endpoints if one hangs",
  "ready-in-budget": "passed: the pod is Ready after 0s",
  "reaps-processes": "notApplicable: the processes of the containers are not readable here",
  "recovers": "passed: the pod is Ready again 0s after web crashed",
  "restart-policy": "passed: no container exits",
  "serves-clients": "notApplicable: no Service selects the pod, and no readiness probe shows which port clients use",
  "startup-gates": "notApplicable: no container has a startupProbe that allows a slow start",
  "stays-ready": "passed: the undisturbed pod stays Ready for 5s",
  "terminates-in-grace": "passed: the deleted pod terminates after 1s, without SIGKILL",
}
`);
});

test('runs the experiments of a container on a sidecar too', async () => {
  const asked = { httpGet: { port: 9090, path: '/healthz' } };
  const proxy = { name: 'proxy', image: 'proxy', restartPolicy: 'Always', livenessProbe: asked, readinessProbe: asked };
  const spec = {
    terminationGracePeriodSeconds: 10,
    initContainers: [proxy],
    containers: [{ ...web(), readinessProbe: { httpGet } }],
  };
  const { results } = await gate({
    spec,
    app: { web: HEALTHY, proxy: [{ at: '1s', http: { '9090': { '/healthz': 200 } } }] },
  });
  const told = results.filter(({ check }) =>
    ['liveness-detects-hang', 'recovers', 'probe-independence'].includes(check),
  );
  expect(
    told.flatMap(({ answers }) => answers.map((one) => `${one.outcome}: ${sentenceOf(one)}`)),
  ).toMatchInlineSnapshot(`
[
  "passed: proxy restarts 41s after it hangs. A pause of 31s is enough for its liveness probe to kill it.",
  "passed: web restarts 26s after it hangs. A pause of 16s is enough for its liveness probe to kill it.",
  "passed: the pod is Ready again 10s after proxy hung",
  "passed: the pod is Ready again 10s after web hung",
  "passed: the pod is Ready again 10s after proxy crashed",
  "passed: the pod is Ready again 10s after web crashed",
  "passed: web does not restart while proxy hangs",
  "passed: proxy does not restart while web hangs",
]
`);
});

test('keeps finished results and starts no new pod after the --within limit', async () => {
  const outOfTimeAt = 'the pod to stay Ready';
  const { results, started } = await gate({ spec: pod(), app: { web: HEALTHY }, outOfTimeAt });
  expect(started).toBe(1);
  const told = results.map(
    ({ check, outcome, answers }) => `${check}: ${outcome}: ${answers.slice(0, 1).map(sentenceOf)}`,
  );
  expect(told.slice(0, 2)).toEqual([
    'ready-in-budget: passed: the pod is Ready after 1s',
    'stays-ready: notRun: experiment "undisturbed": the --within limit was reached before this check ran. Raise --within.',
  ]);
});

test('keeps a failure without a patch if the time for a patch is over', async () => {
  const app = { web: [{ at: '20s', http: { '8080': { '/healthz': 200 } } }] };
  const outOfTimeAt = 'web to start, however long it takes';
  const { results } = await gate({ spec: pod(), app, outOfTimeAt });
  const [ready] = results;
  expect([ready?.outcome, ready?.answers.map(({ patch }) => patch)]).toEqual(['failed', [undefined]]);
});

test('explains why an experiment could not run if the pod is not Ready', async () => {
  const app = { web: [{ at: '5m', http: { '8080': { '/healthz': 200 } } }] };
  const { results } = await gate({ spec: pod({ livenessProbe: undefined }), app, checks: ['recovers'] });
  expect(results.flatMap(({ answers }) => answers.map(sentenceOf))).toMatchInlineSnapshot(`
[
  "experiment "web hangs": the pod did not become Ready: the readiness probe of web fails (Get "http://10.244.0.7:8080/healthz": dial tcp 10.244.0.7:8080: connect: connection refused)",
  "experiment "web crashes": ready-in-budget failed. Fix it first.",
]
`);
});
