import type { EventOf } from '../../../timeline/event';
import { historyOf } from '../../../timeline/history/podHistory';
import type { Timeline } from '../../../timeline/timeline';
import { clientsOf } from '../../model/clients';
import type { Subject } from '../../model/subject';

export type Request = EventOf<'RequestFinished'>;

/** Returns the requests that got a response, including errors. */
export function answeredRequests(timeline: Timeline): readonly Request[] {
  return historyOf(timeline).requests.filter(({ status }) => status !== undefined);
}

/** Groups requests by port and path, in the order in which they were sent. */
export function byTarget(requests: readonly Request[]): readonly (readonly Request[])[] {
  const sent = requests.toSorted((one, other) => one.sentAt - other.sentAt);
  return groupBy(sent, ({ port, path }) => `${port} ${path}`);
}

/** Groups requests by port. */
export function byPort(requests: readonly Request[]): readonly (readonly Request[])[] {
  return groupBy(requests, ({ port }) => port);
}

function groupBy(requests: readonly Request[], keyOf: (request: Request) => unknown): readonly (readonly Request[])[] {
  const keys = new Set(requests.map(keyOf));
  return [...keys].map((key) => requests.filter((request) => keyOf(request) === key));
}

export function tookMs({ at, sentAt }: Request): number {
  return at - sentAt;
}

/** Returns the container that serves a port. */
export function containerAt(subject: Subject, port: number): string {
  return clientsOf(subject).find((client) => client.port === port)?.container ?? '';
}
