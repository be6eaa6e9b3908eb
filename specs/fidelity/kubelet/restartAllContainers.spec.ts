import { expect, test } from '@jest/globals';
import type { ContainerStatus } from '../../../src/timeline/podStatus';
import { s, simulate, statesOf, story } from './scenarios';

const rule = { action: 'RestartAllContainers', exitCodes: { operator: 'In', values: [42] } } as const;
const trigger = { name: 'trigger', restartPolicy: 'Never', restartPolicyRules: [rule] } as const;
const spec = { restartPolicy: 'Never', initContainers: [{ name: 'init' }], containers: [trigger, { name: 'web' }] };
const app = {
  init: [{ at: '0s', exit: 0 }],
  trigger: [{ at: '10s', run: 1, exit: 42 }],
  web: [{ at: '0s', onTerm: { exitAfter: '1s', code: 0 } }],
};

function simulateRestart() {
  const pod = simulate(spec, app);
  pod.advance(s(60));
  return pod;
}

test('starts every container and init container again under any restartPolicy', () => {
  const { status } = simulateRestart().state;
  const counts = [...status.initContainerStatuses, ...status.containerStatuses].map(
    ({ name, restartCount }: ContainerStatus) => `${name} ${restartCount}`,
  );
  expect(status.phase).toBe('Running');
  expect(counts).toEqual(['init 1', 'trigger 1', 'web 1']);
});

test('never shows the phase Failed, even if restartPolicy is Never', () => {
  const phases = simulateRestart()
    .timeline.of('StatusPublished')
    .map(({ status }) => status.phase);
  expect(new Set(phases)).toEqual(new Set(['Pending', 'Running']));
});

test('shows a removed container as waiting, and counts its restart immediately', () => {
  const waiting = simulateRestart()
    .timeline.of('StatusPublished')
    .flatMap(({ status }) => status.containerStatuses)
    .find(({ name, state }) => name === 'web' && state.waiting?.reason === 'RestartingAllContainers');
  expect(waiting).toMatchObject({
    restartCount: 1,
    lastState: { terminated: { exitCode: 137, reason: 'RestartingAllContainers' } },
  });
});

test('keeps the exit of the removed instance in the status', () => {
  const web = simulateRestart().state.status.containerStatuses.find(({ name }) => name === 'web');
  expect(web).toMatchObject({
    state: { running: {} },
    lastState: { terminated: { reason: 'RestartingAllContainers' } },
  });
});

test('stops containers with 2s of grace period, and skips preStop and back-off', () => {
  const lifecycle = { preStop: { sleep: { seconds: 5 } } };
  const pod = simulate(
    {
      initContainers: [{ name: 'init' }],
      containers: [
        { name: 'app', restartPolicy: 'Never', restartPolicyRules: [rule] },
        { name: 'other', lifecycle },
      ],
    },
    {
      init: [{ at: '1s', exit: 0 }],
      app: [{ at: '10s', run: 1, exit: 42 }],
      other: [{ at: '0s', onTerm: { ignore: true } }],
    },
  );
  pod.advance(s(60));
  expect(story(pod, 'Started', 'Killing', 'HookStarted', 'SignalSent')).toEqual([
    '0 init Started',
    '1 app Started',
    '1 other Started',
    '11 other Killing',
    '11 other SignalSent SIGTERM',
    '13 other SignalSent SIGKILL',
    '13 init Started',
    '14 app Started',
    '14 other Started',
  ]);
  expect(statesOf(pod, 'app').slice(-4)).toEqual([
    'terminated Error',
    'waiting RestartingAllContainers',
    'waiting PodInitializing',
    'running',
  ]);
});

test('restarts immediately after another exit with the code', () => {
  const pod = simulate(
    { containers: [{ name: 'app', restartPolicy: 'Never', restartPolicyRules: [rule] }] },
    { app: [{ at: '1s', exit: 42 }] },
  );
  pod.advance(s(4));
  expect(story(pod, 'Started')).toEqual([
    '0 app Started',
    '1 app Started',
    '2 app Started',
    '3 app Started',
    '4 app Started',
  ]);
});
