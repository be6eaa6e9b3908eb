import type { Instant } from '../../clock/instant';
import type { Container, Probe } from '../../manifest/model';
import type { ProbeType } from '../../timeline/event';

/** Probe of one container: a ticker and a counter that outlive the container's instances. Source: prober/worker.go. */
export interface ProbeWorker {
  readonly container: Container;
  readonly type: ProbeType;
  readonly probe: Probe;
  /** True if the pod was being deleted when the worker was made: the worker keeps the pod as it was then. */
  readonly madeWhileDeleting: boolean;
  /** The instance the worker counts for; undefined before the first. */
  readonly containerID: string | undefined;
  readonly lastResult: 'Success' | 'Failure' | undefined;
  /** Equal results in a row. A crash does not reset it; a probe's own kill does. */
  readonly resultRun: number;
  /** True if it waits for a new container id. */
  readonly onHold: boolean;
  readonly nextTickAt: Instant;
  /** True if a tick came while a probe ran; one is kept, the rest are lost. */
  readonly tickKept: boolean;
  /** True if the status requests readiness to be probed immediately. */
  readonly poked: boolean;
  readonly inFlight: InFlight | undefined;
}

export interface InFlight {
  readonly run: number;
  readonly startedAt: Instant;
  /** Which attempt this is, from 1: only an errored one is tried again. */
  readonly tries: number;
}
