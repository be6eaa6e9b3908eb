import type { HTTPGetAction, Probe } from '../../manifest/model';

/**
 * Describes a probe like `kubectl describe`: `http-get http://:8080/healthz delay=3s timeout=1s period=3s #success=1 #failure=3`.
 *
 * Source: kubectl describe.go `DescribeProbe`.
 */
export function describeProbe(probe: Probe): string {
  const { initialDelaySeconds, timeoutSeconds, periodSeconds, successThreshold, failureThreshold } = probe;
  const times = `delay=${initialDelaySeconds}s timeout=${timeoutSeconds}s period=${periodSeconds}s`;
  return `${describeHandler(probe)} ${times} #success=${successThreshold} #failure=${failureThreshold}`;
}

function describeHandler({ exec, httpGet, tcpSocket, grpc }: Probe): string {
  if (exec) return `exec [${exec.command.join(' ')}]`;
  if (httpGet) return `http-get ${formatURL(httpGet)}`;
  if (tcpSocket) return `tcp-socket ${tcpSocket.host ?? ''}:${tcpSocket.port}`;
  if (grpc) return `grpc <pod>:${grpc.port} ${grpc.service ?? ''}`;
  return 'unknown';
}

function formatURL({ scheme, host = '', port, path }: HTTPGetAction): string {
  const bracketed = host.includes(':') ? `[${host}]` : host;
  const rooted = path === '' || path.startsWith('/') ? path : `/${path}`;
  return `${scheme.toLowerCase()}://${bracketed}:${port}${escapePath(rooted)}`;
}

/** Escapes a path like Go, which treats a query as a part of it. Source: Go net/url `EscapedPath`. */
function escapePath(path: string): string {
  return encodeURIComponent(path)
    .replace(/%(?:24|26|2B|2C|2F|3A|3B|3D|40)/g, decodeURIComponent)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
