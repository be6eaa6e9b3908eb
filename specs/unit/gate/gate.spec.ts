import { expect, test } from '@jest/globals';
import { gate, HEALTHY, httpGet, outcomes, pod, sentenceOf, web } from './gateOf';

test('passes every check for a correct pod', async () => {
  expect(await outcomes({ spec: pod(), app: { web: HEALTHY } })).toMatchInlineSnapshot(`
{
  "drains": "passed: deleted, the pod drops none of 10 requests (GET /healthz on port 8080)",
  "hooks-run": "passed: the preStop hook of web succeeds",
  "init-order": "notApplicable: there are no init containers",
  "liveness-detects-crash": "passed: when web crashes, it is restarted after 0s",
  "liveness-detects-hang": "passed: when web hangs, it is restarted after 25s; a pause of 15s is enough for its liveness probe to kill it",
  "memory": "passed: no process was killed at a memory limit; the container engine does not tell the working set",
  "probe-independence": "notApplicable: it is one container, and no service was given that it talks to",
  "probes-run": "passed: each probe that ran has a result of its own container",
  "readiness-leaves-endpoints": "passed: when web hangs, the pod leaves the endpoints after 4s",
  "ready-in-budget": "passed: the pod is Ready after 1s",
  "reaps-processes": "notApplicable: the processes of the containers cannot be read here; the processes of the containers cannot be read here",
  "recovers": "passed: 1s after web hung, the pod is Ready again; 1s after web crashed, the pod is Ready again",
  "restart-policy": "passed: nothing of the pod ends by itself",
  "serves-clients": "passed: the pod serves its clients (GET / on port 8080 and GET /healthz on port 8080); no request took 1s or longer. Name a slow one with --path",
  "startup-gates": "notApplicable: no container has a startupProbe that allows a slow start",
  "stays-ready": "passed: left alone, the pod stays Ready for 18s",
  "terminates-in-grace": "passed: deleted, the pod is gone after 3s, without SIGKILL",
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
  "drains": "passed: deleted, the pod drops none of 10 requests (GET /healthz on port 8080)",
  "hooks-run": "notApplicable: no container has a postStart or preStop hook",
  "init-order": "notApplicable: there are no init containers",
  "liveness-detects-crash": "passed: when web crashes, it is restarted after 0s",
  "liveness-detects-hang": "failed: when web hangs, it hangs for ever: its liveness probe still succeeds, as the kernel takes the connections of a process that stands still; ask it by httpGet",
  "memory": "passed: no process was killed at a memory limit; the container engine does not tell the working set",
  "probe-independence": "notApplicable: it is one container, and no service was given that it talks to",
  "probes-run": "passed: each probe that ran has a result of its own container",
  "readiness-leaves-endpoints": "passed: when web hangs, the pod leaves the endpoints after 4s",
  "ready-in-budget": "passed: the pod is Ready after 0s",
  "reaps-processes": "notApplicable: the processes of the containers cannot be read here; the processes of the containers cannot be read here",
  "recovers": "passed: 0s after web hung, the pod is Ready again; 0s after web crashed, the pod is Ready again",
  "restart-policy": "passed: nothing of the pod ends by itself",
  "serves-clients": "passed: the pod serves its clients (GET / on port 8080 and GET /healthz on port 8080); no request took 1s or longer. Name a slow one with --path",
  "startup-gates": "notApplicable: no container has a startupProbe that allows a slow start",
  "stays-ready": "passed: left alone, the pod stays Ready for 18s",
  "terminates-in-grace": "failed: deleted, the pod does not end by itself: web killed with SIGKILL: it still ran 3s after SIGTERM",
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
  "stays-ready: failed: left alone, the pod does not stay Ready: web runs, but its readiness probe fails: HTTP probe failed with statuscode: 500",
  "probes-run: notRun: left alone: stays-ready failed before",
  "hooks-run: notRun: left alone: stays-ready failed before",
  "liveness-detects-hang: notRun: web hangs: stays-ready failed, and until that is mended nothing can be said of it",
  "liveness-detects-crash: notRun: web crashes: stays-ready failed, and until that is mended nothing can be said of it",
  "readiness-leaves-endpoints: notRun: web hangs: stays-ready failed, and until that is mended nothing can be said of it",
  "recovers: notRun: web hangs: stays-ready failed, and until that is mended nothing can be said of it",
  "serves-clients: notRun: under traffic: stays-ready failed, and until that is mended nothing can be said of it",
  "memory: notRun: under traffic: stays-ready failed, and until that is mended nothing can be said of it",
  "reaps-processes: notRun: left alone: stays-ready failed before",
  "restart-policy: notRun: left alone: stays-ready failed before",
  "terminates-in-grace: notRun: left alone: stays-ready failed before",
  "drains: notRun: left alone: stays-ready failed before",
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
  "drains": "notApplicable: no Service selects the pod, and no readiness probe shows a port that clients use",
  "hooks-run": "notApplicable: no container has a postStart or preStop hook",
  "init-order": "notApplicable: there are no init containers",
  "liveness-detects-crash": "passed: when web crashes, it is restarted after 0s",
  "liveness-detects-hang": "notApplicable: no container has a livenessProbe, so nothing restarts one that hangs",
  "memory": "notApplicable: no client sends requests to the pod",
  "probe-independence": "notApplicable: it is one container, and no service was given that it talks to",
  "probes-run": "notApplicable: no container has a probe",
  "readiness-leaves-endpoints": "notApplicable: no container has a readinessProbe, so the pod stays in the endpoints whatever happens",
  "ready-in-budget": "passed: the pod is Ready after 0s",
  "reaps-processes": "notApplicable: the processes of the containers cannot be read here",
  "recovers": "passed: 0s after web crashed, the pod is Ready again",
  "restart-policy": "passed: nothing of the pod ends by itself",
  "serves-clients": "notApplicable: no Service selects the pod, and no readiness probe shows a port that clients use",
  "startup-gates": "notApplicable: no container has a startupProbe that allows a slow start",
  "stays-ready": "passed: left alone, the pod stays Ready for 5s",
  "terminates-in-grace": "passed: deleted, the pod is gone after 1s, without SIGKILL",
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
  "passed: when proxy hangs, it is restarted after 41s; a pause of 31s is enough for its liveness probe to kill it",
  "passed: when web hangs, it is restarted after 26s; a pause of 16s is enough for its liveness probe to kill it",
  "passed: 10s after proxy hung, the pod is Ready again",
  "passed: 10s after web hung, the pod is Ready again",
  "passed: 10s after proxy crashed, the pod is Ready again",
  "passed: 10s after web crashed, the pod is Ready again",
  "passed: while proxy hangs, web is left alone",
  "passed: while web hangs, proxy is left alone",
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
    'stays-ready: notRun: left alone: there was no time left; give it more with --within',
  ]);
});

test('keeps a failure without a patch if the time for a patch is over', async () => {
  const app = { web: [{ at: '20s', http: { '8080': { '/healthz': 200 } } }] };
  const outOfTimeAt = 'a start of web with all the time it takes';
  const { results } = await gate({ spec: pod(), app, outOfTimeAt });
  const [ready] = results;
  expect([ready?.outcome, ready?.answers.map(({ patch }) => patch)]).toEqual(['failed', [undefined]]);
});

test('explains why an experiment could not run if the pod is not Ready', async () => {
  const app = { web: [{ at: '5m', http: { '8080': { '/healthz': 200 } } }] };
  const { results } = await gate({ spec: pod({ livenessProbe: undefined }), app, checks: ['recovers'] });
  expect(results.flatMap(({ answers }) => answers.map(sentenceOf))).toMatchInlineSnapshot(`
[
  "web hangs: its pod did not become Ready: web runs, but its readiness probe fails: Get "http://10.244.0.7:8080/healthz": dial tcp 10.244.0.7:8080: connect: connection refused",
  "web crashes: ready-in-budget failed, and until that is mended nothing can be said of it",
]
`);
});
