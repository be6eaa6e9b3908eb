import { expect, test } from '@jest/globals';
import { s, simulate, statesOf, story } from './scenarios';

test('restarts after 3 liveness failures and a grace period if PID 1 ignores SIGTERM', () => {
  const livenessProbe = { exec: { command: ['cat', '/tmp/healthy'] }, initialDelaySeconds: 5, periodSeconds: 5 };
  const pod = simulate(
    { containers: [{ name: 'app', livenessProbe }] },
    {
      app: [
        { at: '0s', onTerm: { ignore: true } },
        { at: '30s', exec: { 'cat /tmp/healthy': 1 } },
      ],
    },
  );
  pod.advance(s(71));
  expect(story(pod, 'Unhealthy', 'Killing', 'SignalSent', 'ContainerExited', 'Started')).toEqual([
    '0 app Started',
    '30 app Unhealthy',
    '35 app Unhealthy',
    '40 app Unhealthy',
    '40 app Killing',
    '40 app SignalSent SIGTERM',
    '70 app SignalSent SIGKILL',
    '70 app ContainerExited 137',
    '70 app Started',
  ]);
  expect(pod.state.status.containerStatuses[0]?.restartCount).toBe(1);
});

test('keeps a container Ready while it stops because of a liveness failure', () => {
  const livenessProbe = { tcpSocket: { port: 1 }, failureThreshold: 1, periodSeconds: 1 };
  const app = { app: [{ at: '0s', onTerm: { ignore: true } }] };
  const pod = simulate({ containers: [{ name: 'app', livenessProbe }] }, app);
  pod.advance(s(20));
  expect(story(pod, 'Killing')).toEqual(['1 app Killing']);
  expect(pod.state.status.conditions.find(({ type }) => type === 'Ready')?.status).toBe('True');
});

test('ignores a probe whose port name does not exist in the container', () => {
  const readinessProbe = { httpGet: { port: 'web' }, periodSeconds: 10 };
  const pod = simulate({ containers: [{ name: 'app', readinessProbe }] });
  pod.advance(s(35));
  expect(pod.state.status.containerStatuses[0]?.ready).toBe(false);
  expect(new Set(pod.timeline.of('Unhealthy').map(({ message }) => message))).toEqual(
    new Set(['Readiness probe errored and resulted in unknown state: port "web" not found']),
  );
});

test('restarts a container with exit code 0 once, then enters CrashLoopBackOff', () => {
  const pod = simulate({ containers: [{ name: 'app' }] }, { app: [{ at: '1s', exit: 0 }] });
  pod.advance(s(12));
  expect(story(pod, 'Started', 'BackOff')).toEqual([
    '0 app Started',
    '1 app Started',
    '2 app BackOff',
    '12 app Started',
  ]);
  expect(statesOf(pod, 'app')).toEqual([
    'waiting ContainerCreating',
    'running',
    'terminated Completed',
    'running',
    'terminated Completed',
    'waiting CrashLoopBackOff',
    'running',
  ]);
});

test('delays liveness and readiness until the startup probe succeeds', () => {
  const exec = (name: string) => ({ exec: { command: [name] } });
  const pod = simulate(
    {
      containers: [
        {
          name: 'app',
          startupProbe: { ...exec('startup'), periodSeconds: 10, failureThreshold: 30 },
          livenessProbe: { ...exec('liveness'), periodSeconds: 7 },
          readinessProbe: { ...exec('readiness'), periodSeconds: 60 },
        },
      ],
    },
    {
      app: [
        { at: '0s', exec: { startup: 1 } },
        { at: '95s', exec: { startup: 0 } },
      ],
    },
  );
  pod.advance(s(110));
  const probed = pod.timeline.of('ProbeFinished').map(({ at, probe }) => `${at / 1000} ${probe}`);
  expect(probed.slice(8)).toEqual(['90 startup', '100 startup', '100 readiness', '105 liveness']);
});

test('deducts a preStop hook from the grace period', () => {
  const lifecycle = { preStop: { sleep: { seconds: 5 } } };
  const app = { app: [{ at: '0s', onTerm: { ignore: true } }] };
  const pod = simulate({ terminationGracePeriodSeconds: 10, containers: [{ name: 'app', lifecycle }] }, app);
  pod.advance(s(1));
  pod.observe({ kind: 'DeleteRequested' });
  pod.advance(s(20));
  expect(story(pod, 'SignalSent', 'PodRemoved')).toEqual([
    '6 app SignalSent SIGTERM',
    '11 app SignalSent SIGKILL',
    '11 PodRemoved',
  ]);
});

