import { expect, test } from '@jest/globals';
import { cli } from '../cli';

test('prints the time limits of probes and shutdown, and the schedule of restarts', () => {
  const pod = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: web:1
      startupProbe: {httpGet: {path: /livez, port: 8080}, failureThreshold: 30}
      livenessProbe: {httpGet: {path: /livez, port: 8080}}
      readinessProbe: {httpGet: {path: /readyz, port: 8080}, periodSeconds: 5}
      lifecycle: {preStop: {sleep: {seconds: 5}}}
`;
  expect(cli(['explain', '-f', '-'], pod)).toMatchObject({
    code: 0,
    stderr: '',
    stdout: `\
Pod/web: restartPolicy Always, 30s of grace

  container web
  PROBE       FIRST ATTEMPT          NOTICED WITHIN   START MAY TAKE   CHECK
  startup     0–10s                  301s             290–301s         http-get http://:8080/livez
  liveness    0–10s, after startup   31s              -                http-get http://:8080/livez
  readiness   0–5s, after startup    16s              -                http-get http://:8080/readyz

  start: its startupProbe gives it 4m50s for sure; what is not up after 5m1s is killed and started anew. Until it has succeeded the other probes wait.
  restart by liveness: from Kubernetes 1.35 on it begins as started for up to 10s (kubernetes/kubernetes#141155): its startupProbe is tried before liveness can decide.
  liveness: a fault is noticed within 31s (10s + 2 × 10s + 1s); stopping takes up to 30s more, so it is started anew, where back-off does not hold it up, within 1m1s. A liveness failure does nothing to readiness: the container stays Ready, and gets requests, until it is gone, unless readiness fails by itself (within 16s).
  readiness: a fault takes it out of traffic within 16s (5s + 2 × 5s + 1s) and restarts nothing; one success brings it back.
  shutdown: preStop 5s, then SIGTERM and 25s to stop, SIGKILL after 30s.

  restarts: a process that ends at once is restarted after waits of 0, 10, 20, 40, 80, 160, 300, 300, 300, 300s, and so on.
  restarts: one that liveness finds dead from the start, and that ends on SIGTERM, is restarted after waits of 0, 0, 0, 0, 0, 80, 160, 300, 0, 300s, and so on.

  RESTART   CRASH WAITS   STARTS AT   LIVENESS WAITS   STARTS AT
  1         0s            0s          0s               45s
  2         10s           10s         0s               1m35s
  3         20s           30s         0s               2m25s
  4         40s           1m10s       0s               3m15s
  5         80s           2m30s       0s               4m5s
  6         160s          5m10s       80s              6m15s
  7         300s          10m10s      160s             9m45s
  8         300s          15m10s      300s             15m35s
  9         300s          20m10s      0s               16m25s
  10        300s          25m10s      300s             22m15s
`,
  });
});

test('includes a postStart hook in the time before the probes', () => {
  const pod = (hook: string) => `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: web:1
      startupProbe: {httpGet: {path: /livez, port: 8080}, periodSeconds: 1, failureThreshold: 5}
      lifecycle: {postStart: {${hook}}}
`;
  expect(cli(['explain', '-f', '-'], pod('sleep: {seconds: 15}')).stdout).toContain(
    'start: its startupProbe gives it 19s for sure (postStart takes 15s of them); what is not up after 21s is killed',
  );
  expect(cli(['explain', '-f', '-'], pod('exec: {command: [warm-up]}')).stdout).toContain(
    'what is not up after 6s is killed and started anew. Both count from the end of its postStart hook, which nothing limits.',
  );
});

test('prints that a pod with restartPolicy Never is not restarted', () => {
  const job = `apiVersion: batch/v1
kind: Job
metadata: {name: import}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: import, image: import:1}]}}}
`;
  expect(cli(['explain', '-'], job)).toMatchObject({
    code: 0,
    stdout: `\
Job/import: restartPolicy Never, 30s of grace
  What its controller does (backoffLimit, activeDeadlineSeconds of the Job) is not played.

  container import
  start: nothing ends a start that takes too long.
  liveness: none; a process that hangs is never restarted.
  readiness: none; it is Ready as soon as its process runs, and until that ends.
  shutdown: SIGTERM at once, SIGKILL after 30s.

  restarts: a process that ends at once is never restarted: the pod is Failed.
`,
  });
});

test('prints that a probe that cannot run has no effect', () => {
  const pod = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: web, image: web:1, livenessProbe: {httpGet: {port: http}}}]}
`;
  const { stdout } = cli(['explain', '-'], pod);
  expect(stdout).toContain('liveness: never notices a fault: no port of the container is named "http"');
  expect(stdout).toContain(
    'one that liveness finds dead from the start, and that ends on SIGTERM, is never restarted.',
  );
});

test('explains the rendered charts of other projects, whatever they mount', () => {
  const charts = ['ingress-nginx', 'redis', 'prometheus', 'spring', 'helm-create'];
  const { code, stdout, stderr } = cli([
    'explain',
    ...charts.map((chart) => `specs/unit/manifest/charts/${chart}.yaml`),
  ]);
  expect(stdout.match(/^\w+\/[\w-]+/gm)).toEqual([
    'Deployment/ingress-nginx-controller',
    'Job/ingress-nginx-admission-create',
    'StatefulSet/redis-master',
    'Deployment/prometheus-server',
    'DaemonSet/prometheus-prometheus-node-exporter',
    'Deployment/orders',
    'Deployment/demo',
    'Pod/demo-test-connection',
  ]);
  expect(stdout.match(/(at once|SIGTERM,) is never restarted/g)).toHaveLength(1);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test('exits with 2 and prints no explanation if the manifest is invalid', () => {
  const { code, stdout, stderr } = cli(['explain', 'specs/unit/manifest/ten-mistakes.yaml']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.match(/ten-mistakes\.yaml:\d+:\d+/g)).toHaveLength(10);
});
