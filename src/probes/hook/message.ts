import type { IntOrString, LifecycleHandler, ObjectMeta } from '../../manifest/model';
import { goQuote } from '../goText';

/** Why a sleep hook failed: the container's time was up before its own was. */
export const SLEEP_CUT_SHORT = 'container terminated before sleep hook finished';

/** Container and pod of a hook. */
export interface HookOwner {
  readonly container: string;
  readonly pod: Pick<ObjectMeta, 'name' | 'namespace' | 'uid'>;
}

/**
 * Returns the message that a failed hook leaves in the container's status and in the kubelet's log; `output` is that of
 * an exec hook.
 *
 * Source: lifecycle/handlers.go `Run`.
 */
export function hookFailureMessage(
  handler: LifecycleHandler,
  { container, pod }: HookOwner,
  error: string,
  output = '',
): string {
  const owner = `for Container ${goQuote(container)} in Pod ${goQuote(`${pod.name}_${pod.namespace}(${pod.uid})`)} failed - error: ${error}`;
  if (handler.exec)
    return `Exec lifecycle hook ([${handler.exec.command.join(' ')}]) ${owner}, message: ${goQuote(output)}`;
  if (handler.httpGet) return `HTTP lifecycle hook (${handler.httpGet.path}) ${owner}`;
  if (handler.sleep) return `Sleep lifecycle hook (${handler.sleep.seconds}) ${owner}`;
  return `Cannot run handler: ${error}`;
}

/**
 * Returns why a handler that only probes have cannot run: the API accepts a tcpSocket hook, but the kubelet cannot run
 * it.
 */
export function invalidHandlerText({ tcpSocket }: LifecycleHandler): string {
  const socket = tcpSocket
    ? `&TCPSocketAction{Port:${printPort(tcpSocket.port)},Host:${tcpSocket.host ?? ''},}`
    : 'nil';
  return `invalid handler: &LifecycleHandler{Exec:nil,HTTPGet:nil,TCPSocket:${socket},Sleep:nil,}`;
}

/** Source: apimachinery util/intstr `IntOrString`, as Go's `%v` prints the struct. */
function printPort(port: IntOrString): string {
  return typeof port === 'number' ? `{0 ${port} }` : `{1 0 ${port}}`;
}
