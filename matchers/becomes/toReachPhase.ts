import { reachedPhase } from '../../src/assertions/status/phase';
import { historyOf } from '../../src/timeline/history/podHistory';
import { POD_PHASES, type PodPhase } from '../../src/timeline/podStatus';
import { phaseLimit } from '../../src/timing/waits';
import { oneOf } from '../kernel/call/options';
import { eventually } from '../kernel/wait/eventually';
import { WITHIN, type Within } from '../kernel/wait/within';

export type ToReachPhaseOptions = Within;

/** Passes when the pod reaches the phase, immediately if it already has. */
export const toReachPhase = eventually<{ readonly phase: PodPhase } & ToReachPhaseOptions>({
  name: 'toReachPhase',
  leading: ['phase'],
  checks: { phase: oneOf(...POD_PHASES), ...WITHIN },
  expected: ({ phase }) => ({ kind: 'reachPhase', phase }),
  since: (timeline) => historyOf(timeline).end,
  evaluate: (timeline, since, { phase }) => reachedPhase(timeline, since, phase),
  from: ({ limited }) => (limited ? 'pod' : 'fault'),
  limit: (spec, { phase }) => phaseLimit(spec, phase),
});
