import type { ContainerStateTerminated } from '../timeline/podStatus';

/** Reasons that say no more than the exit code does. */
const PLAIN_REASONS = ['Completed', 'Error'];

/** Returns `web exited with 137 (OOMKilled)`. */
export function howItEnded(container: string, { exitCode, reason }: ContainerStateTerminated): string {
  const more = reason && !PLAIN_REASONS.includes(reason) ? ` (${reason})` : '';
  return `${container} exited with ${exitCode}${more}`;
}
