import { expect, test } from '@jest/globals';
import { lint, simulatePod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { after, CREATED } from '../../../src/clock/instant';
import { Simulation } from '../../../src/pod/simulated/simulation';
import { isReady } from '../../../src/timeline/condition';
import { secondsOf, web } from './web';

const healthz = 'httpGet: { path: /healthz, port: 8080 }';
const ready = 'httpGet: { path: /ready, port: 8080 }';

test('a slow start restarts the container, unless a startup probe delays liveness', async () => {
  const slow = { web: [{ at: '60s', http: { 8080: { '/healthz': 200 } } }] };
  const impatient = simulatePod(web(`livenessProbe: { ${healthz} }`), slow);
  await expect(impatient).toRestart({ because: 'liveness', within: '40s' });

  const startup = `startupProbe: { ${healthz}, periodSeconds: 5, failureThreshold: 30 }`;
  const patient = simulatePod(web(`livenessProbe: { ${healthz} }\n${startup}`), slow);
  await expect(patient).toBecomeReady();
  await expect(patient).not.toRestart({ since: 'start', within: '1h' });
});

test('the pod stays Ready until the container exits after a liveness failure', async () => {
  const pod = simulatePod(web(`livenessProbe: { ${healthz} }\nreadinessProbe: { ${ready} }`), {
    web: [
      { at: '0s', http: { 8080: { '/healthz': 200, '/ready': 200 } } },
      { at: '30s', run: 1, http: { 8080: { '/healthz': 500 } }, onTerm: { exitAfter: '20s' } },
    ],
  });
  await expect(pod).toBecomeReady();
  await expect(pod).toBecomeUnready({ within: '5m' });
  const [killing = 0, exited = 0, unready = 0] = [
    ...secondsOf(pod, 'Killing'),
    ...secondsOf(pod, 'ContainerExited'),
    pod.timeline.now / 1000,
  ];
  expect([exited - killing, unready - killing]).toEqual([20, 20]);
});

test('a liveness restart takes the whole grace period if the process ignores SIGTERM', async () => {
  const hung = { web: [{ at: '0s', onTerm: { ignore: true } }] };
  const pod = simulatePod(web(`livenessProbe: { ${healthz} }`), hung);
  await expect(pod).toRestart({ within: '2m' });
  expect((secondsOf(pod, 'Started')[1] ?? 0) - (secondsOf(pod, 'Killing')[0] ?? 0)).toBe(30);

  const brisk = simulatePod(web(`livenessProbe: { ${healthz}, terminationGracePeriodSeconds: 5 }`), hung);
  await expect(brisk).toRestart({ within: '2m' });
  expect((secondsOf(brisk, 'Started')[1] ?? 0) - (secondsOf(brisk, 'Killing')[0] ?? 0)).toBe(5);
});

test('the grace period of a probe does not apply to a deletion', async () => {
  const pod = simulatePod(web(`livenessProbe: { exec: { command: [check] }, terminationGracePeriodSeconds: 2 }`), {
    web: [{ at: '0s', onTerm: { ignore: true } }],
  });
  pod.advance('1m');
  await pod.delete();
  const [term = 0, kill = 0] = secondsOf(pod, 'SignalSent');
  expect(kill - term).toBe(30);
});

test('a liveness probe that depends on the database restarts the app in an outage', async () => {
  const probes = `livenessProbe: { ${ready} }\nreadinessProbe: { ${ready} }`;
  expect(lint(web(probes)).findings.map(({ code }) => code)).toContain('liveness-same-as-readiness');
  const databaseDown = [
    { at: '0s', http: { 8080: { '/ready': 200, '/healthz': 200 } } },
    { at: '30s', http: { 8080: { '/ready': 503 } } },
  ];
  const same = simulatePod(web(probes), { web: databaseDown });
  await expect(same).toRestart({ because: 'liveness', within: '2m' });

  const apart = simulatePod(web(`livenessProbe: { ${healthz} }\nreadinessProbe: { ${ready} }`), { web: databaseDown });
  await expect(apart).toBecomeReady();
  await expect(apart).toBecomeUnready({ within: '2m' });
  await expect(apart).not.toRestart({ within: '1h' });
});

test('validation rejects a successThreshold above 1 on a liveness probe', () => {
  const { problems } = lint(web(`livenessProbe: { ${healthz}, successThreshold: 2 }`));
  expect(problems.map(({ detail }) => detail)).toEqual([expect.stringContaining('must be 1')]);
});

test('a readiness probe never restarts a container', async () => {
  const pod = simulatePod(web(`readinessProbe: { ${ready} }`), {
    web: [{ at: '0s', http: { 8080: { '/ready': 500 } } }],
  });
  await expect(pod).not.toRestart({ within: '1h' });
  expect(pod).toHavePhase('Running');
});

test('a completed container makes its pod unready', async () => {
  const two = `
apiVersion: v1
kind: Pod
metadata: { name: shop }
spec:
  restartPolicy: OnFailure
  containers:
    - { name: web, image: "shop/web:1" }
    - { name: seed, image: "shop/seed:1" }
`;
  const pod = simulatePod(two, { seed: [{ at: '10s', exit: 0 }] });
  await expect(pod).toBecomeReady();
  await expect(pod).toBecomeUnready({ within: '1m' });
  expect(pod).toHavePhase('Running');
});

test.each([
  ['1.34', false],
  ['1.35', true],
])('the kubelet of %s keeps a container ready after its own restart: %s', (kubernetesVersion, staysReady) => {
  const { pod } = simulatePod(web(`readinessProbe: { ${ready} }`));
  const script = { web: [{ at: '0s', http: { 8080: { '/ready': 200 } } }] };
  const simulation = new Simulation(pod, script, { kubernetesVersion });
  simulation.advance(after(CREATED, 30_000));
  simulation.observe({ kind: 'KubeletRestarted' });
  simulation.advance(after(CREATED, 60_000));
  const readiness = simulation.timeline.of('StatusPublished').map(({ status }) => isReady(status));
  expect(readiness.slice(readiness.indexOf(true)).every((is) => is)).toBe(staysReady);
});
