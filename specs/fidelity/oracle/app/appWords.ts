import type { Container } from '../../../../src/manifest/model';
import type { ScriptEntry } from '../../../../src/runtime/scripted/script';
import { NotScriptable } from '../shell/language/syntax';
import { handlersOf } from './handlers';
import type { Playing } from './script';

const WORDS = ['ok', 'okfrom', 'listen', 'flap', 'slow', 'term', 'termcode', 'exit', 'after', 'grpc'] as const;
type AppWord = (typeof WORDS)[number];

const PORT = 8080;
const CLOSING_PORT = 8082;
const HEALTH_PORT = 9090;
const DEFAULT_TERM_CODE = 2;

/**
 * Returns the script of the server `/app` for one run of its container with these arguments. Only paths of the probes
 * and hooks of the pod are in it, because a script returns 404 for others, like the server.
 */
export function appScript(
  words: readonly string[],
  containers: readonly Container[],
  { endMs, appLagMs }: Playing,
): ScriptEntry[] {
  const read = readWords(words);
  const paths = [...new Set(containers.flatMap(pathsOf))];
  const listenMs = (read.listen ?? 0) * 1000 + appLagMs;
  const turns = turnsOf(read, endMs).filter((atMs) => atMs > listenMs);
  const answers = [listenMs, ...turns].map((atMs): ScriptEntry => {
    const http = Object.fromEntries(paths.flatMap((path) => answerOf(path, read, atMs)));
    return { at: `${atMs}ms`, http: { [PORT]: http } };
  });
  return [
    { at: '0s', onTerm: onTermOf(read) },
    { at: `${listenMs}ms`, tcp: { [CLOSING_PORT]: 'open' } },
    ...answers,
    ...healthOf(read, containers, appLagMs),
    ...(read.exit === undefined ? [] : [{ at: `${(read.after ?? 0) * 1000}ms`, exit: read.exit & 255 }]),
  ];
}

function readWords(words: readonly string[]): Partial<Record<AppWord, number>> {
  const read: Partial<Record<AppWord, number>> = {};
  for (const word of words) {
    const [, name, value] = /^([^=]+)=(.*)$/.exec(word) ?? [];
    // The server ignores what has no equals sign, and takes 0 for what is no number.
    if (name === undefined) continue;
    const known = WORDS.find((each) => each === name);
    if (!known) throw new NotScriptable(`the word ${word} of /app`);
    read[known] = Number(value) || 0;
  }
  return read;
}

function onTermOf({ term = 0, termcode = DEFAULT_TERM_CODE }: ReturnType<typeof readWords>) {
  return term < 0 ? { ignore: true } : { exitAfter: `${term * 1000}ms`, code: termcode & 255 };
}

/** Returns the instants at which the response of a path changes. */
function turnsOf({ ok, okfrom, flap = 0 }: ReturnType<typeof readWords>, untilMs: number): readonly number[] {
  const flaps =
    flap > 0 ? Array.from({ length: Math.ceil(untilMs / flap / 1000) }, (_, index) => (index + 1) * flap * 1000) : [];
  return [...new Set([...[ok, okfrom].flatMap((seconds) => (seconds ? [seconds * 1000] : [])), ...flaps])].sort(
    (a, b) => a - b,
  );
}

type Answer = NonNullable<NonNullable<ScriptEntry['http']>[string]>[string];

function answerOf(
  path: string,
  { ok, okfrom, flap = 0, slow = 0 }: ReturnType<typeof readWords>,
  atMs: number,
): [string, Answer][] {
  const { pathname, searchParams } = new URL(path, 'http://pod');
  switch (pathname) {
    case '/':
      return [[path, 200]];
    case '/healthz':
      if (ok !== undefined && atMs >= ok * 1000) return [[path, 500]];
      return [[path, okfrom !== undefined && atMs < okfrom * 1000 ? 503 : 200]];
    case '/flap':
      return [[path, flap > 0 && Math.floor(atMs / (flap * 1000)) % 2 === 1 ? 503 : 200]];
    case '/slow':
      return [[path, { status: 200, takes: `${slow * 1000}ms` }]];
    case '/code':
      return [[path, Math.max(Number(searchParams.get('n')) || 0, 200)]];
    case '/away':
      return [[path, { status: 302, location: 'http://example.invalid/' }]];
    case '/moved':
      return [
        [path, { status: 302, location: '/code?n=500' }],
        ['/code?n=500', 500],
      ];
    default:
      return [];
  }
}

/** Returns the health service, which responds equally for any service. */
function healthOf(
  { grpc }: ReturnType<typeof readWords>,
  containers: readonly Container[],
  appLagMs: number,
): readonly ScriptEntry[] {
  if (grpc === undefined) return [];
  const services = ['', ...containers.flatMap(handlersOf).flatMap(({ handler }) => handler.grpc?.service ?? [])];
  const status = (text: string) => ({ [HEALTH_PORT]: Object.fromEntries(services.map((service) => [service, text])) });
  return [
    { at: `${appLagMs}ms`, grpc: status('SERVING') },
    { at: `${grpc * 1000}ms`, grpc: status('NOT_SERVING') },
  ];
}

function pathsOf(container: Container): readonly string[] {
  return handlersOf(container).flatMap(({ handler: { httpGet } }) => (httpGet ? [httpGet.path ?? '/'] : []));
}
