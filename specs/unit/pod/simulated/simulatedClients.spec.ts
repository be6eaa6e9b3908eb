import { describe, expect, test } from '@jest/globals';
import { type Instant, NEVER } from '../../../../src/clock/instant';
import { type Server, SimulatedClients } from '../../../../src/pod/simulated/simulatedClients';
import { NO_HTTP } from '../../../../src/runtime/scripted/answers';
import type { RuntimeEvent } from '../../../../src/timeline/event';
import type { RequestsOrder } from '../../../../src/traffic/order';
import { s } from '../../timeline/events';

const ORDER: RequestsOrder = {
  scheme: 'http',
  port: 8080,
  path: '/',
  headers: {},
  timeoutMs: 2_000,
  everyMs: 1_000,
  endpointRemovalDelayMs: 1_500,
};

const responds =
  (value: number, afterMs = 0): Server =>
  () => ({ afterMs, value });
const refuses: Server = () => undefined;

/** Returns the requests that finish up to an instant, in order. */
function finishedUntil(clients: SimulatedClients, until: Instant): RuntimeEvent[] {
  const events: RuntimeEvent[] = [];
  for (let at = clients.nextAt; at <= until; at = clients.nextAt) events.push(...clients.take(at));
  return events;
}
const textOf = (event: RuntimeEvent) =>
  event.kind === 'RequestFinished' ? `${event.sentAt}–${event.at} ${event.failure ?? event.status}` : event.kind;
const textsUntil = (clients: SimulatedClients, until: Instant) => finishedUntil(clients, until).map(textOf);

describe('SimulatedClients', () => {
  test('send nothing while the pod is not a ready endpoint', () => {
    const clients = new SimulatedClients(responds(200));
    expect(clients.nextAt).toBe(NEVER);
    clients.add(ORDER, false, s(0));
    expect(clients.nextAt).toBe(NEVER);
    clients.follow(true, s(3));
    expect(clients.nextAt).toBe(s(3));
  });

  test('send a request per period, and record its port, path and status', () => {
    const clients = new SimulatedClients(responds(200, 300));
    clients.add(ORDER, true, s(0));
    const events = finishedUntil(clients, s(2.5));
    expect(events.map(textOf)).toEqual(['0–300 200', '1000–1300 200', '2000–2300 200']);
    expect(events[0]).toMatchObject({ kind: 'RequestFinished', port: 8080, path: '/', status: 200 });
  });

  test('send requests until the endpoint is removed everywhere', () => {
    const clients = new SimulatedClients(responds(200));
    clients.add(ORDER, true, s(0));
    finishedUntil(clients, s(2));
    clients.follow(false, s(2));
    expect(textsUntil(clients, s(60))).toEqual(['3000–3000 200']);
    expect(clients.nextAt).toBe(NEVER);
  });

  test.each([
    [200, '0–0 200'],
    [404, '0–0 404'],
    [499, '0–0 499'],
    [500, '0–0 answered 500'],
    [503, '0–0 answered 503'],
    [NO_HTTP, '0–0 connection reset'],
  ])('report status %d as %j', (status, text) => {
    const clients = new SimulatedClients(responds(status));
    clients.add(ORDER, true, s(0));
    expect(textsUntil(clients, s(0.5))).toEqual([text]);
  });

  test('report a refused connection immediately if no process listens', () => {
    const clients = new SimulatedClients(refuses);
    clients.add(ORDER, true, s(0));
    expect(finishedUntil(clients, s(0))).toMatchObject([{ at: 0, failure: 'refused', isRefused: true }]);
  });

  test.each([
    [1_999, '0–1999 200'],
    [2_000, '0–2000 timed out after 2s'],
    [60_000, '0–2000 timed out after 2s'],
  ])('wait for a response after %d ms until their timeout', (afterMs, text) => {
    const clients = new SimulatedClients(responds(200, afterMs));
    clients.add({ ...ORDER, everyMs: 10_000 }, true, s(0));
    expect(textsUntil(clients, s(5))).toEqual([text]);
  });

  test('report a reset connection if the server exits before it responds', () => {
    const clients = new SimulatedClients((_, at) => (at < s(0.2) ? { afterMs: 300, value: 200 } : undefined));
    clients.add({ ...ORDER, everyMs: 10_000 }, true, s(0));
    expect(textsUntil(clients, s(5))).toEqual(['0–300 connection reset']);
  });

  test('report the pod gone for requests in flight and later ones', () => {
    const clients = new SimulatedClients(responds(200, 500));
    clients.add(ORDER, true, s(0));
    clients.take(s(0));
    clients.onPodGone(s(0.25));
    clients.follow(false, s(0.25));
    expect(textsUntil(clients, s(60))).toEqual(['0–250 found the pod gone', '1000–1500 found the pod gone']);
  });

  test('stop one by one, and finish requests in flight', () => {
    const clients = new SimulatedClients(responds(200, 300));
    const stop = clients.add(ORDER, true, s(0));
    clients.add({ ...ORDER, path: '/other', everyMs: 2_000 }, true, s(0));
    clients.take(s(0));
    stop();
    const paths = finishedUntil(clients, s(3)).map((event) => event.kind === 'RequestFinished' && event.path);
    expect(paths).toEqual(['/', '/other', '/other']);
  });

  test('limit the requests in flight to their concurrency', () => {
    const clients = new SimulatedClients(responds(200, 1_700));
    clients.add({ ...ORDER, concurrency: 1 }, true, s(0));
    expect(textsUntil(clients, s(4))).toEqual(['0–1700 200', '1700–3400 200']);
  });
});
