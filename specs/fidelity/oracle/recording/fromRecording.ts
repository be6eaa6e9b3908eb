import { containerText, endpointText, join, type Observed, Observing, rowText } from './observed';
import type { Entry, Recording } from './recording';

/** Returns the observations in a recording. */
export function observedIn({ timeline, recordedSeconds }: Recording): Observed {
  const seen = new Observing();
  for (const entry of timeline) read(entry, seen, Math.round(entry.t * 1000));
  return seen.end(recordedSeconds * 1000);
}

function read(entry: Entry, seen: Observing, atMs: number): void {
  switch (entry.what) {
    case 'row':
      return seen.show('rows', atMs, rowText(entry));
    case 'event':
      return seen.tell(entry, atMs);
    case 'endpoint':
      return seen.show('endpoint', atMs, endpointText(entry.conditions));
    case 'removed':
      return seen.show('removed', atMs, 'removed');
    case 'status': {
      const { phase, reason, message, conditions = {}, initContainers = [], containers = [] } = entry;
      if (phase ?? reason ?? message) seen.show('phase', atMs, join(phase, reason, message));
      for (const [type, parts] of Object.entries(conditions)) {
        seen.show(`condition ${type}`, atMs, join(...parts));
      }
      for (const container of [...initContainers, ...containers]) {
        seen.show(`container ${container.name}`, atMs, containerText(container));
      }
    }
  }
}
