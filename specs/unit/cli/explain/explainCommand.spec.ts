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
Pod/web: restartPolicy Always, grace period 30s

  container web
  PROBE       FIRST ATTEMPT          DETECTED WITHIN   START MAY TAKE   CHECK
  startup     0–10s                  301s              290–301s         http-get http://:8080/livez
  liveness    0–10s, after startup   31s               -                http-get http://:8080/livez
  readiness   0–5s, after startup    16s               -                http-get http://:8080/readyz

  start: web has at least 4m50s to start. If it is not up after 5m1s, the startupProbe restarts it. The other probes wait for the startupProbe.
  restart by liveness: since Kubernetes 1.35, the next instance counts as started for up to 10s (kubernetes/kubernetes#141155): its startupProbe runs before liveness can kill it.
  liveness: a fault is detected within 31s (10s + 2 × 10s + 1s). Stopping takes up to 30s more, so without back-off it restarts within 1m1s. A liveness failure does not change readiness: the container stays Ready and receives requests until it exits, unless readiness fails too (within 16s).
  readiness: a fault removes the pod from the Service endpoints within 16s (5s + 2 × 5s + 1s), without a restart. One success makes it Ready again.
  shutdown: preStop 5s, then SIGTERM and 25s to stop, SIGKILL after 30s.

  restarts: a process that exits immediately restarts after waits of 0, 10, 20, 40, 80, 160, 300, 300, 300, 300s, and so on.
  restarts: an app that always fails liveness and exits on SIGTERM restarts after waits of 0, 0, 0, 0, 0, 80, 160, 300, 0, 300s, and so on.

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
    'start: web has at least 19s to start (15s of it for postStart). If it is not up after 21s, the startupProbe restarts it',
  );
  expect(cli(['explain', '-f', '-'], pod('exec: {command: [warm-up]}')).stdout).toContain(
    'If it is not up after 6s, the startupProbe restarts it. Both times count from the end of the postStart hook, which has no limit.',
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
Job/import: restartPolicy Never, grace period 30s
  The Job controller is not simulated (backoffLimit, activeDeadlineSeconds of the Job).

  container import
  start: no probe limits how long the start takes.
  liveness: no probe, so a process that hangs is never restarted.
  readiness: no probe. The container is Ready as soon as its process runs, until the process exits.
  shutdown: SIGTERM immediately, SIGKILL after 30s.

  restarts: a process that exits immediately never restarts: the pod is Failed.
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
  expect(stdout).toContain('liveness: the probe never detects a fault: no port of the container is named "http"');
  expect(stdout).toContain('an app that always fails liveness and exits on SIGTERM never restarts.');
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
  expect(stdout.match(/(immediately|SIGTERM) never restarts/g)).toHaveLength(1);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test('exits with 2 and prints no explanation if the manifest is invalid', () => {
  const { code, stdout, stderr } = cli(['explain', 'specs/unit/manifest/ten-mistakes.yaml']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.match(/ten-mistakes\.yaml:\d+:\d+/g)).toHaveLength(10);
});
