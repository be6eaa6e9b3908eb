import { isSameCheck, portNumber } from '../../manifest/facts/sameCheck';
import { sleptSeconds } from '../../manifest/facts/sleptSeconds';
import type { Container, HTTPGetAction, Probe } from '../../manifest/model';
import type { ScriptEntry } from '../../runtime/scripted/script';

/** Longer than any grace period; numbers beyond are not written as durations are. */
const SLEEP_MAX_SECONDS = 1e9;

type Answers = Pick<ScriptEntry, 'exec' | 'http' | 'tcp' | 'grpc' | 'tls'>;
type Openness = NonNullable<ScriptEntry['tcp']>[string];

/** An app whose process ends as soon as it has started. */
export const ENDS_AT_ONCE: readonly ScriptEntry[] = [{ at: '0s', exit: 1 }];

/** An app that comes up, and stays. */
export function works(container: Container): ScriptEntry {
  const { startupProbe, lifecycle } = container;
  const { postStart, preStop } = lifecycle ?? {};
  const probed = startupProbe ? answer(container, startupProbe, true) : {};
  const hooked = [postStart, preStop].map((hook) => (hook?.httpGet ? httpAnswer(container, hook.httpGet, true) : {}));
  const slept = preStop && sleptSeconds(preStop);
  const command = preStop?.exec?.command.join(' ');
  const sleeps =
    command !== undefined && slept !== undefined
      ? { exec: { [command]: { takes: `${Math.min(slept, SLEEP_MAX_SECONDS)}s` } } }
      : {};
  return { at: '0s', ...[...hooked, sleeps].reduce(merged, probed) };
}

/**
 * An app that comes up, and of which liveness finds nothing alive from `upMs` after its first start on, and from `againMs`
 * after each later one.
 */
export function isNotAlive(
  container: Container,
  liveness: Probe,
  { upMs, againMs }: { readonly upMs: number; readonly againMs: number },
): readonly ScriptEntry[] {
  const dead = answer(container, liveness, false);
  const { startupProbe } = container;
  const up = works(container);
  if (startupProbe && isSameCheck(container, startupProbe, liveness))
    return [up, { run: 1, at: `${upMs}ms`, ...dead }, { run: '2+', at: `${againMs}ms`, ...dead }];
  return [{ ...merged(up, dead), at: '0s' }];
}

function answer(container: Container, { exec, httpGet, tcpSocket, grpc }: Probe, well: boolean): Answers {
  const port: Openness = well ? 'open' : 'closed';
  if (exec) return { exec: { [exec.command.join(' ')]: well ? 0 : 1 } };
  if (httpGet) return httpAnswer(container, httpGet, well);
  if (tcpSocket) return { tcp: { [portNumber(container, tcpSocket.port)]: port } };
  if (grpc) return { grpc: { [grpc.port]: { [grpc.service ?? '']: well ? 'SERVING' : 'NOT_SERVING' } } };
  return {};
}

function httpAnswer(container: Container, { port, path, scheme }: HTTPGetAction, well: boolean): Answers {
  const rooted = path.startsWith('/') ? path : `/${path}`;
  const http = { [portNumber(container, port)]: { [rooted]: well ? 200 : 500 } };
  return scheme === 'HTTPS' && well ? { http, tls: 'self-signed' } : { http };
}

function merged(one: Answers, other: Answers): Answers {
  const http = { ...one.http };
  for (const [port, paths] of Object.entries(other.http ?? {})) http[port] = { ...http[port], ...paths };
  return {
    ...one,
    ...other,
    exec: { ...one.exec, ...other.exec },
    http,
    tcp: { ...one.tcp, ...other.tcp },
    grpc: { ...one.grpc, ...other.grpc },
  };
}
