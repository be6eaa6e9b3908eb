import type { Container } from '../manifest/model';

const MAX_FILE_BYTES = 4096;
const MAX_LOG_BYTES = 2048;
export const MAX_LOG_LINES = 80;

/**
 * Returns the termination message of a container: the end of its `terminationMessagePath`, or of its log if the policy
 * falls back to that after a failure and the file is empty.
 *
 * Source: kuberuntime_container.go `getTerminationMessage`, `readLastStringFromContainerLogs`; util/tail `ReadAtMost`.
 */
export function terminationMessage(
  container: Container,
  exitCode: number,
  file: string,
  log: string,
): string | undefined {
  const message = lastBytes(file, MAX_FILE_BYTES);
  if (message !== '') return message;
  if (!mayFallBackToLogs(container, exitCode) || log === '') return undefined;
  // A line without an end does not count toward the limit, and is kept.
  const lines = log.split('\n');
  return lastBytes(lines.slice(-MAX_LOG_LINES - 1).join('\n'), MAX_LOG_BYTES);
}

/** Returns true if the end of the log replaces an empty file. */
export function mayFallBackToLogs({ terminationMessagePolicy }: Container, exitCode: number): boolean {
  return exitCode !== 0 && terminationMessagePolicy === 'FallbackToLogsOnError';
}

function lastBytes(text: string, limit: number): string {
  const bytes = Buffer.from(text);
  return bytes.length <= limit ? text : bytes.subarray(-limit).toString();
}
