import type { AssertionResult } from '../../assertions/assertionResult';
import type { EventOf } from '../../timeline/event';

export interface ContainerFact {
  readonly container: string;
}

export interface ServiceFact {
  readonly service: string;
}

export interface SecondsFact {
  readonly seconds: number;
}

/** The time that something took, in milliseconds. */
export interface DurationFact {
  readonly tookMs: number;
}

/** The result of an assertion that did not pass. */
export interface ResultFact {
  readonly result: Pick<AssertionResult, 'received' | 'reason'>;
}

/** The requests of clients. */
export interface RequestsFact {
  readonly requests: readonly Pick<EventOf<'RequestFinished'>, 'path' | 'port'>[];
}
