import { isDeepStrictEqual } from 'node:util';
import type { PodSpec } from '../../manifest/model';
import type { ContainerState, ContainerStatus, PodStatus } from '../../timeline/podStatus';
import { type Effects, emit } from '../effects/effects';
import type { SyncedPod } from '../state/syncedPod';

const MAX_POD_MESSAGE_BYTES = 12 * 1024;

/** Shows a status in the API and returns it. A status that is the same as `shown` causes no event. */
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

/**
 * Returns the status as it goes to the API: the termination messages of a pod share 12 KiB evenly, and longer
 * ones are cut.
 *
 * Source: status/status_manager.go `normalizeStatus`.
 */
function normalizeStatus(spec: PodSpec, status: PodStatus): PodStatus {
  const containers = spec.containers.length + spec.initContainers.length + (spec.ephemeralContainers?.length ?? 0);
  const limit = Math.floor(MAX_POD_MESSAGE_BYTES / Math.max(containers, 1));
  const cut = (each: ContainerStatus): ContainerStatus => {
    const [state, lastState] = [cutMessage(each.state, limit), cutMessage(each.lastState, limit)];
    return state === each.state && lastState === each.lastState ? each : { ...each, state, lastState };
  };
  return {
    ...status,
    containerStatuses: status.containerStatuses.map(cut),
    initContainerStatuses: status.initContainerStatuses.map(cut),
  };
}

function cutMessage(state: ContainerState, limit: number): ContainerState {
  const { terminated } = state;
  const bytes = Buffer.from(terminated?.message ?? '');
  if (!terminated || bytes.length <= limit) return state;
  return { ...state, terminated: { ...terminated, message: bytes.subarray(0, limit).toString() } };
}
