import type { AssertionResult } from '../../../src/assertions/assertionResult';
import type { CheckStep, Experiment, Step } from '../../../src/gate/model/experiment';
import type { Subject } from '../../../src/gate/model/subject';
import type { TargetResult } from '../../../src/gate/model/targetResult';
import { type Life, s, timelineOf } from '../timeline/events';
import { simulateActor } from './simulateActor';

/** Returns a subject with a pod and default options. */
export function subjectOf(spec: object, more: Partial<Subject> = {}): Subject {
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec };
  return {
    pod: simulateActor(manifest, {}, { allow: ['unknown-port'] }).pod,
    backend: { publishNotReadyAddresses: false },
    services: [],
    endpointRemovalDelay: '1s',
    kubernetesVersion: '1.36',
    ...more,
  };
}

/** Returns the first step that makes this check, alone or together with others. */
export function stepFor(check: string, { steps }: Pick<Experiment, 'steps'>): CheckStep | undefined {
  const all = steps.flatMap((step): readonly Step[] => ('together' in step ? step.together : [step]));
  return all.find((step): step is CheckStep => 'check' in step && step.check === check);
}

/** The inputs of a step in a handwritten run. */
export interface Found {
  readonly result: AssertionResult;
  readonly events?: Life;
  /** Time when the last action was complete, in seconds. */
  readonly from?: number;
}

/** Returns the result of a step. */
export function resultOf(
  step: CheckStep | undefined,
  { pod }: Subject,
  { result, events = [], from = 0 }: Found,
): TargetResult | undefined {
  const timeline = timelineOf(...events);
  const since = timeline.events.filter(({ at }) => at < s(from)).length;
  return step?.toResult?.({ result, timeline, pod }, { since, from: s(from), windowMs: 60_000 });
}
