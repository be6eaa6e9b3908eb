import { droppedNoRequests } from '../../src/assertions/traffic/droppedRequests';
import { historyOf } from '../../src/timeline/history/podHistory';
import type { Since } from '../../src/timeline/since';
import type { Timeline } from '../../src/timeline/timeline';
import { Misuse } from '../kernel/call/misuse';
import { type AskedWindow, always, WINDOW } from '../kernel/wait/always';

const NONE_ENDED =
  'no request ended while the pod was watched: it was not in the endpoints, or an answer takes longer. Wait with toEnterEndpoints first, or watch longer';
const NOBODY_ASKS = "nobody asks the pod; have a client ask it first: await pod.requests('/')";

/** Watches for the whole of `for`; holds when it ends and every request since the last client began was answered. */
export const toDropNoRequests = always<AskedWindow>({
  name: 'toDropNoRequests',
  checks: WINDOW,
  expected: (_, window) => `no request dropped ${during(window)}`,
  unexpected: (_, window) => `a request dropped ${during(window)}`,
  since: (timeline) => asked(timeline) ?? refused(),
  evaluate: (timeline, since) => droppedNoRequests(timeline, since),
  vacuous,
});

/** From the last client on that the test has had ask; undefined where there is none. */
function asked(timeline: Timeline): Since | undefined {
  const history = historyOf(timeline);
  const last = history.acts.findLast(({ action }) => action === 'requests');
  return last && history.placeOf(last) + 1;
}

function refused(): never {
  throw new Misuse(NOBODY_ASKS);
}

/** Where nothing was asked, nothing could be dropped: that shows nothing. */
function vacuous(timeline: Timeline, since: Since): string | undefined {
  if (asked(timeline) === undefined) return NOBODY_ASKS;
  const history = historyOf(timeline);
  const isAsked = history.from(since, history.requests).length > 0;
  return isAsked ? undefined : NONE_ENDED;
}

function during(window: string | undefined): string {
  return window === undefined ? 'in its whole life' : `within ${window}`;
}
