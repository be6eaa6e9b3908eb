import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import 'jest-kubelet/jest-globals';
import { ScriptedPod } from '../../../src/pod/simulated/scriptedPod';
import { POD_PHASES, type PodPhase } from '../../../src/timeline/podStatus';
import { type Life, life } from '../kubelet/randomPods';

/** The number of pods for each law. */
const RUNS = 30;
/** The pods are always the same, because a pod that crashes at every instant takes minutes to check. */
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_121);

type Question = (expectation: ReturnType<typeof expect<ScriptedPod>>) => unknown;

const QUESTIONS: Readonly<Record<string, Question>> = {
  toBecomeStarted: (e) => e.toBecomeStarted({ within: '1m' }),
  toBecomeReady: (e) => e.toBecomeReady({ within: '1m' }),
  toBecomeUnready: (e) => e.toBecomeUnready({ within: '1m', since: 'start' }),
  toRestart: (e) => e.toRestart({ within: '1m', since: 'start' }),
  'toRestart of one container': (e) => e.toRestart({ within: '1m', since: 'start', container: 'app-0' }),
  toEnterCrashLoopBackOff: (e) => e.toEnterCrashLoopBackOff({ within: '1m', since: 'start' }),
  toEmitEvent: (e) => e.toEmitEvent('Killing', { within: '1m', since: 'start' }),
  toTerminateGracefully: (e) => e.toTerminateGracefully({ within: '1m' }),
  'toTerminateGracefully of one container': (e) => e.toTerminateGracefully({ within: '1m', container: 'app-0' }),
  toExitWith: (e) => e.toExitWith(0, { within: '1m', since: 'start' }),
  toStayReady: (e) => e.toStayReady({ for: '1m' }),
  toRestartAtMost: (e) => e.toRestartAtMost(1, { for: '1m' }),
  toHaveCondition: (e) => e.toHaveCondition('Ready'),
  toReachContainerState: (e) => e.toReachContainerState({ container: 'app-0', waiting: true }, { within: '1m' }),
  toBeReady: (e) => e.toBeReady(),
  toBeInEndpoints: (e) => e.toBeInEndpoints(),
  toHaveRestartCount: (e) => e.toHaveRestartCount(1, { container: 'app-0' }),
  toHaveEventsInOrder: (e) => e.toHaveEventsInOrder(['Started', 'Killing']),
  toHaveContainerState: (e) => e.toHaveContainerState({ container: 'app-0', running: true }),
  toHaveBackOffs: (e) => e.toHaveBackOffs(['10s'], { container: 'app-0' }),
  ...Object.fromEntries(POD_PHASES.map((phase: PodPhase) => [phase, (e) => e.toReachPhase(phase, { within: '1m' })])),
};

test.each(Object.keys(QUESTIONS))('either %s or its opposite passes for a terminated pod', async (name) => {
  const ask = QUESTIONS[name] as Question;
  await fc.assert(
    fc.asyncProperty(life, fc.integer({ min: 0, max: 120 }), async (life, afterSeconds) => {
      const pod = scriptPod(life);
      pod.advance(`${afterSeconds}s`);
      await pod.delete();
      const passes = [await passing(() => ask(expect(pod))), await passing(() => ask(expect(pod).not as never))];
      expect(passes.toSorted()).toEqual([false, true]);
    }),
    { numRuns: RUNS, seed: SEED },
  );
});

test.each(Object.keys(QUESTIONS))('%s and its opposite agree at any time for a running pod', async (name) => {
  const ask = QUESTIONS[name] as Question;
  await fc.assert(
    fc.asyncProperty(life, fc.integer({ min: 0, max: 120 }), async (life, afterSeconds) => {
      const passes = await Promise.all(
        [false, true].map(async (isNot) => {
          const pod = scriptPod(life);
          pod.advance(`${afterSeconds}s`);
          return passing(() => ask(isNot ? (expect(pod).not as never) : expect(pod)));
        }),
      );
      expect(passes.toSorted()).toEqual([false, true]);
    }),
    { numRuns: RUNS, seed: SEED },
  );
});

/** Simulates a pod. The result is always the same. */
function scriptPod({ pod, app }: Life): ScriptedPod {
  return new ScriptedPod(pod, app, {});
}

async function passing(expectation: () => unknown): Promise<boolean> {
  try {
    await expectation();
    return true;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('expect(')) return false;
    throw error;
  }
}
