import type { Container } from '../manifest/model';

const MAX_FILE_BYTES = 4096;
const MAX_LOG_BYTES = 2048;
const MAX_LOG_LINES = 80;

/**
 * The termination message of a container: what it wrote to its `terminationMessagePath`, or the end of its log where
 * the policy falls back to that after a failure and the file is empty.
 *
 * Source: kuberuntime_container.go `getTerminationMessage`.
 */
export function terminationMessage(
  container: Container,
  exitCode: number,
  file: string,
  log: string,
): string | undefined {
  const message = lastBytes(file, MAX_FILE_BYTES, 'start');
  if (message !== '') return message;
  if (exitCode === 0 || container.terminationMessagePolicy !== 'FallbackToLogsOnError') return undefined;
  const lines = log.split('\n');
  const complete = log.endsWith('\n') ? lines.slice(0, -1) : lines;
  const tail = complete.slice(-MAX_LOG_LINES).join('\n');
  return tail === '' ? undefined : lastBytes(tail, MAX_LOG_BYTES, 'end');
}

function lastBytes(text: string, limit: number, keep: 'start' | 'end'): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= limit) return text;
  return (keep === 'start' ? bytes.subarray(0, limit) : bytes.subarray(-limit)).toString();
}
