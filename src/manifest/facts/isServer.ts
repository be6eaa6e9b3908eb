import type { Container } from '../model';

/** Returns whether a container is there to be asked, and so to keep running: it has a probe, or lists a port. */
export function isServer({ startupProbe, livenessProbe, readinessProbe, ports = [] }: Container): boolean {
  return [startupProbe, livenessProbe, readinessProbe].some((probe) => probe !== undefined) || ports.length > 0;
}
