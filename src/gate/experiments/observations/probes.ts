import { attemptsOf } from '../../../assertions/events/attempts';
import type { ProbeOutput } from '../../../assertions/facts/reason';
import { containersOf, type Probe } from '../../../manifest/model';
import type { EventOf, ProbeType } from '../../../timeline/event';
import type { ObservedPod } from '../../model/observation';
import { pathOf } from '../../model/subject';

/** A probe of the pod with its attempts in the part of the timeline that counts. */
export interface ObservedProbe {
  readonly container: string;
  readonly probe: ProbeType;
  readonly spec: Probe;
  readonly field: string;
  readonly attempts: readonly EventOf<'ProbeFinished'>[];
}

/** Returns what a probe returned in an attempt. */
export function probeOutputOf({ output, response }: EventOf<'ProbeFinished'>): ProbeOutput {
  return { output, ...(response !== undefined && { response }) };
}

const TYPES: readonly ProbeType[] = ['startup', 'readiness', 'liveness'];

/** Returns the probes of a pod that have finished an attempt. */
export function observedProbesOf({ subject, pod, timeline, from }: ObservedPod): readonly ObservedProbe[] {
  return containersOf(pod.spec).flatMap((container) =>
    TYPES.flatMap((probe) => {
      const spec = container[`${probe}Probe`];
      const attempts = attemptsOf(timeline, { container: container.name, probe, from });
      if (!spec || attempts.length === 0) return [];
      const field = `${pathOf(subject, container.name)}.${probe}Probe`;
      return [{ container: container.name, probe, spec, field, attempts }];
    }),
  );
}
