import { expect, test } from '@jest/globals';
import type { FeatureGates } from '../../../src/manifest/featureGates/featureGates';
import { s, simulate, story } from './scenarios';

const sidecar = { name: 'proxy', restartPolicy: 'Always' as const };
const deaf = [{ at: '0s', onTerm: { exitAfter: '5s', code: 0 } }];

function simulateDeletion(
  kubernetesVersion: string,
  spec: Parameters<typeof simulate>[0],
  app: Parameters<typeof simulate>[1],
) {
  const pod = simulate(spec, app, { kubernetesVersion });
  pod.advance(s(1));
  pod.observe({ kind: 'DeleteRequested' });
  pod.advance(s(100));
  return pod;
}

test('sends SIGTERM to a sidecar after the regular containers since 1.29', () => {
  const spec = { initContainers: [sidecar], containers: [{ name: 'app' }] };
  const signals = (version: string) => story(simulateDeletion(version, spec, { app: deaf }), 'SignalSent');
  expect(signals('1.29')).toEqual(['1 app SignalSent SIGTERM', '6 proxy SignalSent SIGTERM']);
  expect(signals('1.28')).toEqual(['1 proxy SignalSent SIGTERM', '1 app SignalSent SIGTERM']);
});

test('deducts preStop from the grace period of a deleted pod since 1.28', () => {
  const lifecycle = { preStop: { sleep: { seconds: 20 } } };
  const spec = { terminationGracePeriodSeconds: 30, containers: [{ name: 'app', lifecycle }] };
  const app = { app: [{ at: '0s', onTerm: { ignore: true } }] };
  expect(story(simulateDeletion('1.28', spec, app), 'SignalSent')).toEqual([
    '21 app SignalSent SIGTERM',
    '31 app SignalSent SIGKILL',
  ]);
  expect(story(simulateDeletion('1.27', spec, app), 'SignalSent')).toEqual([
    '21 app SignalSent SIGTERM',
    '51 app SignalSent SIGKILL',
  ]);
});

test('sets the terminal phase of a deleted pod from its exit codes since 1.27', () => {
  const spec = { containers: [{ name: 'app' }] };
  const app = { app: [{ at: '0s', onTerm: { code: 0 } }] };
  expect(simulateDeletion('1.27', spec, app).state.status.phase).toBe('Succeeded');
  expect(simulateDeletion('1.26', spec, app).state.status.phase).toBe('Failed');
});

test('restarts the ticker of a readiness probe that runs between its ticks since 1.32', () => {
  const startupProbe = { exec: { command: ['startup'] }, periodSeconds: 4 };
  const readinessProbe = { exec: { command: ['ready'] }, periodSeconds: 10, failureThreshold: 1 };
  const app = { app: [{ at: '0s', exec: { ready: 1 } }] };
  const simulateProbes = (kubernetesVersion: string) => {
    const pod = simulate({ containers: [{ name: 'app', startupProbe, readinessProbe }] }, app, { kubernetesVersion });
    pod.advance(s(25));
    const readiness = pod.timeline.of('ProbeFinished').filter(({ probe }) => probe === 'readiness');
    return [...new Set(readiness.map(({ at }) => at / 1000))];
  };
  expect(simulateProbes('1.32')).toEqual([4, 14, 24]);
  expect(simulateProbes('1.31')).toEqual([4, 10, 20]);
});

test('retries at the end of back-off since 1.35, and every 10s before', () => {
  const simulateBackOff = (kubernetesVersion: string) => {
    const app = { app: [{ at: '3s', exit: 1 }] };
    const pod = simulate({ containers: [{ name: 'app' }] }, app, { kubernetesVersion });
    pod.advance(s(40));
    return story(pod, 'BackOff', 'Started').slice(2);
  };
  expect(simulateBackOff('1.35')).toEqual(['6 app BackOff', '16 app Started', '19 app BackOff', '39 app Started']);
  expect(simulateBackOff('1.34')).toEqual([
    '6 app BackOff',
    '16 app Started',
    '19 app BackOff',
    '29 app BackOff',
    '39 app Started',
  ]);
});

test('fails an exec probe at its timeout, unless ExecProbeTimeout is off', () => {
  const livenessProbe = { exec: { command: ['alive'] }, periodSeconds: 5, failureThreshold: 1 };
  const app = { app: [{ at: '0s', exec: { alive: { takes: '3s' } } }] };
  const simulateTimeout = (featureGates: FeatureGates) => {
    const pod = simulate({ containers: [{ name: 'app', livenessProbe }] }, app, {
      kubernetesVersion: '1.34',
      featureGates,
    });
    pod.advance(s(20));
    return pod.timeline.of('ContainerExited').length > 0;
  };
  expect(simulateTimeout({})).toBe(true);
  expect(simulateTimeout({ ExecProbeTimeout: false })).toBe(false);
});

test('uses the event messages of the version', () => {
  const messages = (kubernetesVersion: string) => {
    const pod = simulate({ containers: [{ name: 'app' }] }, { app: [{ at: '0s', exit: 1 }] }, { kubernetesVersion });
    pod.advance(s(5));
    return ['Created', 'Started', 'BackOff']
      .map(
        (kind) =>
          pod.timeline.events.find((event) => event.kind === kind && 'message' in event) as { message?: string },
      )
      .map((event) => event?.message);
  };
  expect(messages('1.36')).toEqual([
    'Container created',
    'Container started',
    'Back-off restarting failed container app in pod web_shop(7)',
  ]);
  expect(messages('1.29')).toEqual([
    'Created container: app',
    'Started container app',
    'Back-off restarting failed container app in pod web_shop(7)',
  ]);
  expect(messages('1.25')).toEqual([
    'Created container app',
    'Started container app',
    'Back-off restarting failed container',
  ]);
});
