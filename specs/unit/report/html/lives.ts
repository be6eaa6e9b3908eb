import { profiles, type SimulatedPod, simulatePod } from 'jest-kubelet';
import { historyOf } from '../../../../src/timeline/history/podHistory';
import { writable } from '../../timeline/events';

/** Simulates examples/kubia: its proxy fails its health check, is restarted, and exits several times on request. */
export function kubia(): SimulatedPod {
  const server = [
    { at: '0s', http: { 8080: { '/': 200 } } },
    { at: '0s', stdout: 'Kubia server starting...' },
    { at: '1s', stdout: 'Received request from ::ffff:10.244.0.7' },
  ];
  const healthy = { http: { 9901: { '/ready': 200 } }, stdout: 'listening on 8443, admin on 9901' };
  const pod = simulatePod(
    'examples/kubia/pod.yaml',
    {
      kubia: server,
      proxy: [
        { at: '0s', ...healthy, onTerm: { exitAfter: '400ms', code: 0 } },
        { at: '18s', run: 1, http: { 9901: { '/ready': 503 } }, stdout: 'POST /healthcheck/fail' },
        { at: '30s', run: 2, stdout: 'POST /quitquitquit' },
        { at: '30100ms', run: 2, exit: 0 },
        { at: '12s', run: 3, stdout: 'POST /quitquitquit' },
        { at: '12100ms', run: 3, exit: 0 },
      ],
    },
    { profile: profiles.node },
  );
  pod.advance('120s');
  return pod;
}

/** Simulates examples/graceful-node with common mistakes: it drops requests after its SIGTERM. */
export async function careless(): Promise<SimulatedPod> {
  const pod = simulatePod(
    'examples/graceful-node/careless.yaml',
    {
      web: [
        { at: '300ms', http: { 8080: { '/': 200, '/healthz': 200, '/readyz': 200 } }, stdout: 'listening on 8080' },
        { at: '0s', onTerm: { exitAfter: '200ms', code: 1 } },
      ],
    },
    { profile: profiles.node },
  );
  pod.advance('5s');
  await pod.requests('/', { every: '50ms', endpointRemovalDelay: '1s' });
  pod.advance('10s');
  await pod.delete();
  return pod;
}

/** Texts that a container may write to break a page. */
export const HOSTILE = [
  '<script>alert(1)</script><img src=x onerror=alert(2)>',
  '</script><script>alert(3)</script><!--',
  `"><b onmouseover="alert(4)">'quotes' & &amp; \u0060`,
  '\u001b[31mred\u001b[0m \u001b]8;;https://example.com\u0007link\u001b]8;;\u0007',
  Buffer.from([0x62, 0xff, 0xfe, 0x00, 0xc3]).toString('utf8'),
  '\u202etxet desrever\u2028',
];

/** Simulates a pod whose texts are all hostile: log, probe output, and names as far as Kubernetes allows. */
export function hostile(): SimulatedPod {
  const spec = { containers: [{ name: 'web', image: 'web:1', livenessProbe: { exec: { command: ['check'] } } }] };
  const pod = simulatePod(
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'constructor' }, spec },
    { web: HOSTILE.map((stdout) => ({ at: '1s', stdout })) },
  );
  pod.advance('20s');
  const at = pod.timeline.now;
  for (const output of HOSTILE) {
    const result = { result: 'Failure', output, tookMs: 1, run: 1, threshold: 3 } as const;
    writable(pod.timeline).append({
      at,
      source: 'runtime',
      kind: 'ProbeFinished',
      container: 'web',
      probe: 'liveness',
      ...result,
    });
    writable(pod.timeline).append({
      at,
      source: 'test',
      kind: 'TestActed',
      action: 'exec',
      container: 'web',
      detail: output,
    });
    writable(pod.timeline).append({
      ...{ at, source: 'kubelet', kind: 'Unhealthy', type: 'Warning', from: 'kubelet', container: 'web' },
      message: output,
      probe: 'liveness',
    });
  }
  return pod;
}

/** Simulates a crashing pod like an engine, with the clock moved over each back-off. */
export function quits(): SimulatedPod {
  const spec = { containers: [{ name: 'quits', image: 'busybox:1.36', command: ['true'] }] };
  const pod = simulatePod(
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'quits' }, spec },
    { quits: [{ at: '200ms', exit: 0, stdout: 'bye' }] },
  );
  pod.advance('10m');
  for (const { at, delayMs = 0 } of historyOf(pod.timeline).crashLoopWaits.map(({ refused }) => refused)) {
    writable(pod.timeline).append({
      at,
      source: 'runtime',
      kind: 'TimeSkipped',
      byMs: Math.min(delayMs, pod.timeline.now - at) - 300,
    });
  }
  return pod;
}

/** Simulates a pod with few events, whose image cannot be pulled. */
export function unpulled(): SimulatedPod {
  const spec = { containers: [{ name: 'web', image: 'example.com/web:2' }] };
  const pod = simulatePod(
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'unpulled' }, spec },
    { web: [{ at: '0s', imagePull: { fails: 'example.com/web:2: not found' } }] },
    { profile: profiles.node },
  );
  pod.advance('1s');
  return pod;
}

/** Simulates a pod with sixty events or more: hooks, restarts, back-off, faults of the test, dropped requests and a deletion. */
export async function busy(): Promise<SimulatedPod> {
  const http = { 8080: { '/ready': 200, '/live': 200 } };
  const probe = (path: string, periodSeconds: number) => {
    return { httpGet: { path, port: 8080 }, periodSeconds, failureThreshold: 2 };
  };
  const spec = {
    terminationGracePeriodSeconds: 8,
    initContainers: [{ name: 'migrate', image: 'migrate:1' }],
    containers: [
      {
        name: 'web',
        image: 'web:1',
        ports: [{ containerPort: 8080 }],
        lifecycle: { postStart: { exec: { command: ['warm'] } }, preStop: { exec: { command: ['drain'] } } },
        startupProbe: { ...probe('/ready', 1), failureThreshold: 9 },
        readinessProbe: probe('/ready', 2),
        livenessProbe: probe('/live', 3),
      },
      { name: 'a-worker-with-a-long-name', image: 'worker:1', command: ['sh', '-c', 'work'] },
    ],
  };
  const pod = simulatePod(
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'busy' }, spec },
    {
      migrate: [
        { at: '1s', run: 1, exit: 1, stdout: 'connection refused' },
        { at: '1s', run: '2+', exit: 0 },
      ],
      web: [
        { at: '0s', exec: { warm: { takes: '1s' }, drain: { takes: '3s' } }, onTerm: { exitAfter: '400ms', code: 0 } },
        { at: '3s', http, stdout: 'listening on 8080' },
        { at: '25s', run: 1, http: { 8080: { '/ready': 503, '/live': 503 } }, stdout: 'lost the database' },
      ],
      'a-worker-with-a-long-name': [
        { at: '0s', onTerm: { ignore: true } },
        { at: '4s', run: 1, exit: 3, stdout: 'no work' },
        { at: '6s', run: 2, exit: 3, stdout: 'no work' },
        { at: '5s', run: 3, exit: 0 },
        { at: '5s', run: 4, exit: 137, stdout: 'killed' },
      ],
    },
    { profile: profiles.node },
  );
  pod.advance('40s');
  await pod.requests('/ready', { every: '250ms', endpointRemovalDelay: '1s' });
  await pod.container('web').freeze();
  pod.advance('8s');
  await pod.container('web').thaw();
  pod.advance('30s');
  await pod.container('web').kill();
  pod.advance('60s');
  await pod.delete();
  return pod;
}
