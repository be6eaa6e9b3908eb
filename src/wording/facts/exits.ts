import type { ContainerExit } from '../../assertions/facts/containerExit';

/** Reasons that say no more than the exit code does. */
const PLAIN_REASONS = ['Completed', 'Error'];

/** Returns `web exited with 137 (OOMKilled)`. */
export function formatExit({ container, exitCode, reason }: ContainerExit): string {
  const more = reason && !PLAIN_REASONS.includes(reason) ? ` (${reason})` : '';
  return `${container} exited with ${exitCode}${more}`;
}

/** Returns `web exited with 1, proxy exited with 0`. */
export function formatExits(exits: readonly ContainerExit[]): string {
  return exits.map(formatExit).join(', ');
}
