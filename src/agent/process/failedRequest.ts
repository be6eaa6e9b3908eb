import { getEngineMessage, getResponseStatus, isUnreachable } from '../../runtime/docker/engine/engineError';
import { RuntimeError } from '../../runtime/runtimeError';
import type { RequestKind, RequestPayload } from '../ipc/messages';

/** The task of each request, as an infinitive. The engine's own message does not state it. */
const TASKS: Partial<Readonly<Record<RequestKind, string>>> = {
  Exec: 'run a command',
  Logs: 'read the log',
  WorkingSet: 'measure the memory',
  Processes: 'list the processes',
  Kill: 'send a signal',
  Freeze: 'freeze the container',
  Thaw: 'thaw the container',
  Limit: 'limit the container',
  Disconnect: "cut the pod's network",
  Reconnect: "join the pod's network again",
  AfflictService: 'act on a service of the pod',
  AddressOf: 'look up a published port',
  Remove: 'remove the pod',
};
const FIX = "Check the engine's log";

interface FailedRequest {
  readonly kind: RequestKind;
  readonly asked: RequestPayload<RequestKind>;
}

/**
 * Returns the error of a failed request: the engine's error with the task and the container added, or the loss of the
 * engine.
 */
export function failedRequest({ kind, asked }: FailedRequest, error: unknown): unknown {
  const status = getResponseStatus(error);
  const task = TASKS[kind] ?? `run the request ${kind}`;
  if (status === undefined && isUnreachable(error)) {
    const lost = `failed to ${task} for ${subjectOf(asked)}: ${getEngineMessage(error)}. Check that the engine is running`;
    return new RuntimeError('container engine', lost, { cause: error });
  }
  if (status === undefined) return error;
  const wrong = `failed to ${task}: the container engine answered ${status}, ${getEngineMessage(error)}. ${FIX}`;
  return new RuntimeError(subjectOf(asked), wrong, { cause: error });
}

function subjectOf(asked: RequestPayload<RequestKind>): string {
  if ('container' in asked) return `container ${asked.container}`;
  return 'key' in asked ? `pod ${asked.key}` : 'container engine';
}
