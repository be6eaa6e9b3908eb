import { goDuration } from '../../clock/goDuration';
import type { ProbeOutcome } from '../../kubelet/state/protocol';
import type { HandlerFailure } from '../../timeline/causes';
import { joinHostPort } from '../address';
import { goQuote } from '../goText';
import { networkFailureIn } from '../netError';
import type { GRPCTarget } from './target';

/** Result of a health check. */
export type GRPCAnswer =
  | { readonly kind: 'Checked'; readonly status: string }
  | { readonly kind: 'NotConnected' }
  /** `code` is gRPC's, by number. */
  | { readonly kind: 'CallFailed'; readonly code: number; readonly message: string };

/** Source: google.golang.org/grpc/codes. */
const CODES = [
  'OK',
  'Canceled',
  'Unknown',
  'InvalidArgument',
  'DeadlineExceeded',
  'NotFound',
  'AlreadyExists',
  'PermissionDenied',
  'ResourceExhausted',
  'FailedPrecondition',
  'Aborted',
  'OutOfRange',
  'Unimplemented',
  'Internal',
  'Unavailable',
  'DataLoss',
  'Unauthenticated',
];

/**
 * Returns the outcome of a grpc probe, which never errors: every result counts. A refused connection is retried until
 * the deadline, so it appears as a timeout.
 *
 * Source: probe/grpc/grpc.go `Probe`.
 */
export function judgeGRPC(answer: GRPCAnswer, { host, port }: GRPCTarget, timeoutMs: number): ProbeOutcome {
  switch (answer.kind) {
    case 'NotConnected':
      return failure(
        `timeout: failed to connect service ${goQuote(joinHostPort(host, port))} within ${goDuration(timeoutMs)}: context deadline exceeded`,
        { kind: 'timedOut' },
      );
    case 'CallFailed':
      return failure(callFailureText(answer.code, answer.message, timeoutMs), callFailure(answer));
    case 'Checked':
      if (answer.status === 'SERVING') return { result: 'Success', output: 'service healthy' };
      return failure(`service unhealthy (responded with ${goQuote(answer.status)})`, { kind: 'notServing' });
  }
}

function callFailureText(code: number, message: string, timeoutMs: number): string {
  switch (CODES[code]) {
    case 'Unimplemented':
      return `error: this server does not implement the grpc health protocol (grpc.health.v1.Health): ${message}`;
    case 'DeadlineExceeded':
      return `timeout: health rpc did not complete within ${goDuration(timeoutMs)}`;
    default:
      return `error: health rpc probe failed: rpc error: code = ${CODES[code] ?? `Code(${code})`} desc = ${message}`;
  }
}

/**
 * Returns the cause of a failed call. The details of an `Unavailable` call are the client's own: they describe how the
 * connection broke.
 */
function callFailure({ code, message }: Extract<GRPCAnswer, { kind: 'CallFailed' }>): HandlerFailure {
  const name = CODES[code] ?? `Code(${code})`;
  if (name === 'DeadlineExceeded') return { kind: 'timedOut' };
  const broken = name === 'Unavailable' ? networkFailureIn(message) : undefined;
  return broken ? { kind: broken } : { kind: 'rpc', code: name };
}

function failure(output: string, why: HandlerFailure): ProbeOutcome {
  return { result: 'Failure', output, failure: why };
}
