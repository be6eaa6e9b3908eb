import { isSameCheck, portNumber } from '../../manifest/facts/sameCheck';
import { sleptSeconds } from '../../manifest/facts/sleptSeconds';
import type { Container, HTTPGetAction, Probe } from '../../manifest/model';
import type { ScriptEntry } from '../../runtime/scripted/script';

/** Longer than any grace period. Larger numbers have no duration syntax. */
const SLEEP_MAX_SECONDS = 1e9;

type Responses = Pick<ScriptEntry, 'exec' | 'http' | 'tcp' | 'grpc' | 'tls'>;
type PortState = NonNullable<ScriptEntry['tcp']>[string];

/** Script of an app whose process exits immediately. */
export const EXITS_IMMEDIATELY: readonly ScriptEntry[] = [{ at: '0s', exit: 1 }];

/** Returns the script of an app that starts and keeps running. */
export function scriptSuccess(container: Container): ScriptEntry {
  const { startupProbe, lifecycle } = container;
  const { postStart, preStop } = lifecycle ?? {};
  const probed = startupProbe ? respond(container, startupProbe, true) : {};
  const hooked = [postStart, preStop].map((hook) => (hook?.httpGet ? respondHTTP(container, hook.httpGet, true) : {}));
  const slept = preStop && sleptSeconds(preStop);
  const command = preStop?.exec?.command.join(' ');
  const sleeps =
    command !== undefined && slept !== undefined
      ? { exec: { [command]: { takes: `${Math.min(slept, SLEEP_MAX_SECONDS)}s` } } }
      : {};
  return { at: '0s', ...[...hooked, sleeps].reduce(mergeResponses, probed) };
}

/**
 * Returns the script of an app that starts and then fails liveness: `upMs` after the first start, `againMs` after later
 * ones.
 */
export function failLiveness(
  container: Container,
  liveness: Probe,
  { upMs, againMs }: { readonly upMs: number; readonly againMs: number },
): readonly ScriptEntry[] {
  const dead = respond(container, liveness, false);
  const { startupProbe } = container;
  const up = scriptSuccess(container);
  if (startupProbe && isSameCheck(container, startupProbe, liveness))
    return [up, { run: 1, at: `${upMs}ms`, ...dead }, { run: '2+', at: `${againMs}ms`, ...dead }];
  return [{ ...mergeResponses(up, dead), at: '0s' }];
}

function respond(container: Container, { exec, httpGet, tcpSocket, grpc }: Probe, isHealthy: boolean): Responses {
  const port: PortState = isHealthy ? 'open' : 'closed';
  if (exec) return { exec: { [exec.command.join(' ')]: isHealthy ? 0 : 1 } };
  if (httpGet) return respondHTTP(container, httpGet, isHealthy);
  if (tcpSocket) return { tcp: { [portNumber(container, tcpSocket.port)]: port } };
  if (grpc) return { grpc: { [grpc.port]: { [grpc.service ?? '']: isHealthy ? 'SERVING' : 'NOT_SERVING' } } };
  return {};
}

function respondHTTP(container: Container, { port, path, scheme }: HTTPGetAction, isHealthy: boolean): Responses {
  const rooted = path.startsWith('/') ? path : `/${path}`;
  const http = { [portNumber(container, port)]: { [rooted]: isHealthy ? 200 : 500 } };
  return scheme === 'HTTPS' && isHealthy ? { http, tls: 'self-signed' } : { http };
}

function mergeResponses(one: Responses, other: Responses): Responses {
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
