import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { ended, exited, ready, started } from '../../timeline/events';
import { messageOf } from '../messageOf';
import { replay } from '../replay';

test('matches Pending before the first status', () => {
  expect(replay({})).toHavePhase('Pending');
});

test('uses the last published phase', () => {
  const pod = replay({ past: [ready(2), ended(9, 'Succeeded')] });
  expect(pod).toHavePhase('Succeeded');
  expect(pod).not.toHavePhase('Running');
});

test('prints the received phase, and its start', async () => {
  const pod = replay({ past: [started(1), ready(2), exited(5, 1), ended(6, 'Failed')] });
  expect(await messageOf(() => expect(pod).toHavePhase('Running'))).toBe(
    `expect(pod).toHavePhase('Running')

Expected: pod to have phase Running
Received: pod in phase Failed after 6.0s

  +1.0s  web  Started  Container started
  +2.0s  pod  Ready
  +5.0s  web  exited   1
> +6.0s  pod  Failed`,
  );
});
