import type { Instant } from '../../clock/instant';
import type { FormatInstant } from '../../report/kubectl/describeContainers';
import type { ContainerState, ContainerStatus, PodStatus } from '../../timeline/podStatus';

/** A value as the API shows it: points in time are RFC 3339 texts. */
type InAPI<T> = T extends Instant
  ? string
  : T extends readonly (infer Each)[]
    ? readonly InAPI<Each>[]
    : T extends object
      ? { readonly [Key in keyof T]: InAPI<T[Key]> }
      : T;

/** Fields of Kubernetes' `PodStatus` that a pod run sets. */
export type APIPodStatus = InAPI<PodStatus> & { readonly podIPs?: readonly { readonly ip: string }[] };

/** Returns a status with real dates; `createdAtMs` is the pod's instant 0 in milliseconds since the epoch. */
export function apiStatus(status: PodStatus, createdAtMs: number): APIPodStatus {
  // The API knows no fractions of a second.
  const formatDate: FormatInstant = (at) => new Date(createdAtMs + at).toISOString().replace(/\.\d+Z$/, 'Z');
  const { startTime, conditions, initContainerStatuses, containerStatuses, ...rest } = status;
  return {
    ...rest,
    ...(rest.podIP !== undefined && { podIPs: [{ ip: rest.podIP }] }),
    ...(startTime !== undefined && { startTime: formatDate(startTime) }),
    conditions: conditions.map(({ lastTransitionTime, ...condition }) => ({
      ...condition,
      ...(lastTransitionTime !== undefined && { lastTransitionTime: formatDate(lastTransitionTime) }),
    })),
    initContainerStatuses: initContainerStatuses.map((container) => datedContainer(container, formatDate)),
    containerStatuses: containerStatuses.map((container) => datedContainer(container, formatDate)),
  };
}

function datedContainer({ state, lastState, ...rest }: ContainerStatus, dated: FormatInstant): InAPI<ContainerStatus> {
  return { ...rest, state: datedState(state, dated), lastState: datedState(lastState, dated) };
}

function datedState({ waiting, running, terminated }: ContainerState, dated: FormatInstant): InAPI<ContainerState> {
  if (running) return { running: { startedAt: dated(running.startedAt) } };
  if (!terminated) return waiting ? { waiting } : {};
  const { startedAt, finishedAt, ...rest } = terminated;
  return {
    terminated: {
      ...rest,
      ...(startedAt !== undefined && { startedAt: dated(startedAt) }),
      ...(finishedAt !== undefined && { finishedAt: dated(finishedAt) }),
    },
  };
}
