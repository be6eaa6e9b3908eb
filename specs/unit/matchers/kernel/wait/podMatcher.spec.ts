import { describe, expect, test } from '@jest/globals';
import type { WaitablePodRun } from '../../../../../src/waiting/podRun';
import 'jest-kubelet/register';
import { exited, started } from '../../../timeline/events';
import { messageOf } from '../../messageOf';
import { replay } from '../../replay';

const WHY = 'container engine: ended the sandbox of a pod, and jest-kubelet did not request that';

interface Asked extends WaitablePodRun {
  /** Returns how often the matcher requested the failure of the engine. */
  readonly count: () => number;
}

/** Returns a pod whose container exits and restarts. */
function restarted(failure: string | undefined): Asked {
  let count = 0;
  const engineFailure = async () => {
    count += 1;
    return failure;
  };
  return Object.assign(replay({ past: [started(1)], coming: [exited(2, 0), started(3, 1)] }), {
    engineFailure,
    count: () => count,
  });
}

describe('matcher on an engine that was stopped', () => {
  test.each<[string, (pod: Asked) => unknown]>([
    ['for an event that fails', (pod) => expect(pod).toRestartAtMost(0, { for: '10s' })],
    ['for an event that fails under .not', (pod) => expect(pod).not.toRestart({ within: '10s' })],
    ['for an event that passes', (pod) => expect(pod).toRestart({ within: '10s' })],
    ['for an event that passes under .not', (pod) => expect(pod).not.toRestartAtMost(0, { for: '10s' })],
    ['for a missing event', (pod) => expect(pod).toEnterCrashLoopBackOff({ within: '10s' })],
  ])('gives no result %s', async (_, expectation) => {
    const message = await messageOf(() => expectation(restarted(WHY)));
    expect(message).toContain('No result: the run was aborted after');
    expect(message).toContain(WHY);
    expect(message).not.toContain('Expected');
  });

  test('fails if the engine did not fail', async () => {
    const pod = restarted(undefined);
    expect(await messageOf(() => expect(pod).not.toRestart({ within: '10s' }))).toContain('Expected');
    expect(pod.count()).toBe(1);
  });

  test('passes if the engine did not fail', async () => {
    const pod = restarted(undefined);
    await expect(pod).toRestart({ within: '10s' });
    expect(pod.count()).toBe(1);
  });

  test('skips the check of the engine if it passes because nothing happened', async () => {
    const pod = restarted(WHY);
    await expect(pod).not.toEnterCrashLoopBackOff({ within: '10s' });
    await expect(pod).toRestartAtMost(1, { for: '10s' });
    expect(pod.count()).toBe(0);
  });
});
