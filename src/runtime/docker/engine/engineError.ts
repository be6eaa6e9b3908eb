/** Returns the status of the engine's response, or undefined if the engine did not respond. */
export function getResponseStatus(error: unknown): number | undefined {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined;
}

const LOST = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH']);

/** True if the engine was unreachable, or its connection ended before the response. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error && LOST.has(String(error.code)))) return false;
  // Node's HTTP client sets no system call for a connection that ended before the response: "socket hang up".
  return 'syscall' in error || error.code === 'ECONNRESET';
}

/** Returns the engine's own message, without the HTTP prefix of its client. */
export function getEngineMessage(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^\(HTTP code \d+\) [^-]* - /, '').trim();
}

/** Returns true if the requested object does not exist, or is already being removed. */
export function isGone(error: unknown): boolean {
  const status = getResponseStatus(error);
  return status === 404 || (status === 409 && getEngineMessage(error).includes('already in progress'));
}

/**
 * Returns true if a signal found no process, because the container has exited or is exiting. Docker rejects a SIGKILL
 * whose exit it has not seen after 10s, although the process is a zombie.
 *
 * Source: moby daemon/container_operations_unix.go `killProcessDirectly`.
 */
export function isStoppedError(error: unknown): boolean {
  if (isGone(error)) return true;
  const message = getEngineMessage(error);
  return (
    (getResponseStatus(error) === 409 && message.includes('is not running')) ||
    message.includes('is zombie and can not be killed')
  );
}
