import type { HTTPGetAction, Probe } from '../../manifest/model';

/**
 * A probe as `kubectl describe` words it: `http-get http://:8080/healthz delay=3s timeout=1s period=3s #success=1 #failure=3`.
 *
 * Source: kubectl describe.go `DescribeProbe`.
 */
export function describeProbe(probe: Probe): string {
  const { initialDelaySeconds, timeoutSeconds, periodSeconds, successThreshold, failureThreshold } = probe;
  const times = `delay=${initialDelaySeconds}s timeout=${timeoutSeconds}s period=${periodSeconds}s`;
  return `${handlerOf(probe)} ${times} #success=${successThreshold} #failure=${failureThreshold}`;
}

function handlerOf({ exec, httpGet, tcpSocket, grpc }: Probe): string {
  if (exec) return `exec [${exec.command.join(' ')}]`;
  if (httpGet) return `http-get ${urlOf(httpGet)}`;
  if (tcpSocket) return `tcp-socket ${tcpSocket.host ?? ''}:${tcpSocket.port}`;
  if (grpc) return `grpc <pod>:${grpc.port} ${grpc.service ?? ''}`;
  return 'unknown';
}

function urlOf({ scheme, host = '', port, path }: HTTPGetAction): string {
  const bracketed = host.includes(':') ? `[${host}]` : host;
  const rooted = path === '' || path.startsWith('/') ? path : `/${path}`;
  return `${scheme.toLowerCase()}://${bracketed}:${port}${escaped(rooted)}`;
}

/** Escaped as Go escapes a path, which a query is part of here. Source: Go net/url `EscapedPath`. */
function escaped(path: string): string {
  return encodeURIComponent(path)
    .replace(/%(?:24|26|2B|2C|2F|3A|3B|3D|40)/g, decodeURIComponent)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
