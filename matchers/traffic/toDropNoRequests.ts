import { droppedNoRequests } from '../../src/assertions/traffic/droppedRequests';
import { historyOf } from '../../src/timeline/history/podHistory';
import type { Since } from '../../src/timeline/since';
import type { Timeline } from '../../src/timeline/timeline';
import { Misuse } from '../kernel/call/misuse';
import { always, WINDOW, type WindowOptions } from '../kernel/wait/always';

const NO_REQUESTS =
  'no request finished while the pod was watched: it was not in the endpoints, or a response takes longer. Wait with toEnterEndpoints first, or watch longer';
const NO_CLIENT = "no client is sending requests to the pod. Start one first: await pod.requests('/')";

/** Watches the pod for `for`, and passes if every request since the start of the last client got a response. */
export const toDropNoRequests = always<WindowOptions>({
  name: 'toDropNoRequests',
  checks: WINDOW,
  expected: (_, windowMs) => ({ kind: 'dropNoRequests', windowMs }),
  since: (timeline) => lastClient(timeline) ?? rejectWithoutClient(),
  evaluate: (timeline, since) => droppedNoRequests(timeline, since),
  findProblem: findNoTraffic,
});

/** Returns the start of the last client of the test, or undefined if it has none. */
function lastClient(timeline: Timeline): Since | undefined {
  const history = historyOf(timeline);
  const last = history.acts.findLast(({ action }) => action === 'requests');
  return last && history.placeOf(last) + 1;
}

function rejectWithoutClient(): never {
  throw new Misuse(NO_CLIENT);
}

/** Returns a problem if no client sent requests: the matcher would pass without a check. */
function findNoTraffic(timeline: Timeline, since: Since): string | undefined {
  if (lastClient(timeline) === undefined) return NO_CLIENT;
  const history = historyOf(timeline);
  return history.from(since, history.requests).length > 0 ? undefined : NO_REQUESTS;
}
