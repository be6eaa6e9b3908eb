import { isDeepStrictEqual } from 'node:util';
import type { PodStatus } from '../../timeline/podStatus';
import { type Effects, emit } from '../effects/effects';
import type { SyncedPod } from '../state/syncedPod';
import { normalizeStatus } from './normalizeStatus';

/** Shows a status in the API and returns it. A status that is the same as `shown` is no event. */
export function publish(
  shown: PodStatus,
  generated: PodStatus,
  { spec }: Pick<SyncedPod, 'spec'>,
  out: Effects,
): PodStatus {
  const status = normalizeStatus(spec, generated);
  if (isDeepStrictEqual(shown, status)) return shown;
  emit(out, { source: 'status', kind: 'StatusPublished', at: out.at, status });
  return status;
}
