import type { HandlerFailure, NetworkFailure } from '../../../timeline/causes';
import { formatReasonOrReceived } from '../../facts/reason';
import { formatFrom, type Words } from '../../message';
import type { ResultFact } from '../facts';

const NETWORK: Readonly<Record<NetworkFailure, string>> = {
  refused: 'the connection was refused',
  timedOut: 'the request timed out',
  reset: 'the connection was closed without a response',
  noRoute: 'there is no route to the host',
};

const FAILURES: Words<HandlerFailure> = {
  ...NETWORK,
  notServing: 'the server is not serving',
  status: ({ status }) => `the response has status ${status}`,
  rpc: ({ code }) => `the call returned ${code}`,
  exit: ({ exitCode, says }) => `its command exits with code ${exitCode}${says ? ` (${NETWORK[says]})` : ''}`,
  programMissing: 'the image does not contain its program',
};

/** Returns why a hook failed: its typed cause if there is one, else the message of the kubelet. */
export function formatHookFailure(failure: HandlerFailure | undefined, result: ResultFact['result']): string {
  return failure ? formatFrom(FAILURES, failure) : formatReasonOrReceived(result);
}
