import { after, CREATED, type Instant } from '../../../src/clock/instant';
import type { HandlerFailure } from '../../../src/timeline/causes';
import {
  type Event,
  type HookType,
  isA,
  type KubeletEvent,
  type KubeletReason,
  type ProbeType,
  type RuntimeEvent,
} from '../../../src/timeline/event';
import type { ContainerStatus, PodPhase, PodStatus } from '../../../src/timeline/podStatus';
import type { Timeline } from '../../../src/timeline/timeline';
import { WritableTimeline } from '../../../src/timeline/writableTimeline';

/** Builders for handwritten timelines, one line per event. The default container is `web`. */

export function s(seconds: number): Instant {
  return after(CREATED, Math.round(seconds * 1000));
}

/** Events, and groups of events with one cause. */
export type Life = readonly (Event | readonly Event[])[];

/** Returns the writable log of a timeline, for events that no run records. */
export function writable(timeline: Timeline): WritableTimeline {
  if (timeline instanceof WritableTimeline) return timeline;
  throw new TypeError('the timeline is not writable');
}

export function timelineOf(...events: Life): WritableTimeline {
  const timeline = new WritableTimeline();
  for (const event of events.flat()) timeline.append(event);
  return timeline;
}

export function recorded(
  seconds: number,
  kind: KubeletReason,
  message: string,
  more: Partial<KubeletEvent> = {},
): KubeletEvent {
  return {
    at: s(seconds),
    source: 'kubelet',
    kind,
    type: 'Normal',
    message,
    from: 'kubelet',
    container: 'web',
    ...more,
  };
}

export function started(seconds: number, attempt = 0, container = 'web'): KubeletEvent {
  return recorded(seconds, 'Started', 'Container started', { attempt, container });
}

export function backOff(seconds: number, container = 'web'): KubeletEvent {
  const message = `Back-off restarting failed container ${container} in pod shop_default(1)`;
  return recorded(seconds, 'BackOff', message, { type: 'Warning', container, delayed: 'start' });
}

/** Returns the attempt of a failed probe and its event. */
export function failed(
  seconds: number,
  probe: ProbeType,
  run: number,
  output: string,
  container = 'web',
): readonly Event[] {
  const name = `${probe[0]?.toUpperCase()}${probe.slice(1)}`;
  return [
    probed(seconds, probe, 'Failure', run, output, container),
    recorded(seconds, 'Unhealthy', `${name} probe failed: ${output}`, { type: 'Warning', container, probe }),
  ];
}

export function probed(
  seconds: number,
  probe: ProbeType,
  result: 'Success' | 'Failure' | 'Errored',
  run: number,
  output = '',
  container = 'web',
): RuntimeEvent {
  const what = { kind: 'ProbeFinished', container, probe, result, output, tookMs: 2, run, threshold: 3 } as const;
  return { at: s(seconds), source: 'runtime', ...what };
}

/** Returns the events of a container that the kubelet kills because of a failed probe. */
export function killed(seconds: number, probe: ProbeType, container = 'web'): readonly Event[] {
  return [
    recorded(seconds, 'Killing', `Container ${container} failed ${probe} probe, will be restarted`, {
      probe,
      ...(probe !== 'readiness' && { cause: probe }),
      container,
    }),
    signalled(seconds, 'SIGTERM', 30_000, container),
  ];
}

export function notPulled(seconds: number, image: string, message: string): RuntimeEvent {
  return { at: s(seconds), source: 'runtime', kind: 'ImageNotPulled', container: 'web', image, message };
}

export function signalled(
  seconds: number,
  signal: string,
  graceMs: number | undefined,
  container = 'web',
): RuntimeEvent {
  return { at: s(seconds), source: 'runtime', kind: 'SignalSent', container, signal, ...(graceMs && { graceMs }) };
}

export function exited(
  seconds: number,
  exitCode: number,
  more: { afterSignalMs?: number; reason?: string; message?: string; container?: string } = {},
): RuntimeEvent {
  const reason = exitCode === 0 ? 'Completed' : 'Error';
  const what = { kind: 'ContainerExited', container: 'web', id: 'c1', attempt: 0, exitCode, reason } as const;
  return { at: s(seconds), source: 'runtime', ...what, ...more };
}

export function hooked(seconds: number, hook: HookType, tookMs: number, message?: string): RuntimeEvent {
  const what = { kind: 'HookFinished', container: 'web', hook, tookMs, failed: message !== undefined } as const;
  return { at: s(seconds), source: 'runtime', ...what, ...(message && { message }) };
}

/** Adds the failure to a finished probe or hook. */
export function because(failure: HandlerFailure, event: Event): Event {
  return isA('ProbeFinished', event) || isA('HookFinished', event) ? { ...event, failure } : event;
}

export function acted(seconds: number, action: 'run' | 'exec' | 'requests' | 'delete', detail?: string): Event {
  const where = action === 'exec' ? { container: 'web' } : {};
  return { at: s(seconds), source: 'test', kind: 'TestActed', action, ...where, ...(detail && { detail }) };
}

/** Returns a request of a client that gets a response in 5ms, or fails. */
export function asked(sentAt: number, failure?: string, path = '/'): RuntimeEvent {
  const came = failure === undefined ? { status: 200 } : { failure };
  return {
    at: s(sentAt + 0.005),
    source: 'runtime',
    kind: 'RequestFinished',
    port: 8080,
    path,
    sentAt: s(sentAt),
    ...came,
  };
}

export function skipped(seconds: number, byMs: number): RuntimeEvent {
  return { at: s(seconds), source: 'runtime', kind: 'TimeSkipped', byMs };
}

export function published(seconds: number, status: Partial<PodStatus>): Event {
  return { at: s(seconds), source: 'status', kind: 'StatusPublished', status: { ...EMPTY, ...status } };
}

const EMPTY: PodStatus = { phase: 'Pending', conditions: [], initContainerStatuses: [], containerStatuses: [] };

/** Returns a status with this Ready condition. */
export function ready(seconds: number, value = true): Event {
  const message = value ? {} : { message: 'containers with unready status: [web]', reason: 'ContainersNotReady' };
  const status = value ? 'True' : 'False';
  return published(seconds, {
    phase: 'Running',
    conditions: [
      { type: 'Initialized', status: 'True' },
      { type: 'Ready', status, ...message },
    ],
    containerStatuses: [running({ ready: value })],
  });
}

/** Adds the IP to a status, because a pod without an IP is not an endpoint. */
export function withIP(event: Event): Event {
  return event.kind === 'StatusPublished' ? { ...event, status: { ...event.status, podIP: '10.0.0.7' } } : event;
}

export function ended(seconds: number, phase: PodPhase, more: Partial<PodStatus> = {}): Event {
  return published(seconds, { phase, ...more });
}

export function running(more: Partial<ContainerStatus> = {}): ContainerStatus {
  return container({ state: { running: { startedAt: s(1) } }, started: true, ...more });
}

export function container(more: Partial<ContainerStatus> = {}): ContainerStatus {
  return {
    name: 'web',
    state: {},
    lastState: {},
    ready: false,
    started: false,
    restartCount: 0,
    image: 'web:dev',
    ...more,
  };
}

export function markedForDeletion(seconds: number, grace = 30): Event {
  const deletionTimestamp = s(seconds + grace);
  return {
    at: s(seconds),
    source: 'status',
    kind: 'DeletionMarked',
    deletionTimestamp,
    deletionGracePeriodSeconds: grace,
  };
}

export function removed(seconds: number): Event {
  return { at: s(seconds), source: 'status', kind: 'PodRemoved' };
}
