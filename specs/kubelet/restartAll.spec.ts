import { expect, test } from '@jest/globals';
import { s, simulate, statesOf, story } from './scenarios';

const onExit42 = {
  restartPolicy: 'Never' as const,
  restartPolicyRules: [
    { action: 'RestartAllContainers' as const, exitCodes: { operator: 'In' as const, values: [42] } },
  ],
};

test('restarts every container, init containers included, without preStop, back-off or more than 2 s of grace', () => {
  const lifecycle = { preStop: { sleep: { seconds: 5 } } };
  const pod = simulate(
    {
      initContainers: [{ name: 'init' }],
      containers: [
        { name: 'app', ...onExit42 },
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

test('does so again at once when the container exits with that code again', () => {
  const pod = simulate({ containers: [{ name: 'app', ...onExit42 }] }, { app: [{ at: '1s', exit: 42 }] });
  pod.advance(s(4));
  expect(story(pod, 'Started')).toEqual([
    '0 app Started',
    '1 app Started',
    '2 app Started',
    '3 app Started',
    '4 app Started',
  ]);
});
