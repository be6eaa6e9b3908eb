import type {
  Container,
  ContainerPort,
  HTTPGetAction,
  LifecycleHandler,
  ProbeHandler,
  TCPSocketAction,
} from '../../../../src/manifest/model';
import { listOf, wordsOf } from './words';

// Unit cases take their input as it stands: what they leave out is Go's zero value, not the API server's default.

export function portsOf(value: unknown): readonly ContainerPort[] {
  return listOf('ports', value ?? []).map(
    (port) => wordsOf('ports[]', port, ['name', 'containerPort', 'protocol']) as unknown as ContainerPort,
  );
}

export function httpGetOf(value: unknown): HTTPGetAction {
  const given = wordsOf('httpGet', value, ['host', 'httpHeaders', 'path', 'port', 'scheme']);
  const { path = '', scheme = 'HTTP', ...others } = given;
  return { ...others, path, scheme } as unknown as HTTPGetAction;
}

export function tcpSocketOf(value: unknown): TCPSocketAction {
  return wordsOf('tcpSocket', value, ['host', 'port']) as unknown as TCPSocketAction;
}

const PROBE_WORDS = [
  'exec',
  'failureThreshold',
  'grpc',
  'httpGet',
  'initialDelaySeconds',
  'periodSeconds',
  'successThreshold',
  'tcpSocket',
  'terminationGracePeriodSeconds',
  'timeoutSeconds',
];

export function probeHandlerOf(value: unknown): ProbeHandler {
  const given = wordsOf('probe', value, PROBE_WORDS);
  return {
    ...given,
    ...(given.exec ? { exec: execOf(given.exec) } : {}),
    ...(given.httpGet ? { httpGet: httpGetOf(given.httpGet) } : {}),
    ...(given.tcpSocket ? { tcpSocket: tcpSocketOf(given.tcpSocket) } : {}),
    ...(given.grpc
      ? { grpc: wordsOf('grpc', given.grpc, ['port', 'service']) as unknown as ProbeHandler['grpc'] }
      : {}),
  } as ProbeHandler;
}

export function hookHandlerOf(value: unknown): LifecycleHandler {
  const given = wordsOf('handler', value, ['exec', 'httpGet', 'sleep', 'tcpSocket']);
  return {
    ...(given.exec ? { exec: execOf(given.exec) } : {}),
    ...(given.httpGet ? { httpGet: httpGetOf(given.httpGet) } : {}),
    ...(given.sleep ? { sleep: wordsOf('sleep', given.sleep, ['seconds']) as unknown as { seconds: number } } : {}),
    ...(given.tcpSocket ? { tcpSocket: tcpSocketOf(given.tcpSocket) } : {}),
  };
}

function execOf(value: unknown): { readonly command: readonly string[] } {
  const { command = [] } = wordsOf('exec', value, ['command']);
  return { command: listOf('exec.command', command).map(String) };
}

/** Returns a container with the given fields and neutral values in the others. */
export function containerOf(given: Partial<Container>): Container {
  return { name: 'container', image: 'image', imagePullPolicy: 'IfNotPresent', ...given };
}

export function envOf(value: unknown): NonNullable<Container['env']> {
  return listOf('env', value ?? []).map(
    (variable) => wordsOf('env[]', variable, ['name', 'value', 'valueFrom']) as unknown as { name: string },
  );
}
