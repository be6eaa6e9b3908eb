import { after } from '../../clock/instant';
import { type EventOf, isA } from '../../timeline/event';
import type { Actor } from '../model/actor';
import { type Client, type ClientTarget, optionsFor } from '../model/clients';
import type { Session } from './session';

const TIMEOUT_MS = 10_000;
const BAD_REQUEST = 400;
const ERROR = 400;
const SERVER_ERROR = 500;

/**
 * Sends one request for each target of a client until the pod serves one. A path that the user named is taken with whatever
 * it returns, another one if it returns no error, or at least not one of the server's. Resolves to undefined if no response
 * is HTTP, or all are errors of the server: then a failed request shows nothing.
 */
export async function chooseTarget(session: Session, actor: Actor, client: Client): Promise<ClientTarget | undefined> {
  session.tell(`port ${client.port} to answer`);
  const served: { readonly target: ClientTarget; readonly status: number }[] = [];
  for (const target of client.targets) {
    const one = await requestEither(actor, client, target);
    if (one) served.push(one);
    if (one && (one.status < ERROR || target.origin === 'named')) break;
  }
  const best =
    served.find(({ target, status }) => status < ERROR || (target.origin === 'named' && status < SERVER_ERROR)) ??
    served.find(({ status }) => status < SERVER_ERROR);
  return best?.target;
}

/** Sends the request by the other scheme too, if the answer may come from a server of that. */
async function requestEither(actor: Actor, client: Client, target: ClientTarget) {
  const status = statusOf(await request(actor, client, target));
  if (status !== undefined && status !== BAD_REQUEST) return { target, status };
  const other = { ...target, scheme: target.scheme === 'http' ? 'https' : 'http' } as const;
  const otherStatus = statusOf(await request(actor, client, other));
  if (otherStatus !== undefined && otherStatus !== BAD_REQUEST) return { target: other, status: otherStatus };
  return status === undefined ? undefined : { target, status };
}

/** The status of a whole response. One that does not end, such as a stream, is none. */
function statusOf(request: EventOf<'RequestFinished'> | undefined): number | undefined {
  const { status, failure } = request ?? {};
  return status !== undefined && (failure === undefined || status >= SERVER_ERROR) ? status : undefined;
}

/** Resolves to what came of one request; to undefined if the pod is no endpoint, or its run is over. */
async function request(
  actor: Actor,
  client: Client,
  target: ClientTarget,
): Promise<EventOf<'RequestFinished'> | undefined> {
  const { timeline } = actor;
  const since = timeline.events.length;
  const until = after(timeline.now, TIMEOUT_MS);
  const running = await actor.requests(target.path, { ...optionsFor(client, target), count: 1 });
  await running.stop();
  for (;;) {
    const finished = actor.timeline.events.slice(since).find((event) => {
      return isA('RequestFinished', event) && event.port === client.port && event.path === target.path;
    });
    if (finished && isA('RequestFinished', finished)) return finished;
    if (actor.ended || actor.broken || actor.timeline.now >= until) return undefined;
    await actor.progress(until);
  }
}
