import type { Instant } from '../../clock/instant';
import { containersOf, type PodSpec } from '../../manifest/model';
import type { EventOf, ProbeType } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import type { Timeline } from '../../timeline/timeline';

/** Filter for the attempts of a probe. */
export interface AttemptFilter {
  readonly container: string;
  readonly probe: ProbeType;
  /** Earliest start of an attempt. */
  readonly from: Instant;
}

/** Returns the finished attempts of a probe, in their order. */
export function attemptsOf(
  timeline: Timeline,
  { container, probe, from }: AttemptFilter,
): readonly EventOf<'ProbeFinished'>[] {
  return historyOf(timeline).attempts.filter(
    (event) => event.container === container && event.probe === probe && event.at - event.tookMs >= from,
  );
}

/** A probe that has not finished enough attempts to fail. */
export interface Unobserved {
  readonly container: string;
  readonly probe: ProbeType;
  readonly attempts: number;
  /** Its failureThreshold. */
  readonly needed: number;
}

/** Returns the probes of these containers that could not fail since then. Their missing failures show nothing. */
export function unobservedProbes(
  timeline: Timeline,
  spec: PodSpec,
  {
    containers,
    probes,
    from,
  }: { readonly containers: readonly string[]; readonly probes: readonly ProbeType[]; readonly from: Instant },
): readonly Unobserved[] {
  return containersOf(spec)
    .filter(({ name }) => containers.includes(name))
    .flatMap((container) =>
      probes.flatMap((probe) => {
        const needed = container[`${probe}Probe`]?.failureThreshold ?? 0;
        const attempts = attemptsOf(timeline, { container: container.name, probe, from }).length;
        return attempts < needed ? [{ container: container.name, probe, attempts, needed }] : [];
      }),
    );
}

/** True if the last attempt of one of these probes failed. The probe may still reach its threshold. */
export function isFailing(timeline: Timeline, containers: readonly string[], probes: readonly ProbeType[]): boolean {
  const attempts = historyOf(timeline).attempts;
  return containers.some((name) =>
    probes.some((type) => {
      return attempts.findLast(({ container, probe }) => container === name && probe === type)?.result === 'Failure';
    }),
  );
}
