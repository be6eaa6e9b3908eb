/** The status the engine's API answered with; undefined where the engine did not answer at all. */
export function responseStatusOf(error: unknown): number | undefined {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined;
}

const LOST = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH']);

/** True if no engine was there to respond, or its connection ended before the response. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error && LOST.has(String(error.code)))) return false;
  // Node's HTTP client names no system call for a connection that ended before the response: "socket hang up".
  return 'syscall' in error || error.code === 'ECONNRESET';
}

/** The engine's own words, without the HTTP dressing its client puts around them. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^\(HTTP code \d+\) [^-]* - /, '').trim();
}

/** Whether what was asked for is not there (any more), or is already on its way out. */
export function isGone(error: unknown): boolean {
  const status = responseStatusOf(error);
  return status === 404 || (status === 409 && messageOf(error).includes('already in progress'));
}

/**
 * Whether a signal found nothing to be sent to: its exit is on the way, or told already. Docker rejects a SIGKILL whose
 * exit it has not seen after 10s, though the process is a zombie.
 *
 * Source: moby daemon/container_operations_unix.go `killProcessDirectly`.
 */
export function isNotRunning(error: unknown): boolean {
  if (isGone(error)) return true;
  const message = messageOf(error);
  return (
    (responseStatusOf(error) === 409 && message.includes('is not running')) ||
    message.includes('is zombie and can not be killed')
  );
}
