import type {
  ExecAction,
  GRPCAction,
  HTTPGetAction,
  IntOrString,
  Lifecycle,
  LifecycleHandler,
  ProbeHandler,
} from '../model';
import { type ApiServer, isEnabled, NEWEST } from '../values/apiServer';
import { type FieldError, forbidden, invalid, makeRequired, notSupported } from '../values/fieldError';
import type { FieldPath } from '../values/fieldPath';
import { minorOf } from '../values/kubernetesVersion';
import type { Unchecked } from '../values/uncheckedManifest';
import { isHTTPHeaderName, isPortName, isPortNumber } from './names';

const SCHEMES = ['HTTP', 'HTTPS'];
const PROTOCOLS = ['HTTP1', 'HTTP2'];
const GRPC_MODES = ['Plaintext', 'TLS'];

export type WrittenHandler = Unchecked<ProbeHandler & LifecycleHandler>;

/**
 * Returns the errors of a probe or hook, which needs exactly one action: only the first in Kubernetes' order is
 * checked. A `sleep` is compared with `gracePeriod`, the pod's in seconds, if it is known.
 *
 * Source: validation.go `validateHandler`.
 */
export function validateHandler(
  handler: WrittenHandler,
  gracePeriod: number | undefined,
  path: FieldPath,
  server: ApiServer = NEWEST,
): FieldError[] {
  const { exec, httpGet, tcpSocket, grpc, sleep } = handler;
  const given = [
    exec && { name: 'exec', errors: () => validateExecAction(exec, path.child('exec')) },
    httpGet && { name: 'httpGet', errors: () => validateHTTPGetAction(httpGet, path.child('httpGet')) },
    tcpSocket && { name: 'tcpSocket', errors: () => validatePort(tcpSocket.port, path.child('tcpSocket', 'port')) },
    grpc && { name: 'grpc', errors: () => validateGRPCAction(grpc, path.child('grpc')) },
    sleep && { name: 'sleep', errors: () => validateSleepAction(sleep, gracePeriod, path.child('sleep'), server) },
  ].filter((one) => one !== undefined);

  const [first, ...others] = given;
  if (!first) {
    return [makeRequired(path, 'must specify a handler type', 'exec, httpGet, tcpSocket or grpc')];
  }
  return [
    ...first.errors(),
    ...others.map(({ name }) => forbidden(path.child(name), 'may not specify more than 1 handler type')),
  ];
}

/** Source: validation.go `validateLifecycle`. */
export function validateLifecycle(
  lifecycle: Unchecked<Lifecycle>,
  gracePeriod: number | undefined,
  path: FieldPath,
  server: ApiServer = NEWEST,
): FieldError[] {
  return (['postStart', 'preStop'] as const).flatMap((hook) => {
    const handler = lifecycle[hook];
    return handler ? validateHandler(handler, gracePeriod, path.child(hook), server) : [];
  });
}

/**
 * Returns the errors of a sleep, which has to fit into the pod's grace period. The message says "less than", but an
 * equal time passes.
 *
 * Source: validation.go `validateSleepAction`, with the wordings of 1.29 and of 1.32.
 */
export function validateSleepAction(
  { seconds = 0 }: Unchecked<{ readonly seconds: number }>,
  gracePeriod: number | undefined,
  path: FieldPath,
  server: ApiServer = NEWEST,
): FieldError[] {
  if (gracePeriod === undefined) return [];
  const zero = isEnabled(server, 'PodLifecycleSleepActionAllowZero');
  if (seconds <= gracePeriod && (zero ? seconds >= 0 : seconds > 0)) return [];
  const limit = `less than terminationGracePeriodSeconds (${gracePeriod})`;
  if (zero) return [invalid(path, seconds, `must be non-negative and ${limit}`)];
  const gate = 'Enable AllowPodLifecycleSleepActionZeroValue feature gate for zero sleep.';
  const detail = `must be greater than 0 and ${limit}`;
  return [invalid(path, seconds, minorOf(server.kubernetesVersion) < 32 ? detail : `${detail}. ${gate}`)];
}

function validateExecAction({ command = [] }: Unchecked<ExecAction>, path: FieldPath): FieldError[] {
  return command.length === 0 ? [makeRequired(path.child('command'))] : [];
}

function validateHTTPGetAction(action: Unchecked<HTTPGetAction>, path: FieldPath): FieldError[] {
  const { port, scheme = '', httpHeaders = [] } = action;
  return [
    ...(action.path ? [] : [makeRequired(path.child('path'))]),
    ...validatePort(port, path.child('port')),
    ...(SCHEMES.includes(scheme) ? [] : [notSupported(path.child('scheme'), scheme, SCHEMES)]),
    ...httpHeaders.flatMap(({ name = '' }) =>
      isHTTPHeaderName(name).map((detail) => invalid(path.child('httpHeaders'), name, detail)),
    ),
    ...validateProtocol(action, path),
  ];
}

/** Returns the errors of the protocol: HTTP/2 without TLS is only for the pod itself. */
function validateProtocol({ protocol, scheme, host = '' }: Unchecked<HTTPGetAction>, path: FieldPath): FieldError[] {
  if (protocol === undefined) return [];
  if (!PROTOCOLS.includes(protocol)) return [notSupported(path.child('protocol'), protocol, PROTOCOLS)];
  if (protocol === 'HTTP1') return [];
  if (scheme !== 'HTTP') return [invalid(path.child('protocol'), protocol, 'is only supported with HTTP (H2C)')];
  return host === '' ? [] : [invalid(path.child('host'), host, 'must be empty when `protocol` is "HTTP2"')];
}

function validateGRPCAction({ port, mode }: Unchecked<GRPCAction>, path: FieldPath): FieldError[] {
  const modes =
    mode === undefined || GRPC_MODES.includes(mode) ? [] : [notSupported(path.child('mode'), mode, GRPC_MODES)];
  return [...validatePort(port, path.child('port')), ...modes];
}

/**
 * Returns the errors of a port. Whether a named port exists is checked by `unknownNamedPorts`.
 * Source: validation.go `ValidatePortNumOrName`.
 */
function validatePort(port: Unchecked<IntOrString> = 0, path: FieldPath): FieldError[] {
  const errors = typeof port === 'number' ? isPortNumber(port) : isPortName(port);
  return errors.map((detail) => invalid(path, port, detail));
}
