import { describe, expect, test } from '@jest/globals';
import { after } from '../../../../../src/clock/instant';
import type { Actor, ClientOptions } from '../../../../../src/gate/model/actor';
import type { ClientTarget, HttpCaller } from '../../../../../src/gate/model/clients';
import { chooseTarget } from '../../../../../src/gate/runner/session/chooseTarget';
import { Session } from '../../../../../src/gate/runner/session/session';
import type { EventOf } from '../../../../../src/timeline/event';
import { formatAnnouncement } from '../../../../../src/wording/gate/progress/announcements';
import { replay } from '../../../matchers/replay';
import { ready, writable } from '../../../timeline/events';
import { pod } from '../../gateOf';
import { subjectOf } from '../../subjectOf';

type Response = Partial<Pick<EventOf<'RequestFinished'>, 'status' | 'failure' | 'isRefused'>>;
/** Returns the n-th response to such a request, counted from 0, or undefined without a response. */
type Respond = (request: {
  readonly path: string;
  readonly scheme: string;
  readonly n: number;
}) => Response | undefined;

const REFUSED: Response = { failure: 'connection refused', isRefused: true };
const root: ClientTarget = { path: '/', scheme: 'http', origin: 'root', isReadiness: false };
const readiness: ClientTarget = { path: '/readyz', scheme: 'http', origin: 'readiness', isReadiness: true };
const named = (path: string): ClientTarget => ({ path, scheme: 'http', origin: 'named', isReadiness: false });

/** Chooses a target of a pod with these responses, and lists the requests. */
async function choose(respond: Respond, first: ClientTarget, ...others: ClientTarget[]) {
  const requested: string[] = [];
  const waiting: string[] = [];
  let stopped = 0;
  const run = replay({ past: [ready(1)] });
  const timeline = writable(run.timeline);
  let send = () => {};
  const requests = async (path: string, { port = 0, scheme = 'http', count = Infinity }: ClientOptions = {}) => {
    let n = 0;
    send = () => {
      if (n >= count) return;
      requested.push(`${scheme} ${path}`);
      const response = respond({ path, scheme, n });
      n += 1;
      const at = timeline.now;
      if (response)
        timeline.append({
          at,
          source: 'runtime',
          kind: 'RequestFinished',
          port: Number(port),
          path,
          sentAt: at,
          ...response,
        });
    };
    send();
    return {
      stop: async () => {
        stopped += 1;
      },
    };
  };
  const progress = async () => {
    timeline.advance(after(timeline.now, 250));
    send();
  };
  const actor = Object.assign(run, {
    requests,
    progress,
    container: () => ({}),
    delete: async () => {},
  }) as unknown as Actor;
  const session = new Session({
    subject: subjectOf(pod()),
    start: async () => actor,
    onWaiting: (announcement) => void waiting.push(formatAnnouncement(announcement)),
  });
  const client: HttpCaller = {
    container: 'web',
    port: 8080,
    targets: [first, ...others],
    isHTTP: true,
    endpointRemovalDelay: '1s',
  };
  const target = await chooseTarget(session, actor, client);
  return { target, requested, waiting, stopped, seconds: timeline.now / 1_000 };
}

describe('chooseTarget', () => {
  test('chooses the first target that returns no error', async () => {
    const { target, requested, waiting, stopped } = await choose(() => ({ status: 302 }), root, readiness);
    expect(target).toBe(root);
    expect(requested).toEqual(['http /']);
    expect(waiting).toEqual(['a response from port 8080']);
    expect(stopped).toBe(1);
  });

  test('tries the next target after an error, and prefers one without an error', async () => {
    const respond: Respond = ({ path }) => ({ status: path === '/' ? 404 : 200 });
    expect((await choose(respond, root, readiness)).target).toBe(readiness);
    expect((await choose(() => ({ status: 404 }), root, readiness)).target).toBe(root);
  });

  test('accepts a client error on a path of --path, but no server error', async () => {
    expect((await choose(() => ({ status: 404 }), named('/cart'), root)).target?.path).toBe('/cart');
    const respond: Respond = ({ path }) => ({ status: path === '/cart' ? 503 : 200, failure: 'answered 503' });
    expect((await choose(respond, named('/cart'))).target).toBeUndefined();
  });

  test('resolves to undefined if all responses are server errors', async () => {
    const { target } = await choose(() => ({ status: 500, failure: 'answered 500' }), root, readiness);
    expect(target).toBeUndefined();
  });

  test('tries the other scheme after status 400 or without HTTP', async () => {
    const https: Respond = ({ scheme }) => ({ status: scheme === 'https' ? 200 : 400 });
    const found = await choose(https, root);
    expect(found.target).toEqual({ ...root, scheme: 'https' });
    expect(found.requested).toEqual(['http /', 'https /']);
    const reset: Respond = ({ scheme }) => (scheme === 'https' ? { status: 200 } : { failure: 'connection reset' });
    expect((await choose(reset, root)).target).toEqual({ ...root, scheme: 'https' });
    expect((await choose(() => ({ status: 400 }), root)).target).toBe(root);
  });

  test('waits 2s for a port that refuses connections', async () => {
    const later = await choose(({ n }) => (n < 4 ? REFUSED : { status: 200 }), root);
    expect(later.target).toBe(root);
    const never = await choose(() => REFUSED, root, readiness);
    expect(never.target).toBeUndefined();
    expect(new Set(never.requested)).toEqual(new Set(['http /']));
    expect(never.seconds).toBeGreaterThanOrEqual(3);
    expect(never.seconds).toBeLessThan(4);
  });

  test('gives up on a response after 30s', async () => {
    const { target, seconds } = await choose(() => undefined, root);
    expect(target).toBeUndefined();
    // An attempt with each scheme.
    expect(seconds).toBe(61);
  });

  test('rejects a response that never ends', async () => {
    const { target } = await choose(() => ({ status: 200, failure: 'timed out' }), root);
    expect(target).toBeUndefined();
  });
});
