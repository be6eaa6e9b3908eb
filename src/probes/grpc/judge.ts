import { goDuration } from '../../clock/goDuration';
import type { ProbeOutcome } from '../../kubelet/state/protocol';
import { joinHostPort } from '../address';
import { goQuote } from '../goText';
import type { GRPCTarget } from './target';

/** What came of a health check. */
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
 * What a grpc probe makes of its answer. It never errors: whatever happens counts. A refused connection is tried again
 * until the time is up, and so shows as a timeout.
 *
 * Source: probe/grpc/grpc.go `Probe`.
 */
export function judgeGRPC(answer: GRPCAnswer, { host, port }: GRPCTarget, timeoutMs: number): ProbeOutcome {
  switch (answer.kind) {
    case 'NotConnected':
      return failure(
        `timeout: failed to connect service ${goQuote(joinHostPort(host, port))} within ${goDuration(timeoutMs)}: context deadline exceeded`,
      );
    case 'CallFailed':
      return failure(callFailureText(answer.code, answer.message, timeoutMs));
    case 'Checked':
      if (answer.status === 'SERVING') return { result: 'Success', output: 'service healthy' };
      return failure(`service unhealthy (responded with ${goQuote(answer.status)})`);
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

function failure(output: string): ProbeOutcome {
  return { result: 'Failure', output };
}
