import { isDeepStrictEqual } from 'node:util';
import type { PodStatus } from '../../timeline/podStatus';
import { change, emit, type Turn } from '../effects/turn';
import { normalizeStatus } from './normalizeStatus';

/** Shows a status in the API; nothing is told where nothing changed. */
export function publish(turn: Turn, generated: PodStatus): void {
  const status = normalizeStatus(turn.state.pod.spec, generated);
  if (isDeepStrictEqual(turn.state.status, status)) return;
  change(turn, { status });
  emit(turn, { source: 'status', kind: 'StatusPublished', at: turn.at, status });
}
