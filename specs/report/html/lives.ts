import { NODE, type SimulatedPod, simulatePod } from 'jest-kubelet';

/** examples/kubia: its proxy fails its health check, is restarted, then is told to quit, and again, and again. */
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
    { profile: NODE },
  );
  pod.advance('120s');
  return pod;
}

/** examples/graceful-node with the usual mistakes: asked while it is deleted, it drops what comes after its SIGTERM. */
export async function careless(): Promise<SimulatedPod> {
  const pod = simulatePod(
    'examples/graceful-node/careless.yaml',
    {
      web: [
        { at: '300ms', http: { 8080: { '/': 200, '/healthz': 200, '/readyz': 200 } }, stdout: 'listening on 8080' },
        { at: '0s', onTerm: { exitAfter: '200ms', code: 1 } },
      ],
    },
    { profile: NODE },
  );
  pod.advance('5s');
  await pod.requests('/', { every: '50ms', endpointRemovalDelay: '1s' });
  pod.advance('10s');
  await pod.delete();
  return pod;
}
