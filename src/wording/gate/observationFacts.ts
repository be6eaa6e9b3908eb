import type { ProbeType } from '../../timeline/event';
import type { ContainerFact, RequestsFact, ServiceFact } from './facts';

export interface ProbeFact extends ContainerFact {
  readonly probe: ProbeType;
}

export interface RisingMemory extends ContainerFact, Record<'firstBytes' | 'lastBytes' | 'overMs', number> {
  readonly limit: string | undefined;
  readonly leftMs: number | undefined;
}

export interface Zombies extends ContainerFact, Record<'before' | 'after' | 'afterMs', number> {
  readonly program: string;
}

export interface LeftProcesses extends ContainerFact, Record<'count' | 'attempts', number> {
  readonly program: string;
}

/** The requests that failed, of how many, and how the last one did. */
export interface FailedRequests extends ServiceFact, RequestsFact {
  readonly of: number;
  readonly failure: string;
}

export interface BlockedProbe extends ProbeFact {
  readonly times: number;
  readonly path: string;
  readonly requestMs: number;
}
