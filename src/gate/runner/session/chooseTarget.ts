import { after } from '../../../clock/instant';
import type { EventOf } from '../../../timeline/event';
import { historyOf } from '../../../timeline/history/podHistory';
import type { Actor, ClientOptions } from '../../model/actor';
import { type ClientTarget, type HttpCaller, optionsFor } from '../../model/clients';
import type { Session } from './session';

type FinishedRequest = EventOf<'RequestFinished'>;

/** A first request may take long. */
const TIMEOUT_MS = 30_000;
/** Time during which a refusing port is tried again, because an app may start to listen after it is Ready. */
const REFUSED_MS = 2_000;
const BAD_REQUEST = 400;
const ERROR = 400;
const SERVER_ERROR = 500;

interface Served {
  readonly target: ClientTarget;
  readonly status: number;
}

/**
 * Sends one request for each target of a client until the pod serves one. Resolves to undefined if no response is HTTP or all
 * are errors of the server, except for a path that the user named.
 */
export async function chooseTarget(
  session: Session,
  actor: Actor,
  client: HttpCaller,
): Promise<ClientTarget | undefined> {
  session.announce({ kind: 'response', port: client.port });
  const served: Served[] = [];
  for (const target of client.targets) {
    const one = await requestEither(actor, client, target);
    if (one === 'refused') return undefined;
    if (one) served.push(one);
    if (one && (one.status < ERROR || target.origin === 'named')) break;
  }
  const best =
    served.find(({ target, status }) => status < ERROR || (target.origin === 'named' && status < SERVER_ERROR)) ??
    served.find(({ status }) => status < SERVER_ERROR);
  return best?.target;
}

/** Sends a request, and repeats it with the other scheme if the response suggests that. */
async function requestEither(
  actor: Actor,
  client: HttpCaller,
  target: ClientTarget,
): Promise<Served | 'refused' | undefined> {
  const first = await request(actor, client, target);
  if (first?.isRefused) return 'refused';
  const status = statusOf(first);
  if (status !== undefined && status !== BAD_REQUEST) return { target, status };
  const other = { ...target, scheme: target.scheme === 'http' ? 'https' : 'http' } as const;
  const otherStatus = statusOf(await request(actor, client, other));
  if (otherStatus !== undefined && otherStatus !== BAD_REQUEST) return { target: other, status: otherStatus };
  return status === undefined ? undefined : { target, status };
}

/** Returns the status of a complete response; undefined for a response that does not end, such as a stream. */
function statusOf(request: FinishedRequest | undefined): number | undefined {
  const { status, failure } = request ?? {};
  return status !== undefined && (failure === undefined || status >= SERVER_ERROR) ? status : undefined;
}

/** Sends a request, and repeats it for a while if nothing listens on the port. */
async function request(actor: Actor, client: HttpCaller, target: ClientTarget): Promise<FinishedRequest | undefined> {
  const once = await firstOf(actor, client, target, { count: 1, isEnough: () => true });
  if (!once?.isRefused) return once;
  const isEnough = ({ isRefused, sentAt }: FinishedRequest) => !isRefused || sentAt - once.sentAt >= REFUSED_MS;
  return firstOf(actor, client, target, { every: '250ms', isEnough });
}

interface Sent extends Pick<ClientOptions, 'count' | 'every'> {
  readonly isEnough: (request: FinishedRequest) => boolean;
}

/** Sends requests until one is enough. Resolves to undefined if the pod is not an endpoint, or its run is over. */
async function firstOf(
  actor: Actor,
  client: HttpCaller,
  target: ClientTarget,
  { isEnough, ...options }: Sent,
): Promise<FinishedRequest | undefined> {
  const since = historyOf(actor.timeline).end;
  const until = after(actor.timeline.now, TIMEOUT_MS);
  const running = await actor.requests(target.path, {
    ...optionsFor(client, target),
    ...options,
    concurrency: 1,
    timeout: `${TIMEOUT_MS}ms`,
  });
  try {
    for (;;) {
      const history = historyOf(actor.timeline);
      const sent = history.from(since, history.requests);
      const found = sent.find((one) => one.port === client.port && one.path === target.path && isEnough(one));
      if (found || actor.ended || actor.broken || actor.timeline.now >= until) return found;
      await actor.progress(until);
    }
  } finally {
    await running.stop();
  }
}
