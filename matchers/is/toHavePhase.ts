import { reachedPhase } from '../../src/assertions/status/phase';
import { hasPhase } from '../../src/assertions/status/phaseNow';
import { historyOf } from '../../src/timeline/history/podHistory';
import { POD_PHASES, type PodPhase } from '../../src/timeline/podStatus';
import { oneOf } from '../kernel/call/options';
import { now } from '../kernel/wait/now';

/** Passes if the pod has the phase now. */
export const toHavePhase = now<{ readonly phase: PodPhase }>({
  name: 'toHavePhase',
  leading: ['phase'],
  checks: { phase: oneOf(...POD_PHASES) },
  expected: ({ phase }) => ({ kind: 'havePhase', phase }),
  evaluate: (timeline, { phase }) => hasPhase(timeline, phase),
  waits: {
    matcher: 'toReachPhase',
    evaluate: (timeline, { phase }) => reachedPhase(timeline, historyOf(timeline).end, phase),
  },
});
