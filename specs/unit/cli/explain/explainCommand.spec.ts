import { expect, test } from '@jest/globals';
import { cli } from '../cli';

test('explains the budgets of probes and stop, and plays the restarts', () => {
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
Pod/web: restartPolicy Always, 30 s of grace

  container web
  PROBE       FIRST ATTEMPT           NOTICED WITHIN   START MAY TAKE   CHECK
  startup     0–10 s                  301 s            290–301 s        http-get http://:8080/livez
  liveness    0–10 s, after startup   31 s             -                http-get http://:8080/livez
  readiness   0–5 s, after startup    16 s             -                http-get http://:8080/readyz

  start: its startupProbe gives it 290 s for sure; what is not up after 301 s is killed and started anew. Until it has succeeded the other probes wait.
  restart by liveness: from Kubernetes 1.35 on it begins as started for up to 10 s (kubernetes/kubernetes#141155): its startupProbe is tried before liveness can decide.
  liveness: a fault is noticed within 31 s (10s + 2 × 10s + 1s); stopping takes up to 30 s more, so it is started anew, where back-off does not hold it up, within 61 s. A liveness failure does nothing to readiness: the container stays Ready, and gets requests, until it is gone, unless readiness fails by itself (within 16 s).
  readiness: a fault takes it out of traffic within 16 s (5s + 2 × 5s + 1s) and restarts nothing; one success brings it back.
  shutdown: preStop 5 s, then SIGTERM and 25 s to stop, SIGKILL after 30 s.

  restarts: a process that ends at once is restarted after waits of 0, 10, 20, 40, 80, 160, 300, 300, 300, 300 s, and so on.
  restarts: one that liveness finds dead from the start, and that ends on SIGTERM, is restarted after waits of 0, 0, 0, 0, 0, 80, 160, 300, 0, 300 s, and so on.

  RESTART   CRASH WAITS   STARTS AT   LIVENESS WAITS   STARTS AT
  1         0 s           0 s         0 s              45 s
  2         10 s          10 s        0 s              1 m 35 s
  3         20 s          30 s        0 s              2 m 25 s
  4         40 s          1 m 10 s    0 s              3 m 15 s
  5         80 s          2 m 30 s    0 s              4 m 5 s
  6         160 s         5 m 10 s    80 s             6 m 15 s
  7         300 s         10 m 10 s   160 s            9 m 45 s
  8         300 s         15 m 10 s   300 s            15 m 35 s
  9         300 s         20 m 10 s   0 s              16 m 25 s
  10        300 s         25 m 10 s   300 s            22 m 15 s
`,
  });
});

test('counts a postStart hook before the probes', () => {
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
    'start: its startupProbe gives it 19 s for sure (postStart takes 15 s of them); what is not up after 21 s is killed',
  );
  expect(cli(['explain', '-f', '-'], pod('exec: {command: [warm-up]}')).stdout).toContain(
    'what is not up after 6 s is killed and started anew. Both count from the end of its postStart hook, which nothing limits.',
  );
});

test('says that nothing restarts what has ended for good', () => {
  const job = `apiVersion: batch/v1
kind: Job
metadata: {name: import}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: import, image: import:1}]}}}
`;
  expect(cli(['explain', '-'], job)).toMatchObject({
    code: 0,
    stdout: `\
Job/import: restartPolicy Never, 30 s of grace
  What its controller does (backoffLimit, activeDeadlineSeconds of the Job) is not played.

  container import
  start: nothing ends a start that takes too long.
  liveness: none; a process that hangs is never restarted.
  readiness: none; it is Ready as soon as its process runs, and until that ends.
  shutdown: SIGTERM at once, SIGKILL after 30 s.

  restarts: a process that ends at once is never restarted: the pod is Failed.
`,
  });
});

test('says of a probe that cannot be carried out that it decides nothing', () => {
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

test('explains what the charts of others render to, whatever they mount', () => {
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

test('an invalid manifest ends with 2, and is not explained', () => {
  const { code, stdout, stderr } = cli(['explain', 'specs/unit/manifest/ten-mistakes.yaml']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.match(/ten-mistakes\.yaml:\d+:\d+/g)).toHaveLength(10);
});
