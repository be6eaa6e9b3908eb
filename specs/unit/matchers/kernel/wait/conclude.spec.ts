import { describe, expect, test } from '@jest/globals';
import type { WaitablePodRun } from '../../../../../src/waiting/podRun';
import 'jest-kubelet/register';
import { started } from '../../../timeline/events';
import { messageOf } from '../../messageOf';
import { replay } from '../../replay';

const WHY = 'machine overloaded: web had waited 2.3s of 10.0s for a CPU when the wait was over';

/** Returns an idle pod on a machine that gives it no CPU. */
function starved(): WaitablePodRun {
  return Object.assign(replay({ past: [started(1)] }), { explainUnfairness: async () => WHY });
}

describe('matcher on an overloaded machine', () => {
  test('throws if an expected event did not happen in time', async () => {
    const message = await messageOf(() => expect(starved()).toBecomeReady({ within: '10s' }));
    expect(message).toContain(WHY);
    expect(message).not.toContain('Expected');
    expect(await messageOf(() => expect(starved()).toRestart({ within: '10s' }))).toContain(WHY);
  });

  test('passes if an unexpected event did not happen', async () => {
    await expect(starved()).not.toRestart({ within: '10s' });
    await expect(starved()).toRestartAtMost(0, { for: '10s' });
  });
});
