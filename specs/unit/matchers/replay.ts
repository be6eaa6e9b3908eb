import type { Instant } from '../../../src/clock/instant';
import type { Container, Pod, PodSpec } from '../../../src/manifest/model';
import { WritableTimeline } from '../../../src/timeline/writableTimeline';
import { POD_RUN, type PodHandle, type WaitablePodRun } from '../../../src/waiting/podRun';
import type { Life } from '../timeline/events';

export interface Replay {
  /** Events before the test checks the pod. */
  readonly past?: Life;
  /** Events during the wait, in virtual time. */
  readonly coming?: Life;
  /** True if nothing can happen after the last event. */
  readonly ends?: boolean;
  /** Error that aborts the run after the last event. */
  readonly breaks?: Error;
  readonly spec?: Partial<PodSpec>;
}

/** Returns a pod with a prepared timeline, which a wait reads further. */
export function replay({
  past = [],
  coming = [],
  ends = false,
  breaks,
  spec = {},
}: Replay): WaitablePodRun & PodHandle {
  const timeline = new WritableTimeline();
  for (const event of past.flat()) timeline.append(event);
  const left = coming.flat();
  return {
    pod: podOf(spec),
    timeline,
    get [POD_RUN]() {
      return this;
    },
    get ended() {
      return ends && left.length === 0;
    },
    get broken() {
      return left.length === 0 ? breaks : undefined;
    },
    async progress(until: Instant) {
      const next = left[0];
      if (next && next.at <= until) timeline.append(left.shift() ?? next);
      else timeline.advance(until);
    },
  };
}

export function podOf(spec: Partial<PodSpec>): Pod {
  return {
    metadata: { name: 'shop', namespace: 'default', uid: '1' },
    spec: {
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
      initContainers: [],
      containers: [web()],
      ...spec,
    },
  };
}

export function web(more: Partial<Container> = {}): Container {
  return { name: 'web', image: 'web:dev', imagePullPolicy: 'IfNotPresent', ...more };
}
