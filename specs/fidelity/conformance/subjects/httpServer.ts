import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { canonicalName } from '../../../../src/probes/http/headers';
import { realLimit } from '../../../pace';
import { type Listening, listen } from './servers';
import { durationMs, oneOf, textOf, type Words, wordsOf } from './words';

/** A request that the server received. */
export interface Received {
  readonly host: string;
  /** `Name: value`, each on a line of its own; the Host header is not among them, as in Go. */
  readonly headers: string;
}

export interface Answering extends Listening {
  readonly received: readonly Received[];
}

interface Scripted {
  readonly status: number;
  readonly body: string;
  readonly takesMs: number;
  readonly location?: string;
  readonly echo?: 'headers' | 'host';
}

type Script = (path: string, host: string) => Scripted;

/**
 * Plays `respond`, the same answer for every path, or `paths`. A location may name `SAMEHOST` and `OTHERPORT`, where a
 * second server plays the same.
 */
export async function answering(given: Words): Promise<Answering> {
  const script = scriptOf(given);
  const received: Received[] = [];
  const other = await listen(http.createServer((request, response) => play(script, request, response, 0, received)));
  const server = await listen(
    http.createServer((request, response) => play(script, request, response, other.port, received)),
  );
  return {
    port: server.port,
    received,
    async [Symbol.asyncDispose]() {
      await Promise.all([server[Symbol.asyncDispose](), other[Symbol.asyncDispose]()]);
    },
  };
}

async function play(
  script: Script,
  request: http.IncomingMessage,
  response: http.ServerResponse,
  otherPort: number,
  received: Received[],
): Promise<void> {
  const seen = { host: request.headers.host ?? '', headers: headerLines(request.rawHeaders) };
  received.push(seen);
  const { status, body, takesMs, location, echo } = script(request.url ?? '/', seen.host);
  await sleep(takesMs, undefined, { ref: false });
  // The server of Go closes the connection on an invalid status.
  if (status < 100 || status > 999) return void request.socket.destroy();
  const to = location?.replaceAll('SAMEHOST', '127.0.0.1').replaceAll('OTHERPORT', String(otherPort));
  response.writeHead(status, to === undefined ? {} : { location: to });
  response.end(echo === undefined ? body : seen[echo]);
}

function headerLines(raw: readonly string[]): string {
  const lines = raw.flatMap((name, at) => (at % 2 === 0 ? [`${canonicalName(name)}: ${raw[at + 1]}\n`] : []));
  return lines.filter((line) => !line.startsWith('Host: ')).join('');
}

function scriptOf({ respond, paths }: Words): Script {
  if (respond !== undefined) return (_path, host) => answerOf('respond', respond, host);
  const routes = Object.entries((paths ?? {}) as Words);
  for (const [path, answer] of routes) answerOf(path, answer, '');
  return (path, host) => {
    const [pathname] = path.split('?');
    const [name, answer] = [path, pathname, '*'].flatMap((wanted) => routes.filter(([key]) => key === wanted))[0] ?? [
      'unlisted',
      404,
    ];
    return answerOf(name, answer, host);
  };
}

function answerOf(where: string, answer: unknown, host: string): Scripted {
  if (typeof answer === 'number') return { status: answer, body: '', takesMs: 0 };
  const words = wordsOf(where, answer, ['body', 'byHost', 'echo', 'location', 'status', 'takes']);
  if (words.byHost !== undefined) {
    const byHost = words.byHost as Words;
    return answerOf(where, byHost[host] ?? byHost['*'] ?? 404, host);
  }
  return {
    status: Number(words.status ?? 200),
    body: textOf(`${where}.body`, words.body),
    takesMs: words.takes === undefined ? 0 : realLimit(durationMs(`${where}.takes`, words.takes)),
    ...(words.location === undefined ? {} : { location: String(words.location) }),
    ...(words.echo === undefined ? {} : { echo: oneOf(`${where}.echo`, words.echo, ['headers', 'host']) }),
  };
}