test('gives the app 2s after SIGTERM if preStop takes the whole grace period', () => {
  const lifecycle = { preStop: { sleep: { seconds: 10 } } };
  const app = { app: [{ at: '0s', onTerm: { ignore: true } }] };
  const pod = simulate({ terminationGracePeriodSeconds: 10, containers: [{ name: 'app', lifecycle }] }, app);
  pod.advance(s(1));
  pod.observe({ kind: 'DeleteRequested' });
  pod.advance(s(20));
  expect(story(pod, 'SignalSent')).toEqual(['11 app SignalSent SIGTERM', '13 app SignalSent SIGKILL']);
});

test('counts probe failures before a crash against the next instance', () => {
  const livenessProbe = { exec: { command: ['check'] }, periodSeconds: 10 };
  const pod = simulate(
    { containers: [{ name: 'app', livenessProbe }] },
    {
      app: [
        { at: '0s', run: 1, exec: { check: 1 } },
        { at: '25s', run: 1, exit: 1 },
        { at: '0s', run: '2+', exec: { check: 1 } },
      ],
    },
  );
  pod.advance(s(35));
  expect(story(pod, 'Unhealthy', 'ContainerExited', 'Killing')).toEqual([
    '10 app Unhealthy',
    '20 app Unhealthy',
    '25 app ContainerExited 1',
    '30 app Unhealthy',
    '30 app Killing',
    '30 app ContainerExited 143',
  ]);
});

test('ends a pod with OnFailure if back-off delays a container with exit code 0', () => {
  const livenessProbe = { tcpSocket: { port: 1 }, initialDelaySeconds: 5, periodSeconds: 1, failureThreshold: 1 };
  const app = { app: [{ at: '0s', onTerm: { code: 0 } }] };
  const pod = simulate({ restartPolicy: 'OnFailure', containers: [{ name: 'app', livenessProbe }] }, app);
  pod.advance(s(120));
  expect(story(pod, 'Started')).toEqual(['0 app Started', '5 app Started', '10 app Started']);
  expect(pod.state.status.phase).toBe('Succeeded');
});

test('succeeds with a warning on a redirect to another host', () => {
  const readinessProbe = { httpGet: { port: 80, path: '/login' } };
  const elsewhere = { status: 302, location: 'https://sso.example.com/' };
  const pod = simulate(
    { containers: [{ name: 'app', readinessProbe }] },
    { app: [{ at: '0s', http: { 80: { '/login': elsewhere } } }] },
  );
  pod.advance(s(1));
  expect(pod.state.status.containerStatuses[0]?.ready).toBe(true);
  expect(pod.timeline.of('ProbeWarning')[0]?.message).toBe(
    'Readiness probe warning: Probe terminated redirects, Response body: ',
  );
});

test('delays probes, later containers and deletion while a postStart hook runs', () => {
  const lifecycle = { postStart: { exec: { command: ['prepare'] } } };
  const readinessProbe = { tcpSocket: { port: 80 } };
  const pod = simulate(
    { containers: [{ name: 'app', lifecycle, readinessProbe }, { name: 'other' }] },
    { app: [{ at: '0s', tcp: { 80: 'open' }, exec: { prepare: { takes: '60s' } } }] },
  );
  pod.advance(s(10));
  pod.observe({ kind: 'DeleteRequested' });
  pod.advance(s(100));
  expect(statesOf(pod, 'app').slice(0, 1)).toEqual(['waiting ContainerCreating']);
  expect(story(pod, 'HookFinished', 'Started', 'ProbeFinished', 'Killing')).toEqual([
    '0 app Started',
    '60 app HookFinished',
    '60 other Started',
    '60 app Killing',
    '60 other Killing',
    // Readiness probes continue while the pod terminates.
    '60 app ProbeFinished',
  ]);
});

test('shows ContainerCreating for a running container until the last one starts', () => {
  const pod = simulate({
    containers: [{ name: 'app' }, { name: 'slow', lifecycle: { postStart: { sleep: { seconds: 30 } } } }],
  });
  pod.advance(s(29));
  expect(story(pod, 'ContainerStarted')).toEqual(['0 app ContainerStarted', '0 slow ContainerStarted']);
  expect(statesOf(pod, 'app')).toEqual(['waiting ContainerCreating']);
  pod.advance(s(30));
  expect(statesOf(pod, 'app')).toEqual(['waiting ContainerCreating', 'running']);
});

test('keeps a pod with a finalizer in the API after its containers have exited', () => {
  const containers = [{ name: 'app' }];
  const simulateRemoval = (finalizers: readonly string[]) => {
    const pod = simulate({ containers }, {}, {}, { finalizers });
    pod.observe({ kind: 'DeleteRequested' });
    pod.advance(s(60));
    return [pod.state.status.phase, pod.state.removed];
  };
  expect(simulateRemoval([])).toEqual(['Failed', true]);
  expect(simulateRemoval(['example.com/backup'])).toEqual(['Failed', false]);
});
