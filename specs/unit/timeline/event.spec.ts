import { describe, expect, test } from '@jest/globals';
import { CREATED } from '../../../src/clock/instant';
import { type Event, isA, KUBELET_REASONS, type KubeletEvent, type KubeletReason } from '../../../src/timeline/event';
import { acted, exited, killed, markedForDeletion, published, recorded, signalled, started } from './events';

/** True if no event of another source has a kind that is also a kubelet reason. */
type IsUnambiguous = [Extract<Exclude<Event, KubeletEvent>['kind'], KubeletReason>] extends [never] ? true : false;

describe('isA', () => {
  test('selects events only by their kind', () => {
    const events: readonly Event[] = [
      started(2),
      exited(3, 1),
      published(3, {}),
      acted(4, 'exec'),
      markedForDeletion(5),
    ];
    for (const kind of ['Started', 'ContainerExited', 'StatusPublished', 'TestActed', 'DeletionMarked'] as const) {
      expect(events.filter((event) => isA(kind, event)).map((event) => event.kind)).toEqual([kind]);
    }
    expect(events.some((event) => isA('Killing', event))).toBe(false);
  });

  test('narrows a kubelet event to the fields of its reason', () => {
    const life = [started(2), ...killed(9, 'liveness')];
    const kills = life.filter((event) => isA('Killing', event)).map(({ from, probe, type }) => ({ from, probe, type }));
    expect(kills).toEqual([{ from: 'kubelet', probe: 'liveness', type: 'Normal' }]);
  });

  test('narrows a runtime event to its own fields', () => {
    const life: readonly Event[] = [signalled(4, 'SIGTERM', 30_000), exited(5, 143)];
    expect(life.flatMap((event) => (isA('SignalSent', event) ? [event.signal] : []))).toEqual(['SIGTERM']);
    expect(life.flatMap((event) => (isA('ContainerExited', event) ? [event.exitCode] : []))).toEqual([143]);
  });

  test('distinguishes a kubelet reason from a runtime event', () => {
    const unambiguous: IsUnambiguous = true;
    expect(unambiguous).toBe(true);
    expect(isA('ContainerStarted', recorded(2, 'Started', 'Container started'))).toBe(false);
    const news = { at: CREATED, source: 'runtime', container: 'web', id: 'c1', attempt: 0 } as const;
    expect(isA('Started', { ...news, kind: 'ContainerStarted' })).toBe(false);
  });
});

describe('KUBELET_REASONS', () => {
  // A node reports other reasons only about itself: its network, evictions and failed syncs.
  test.each([
    ['of the scheduler', ['Scheduled', 'FailedScheduling']],
    ['of images', ['Pulling', 'Pulled', 'Failed', 'BackOff', 'ErrImageNeverPull', 'InspectFailed']],
    ['of pull secrets', ['FailedToRetrieveImagePullSecret']],
    ['of containers', ['Created', 'Started', 'Killing']],
    ['of probes', ['Unhealthy', 'ProbeWarning']],
    ['of hooks', ['FailedPostStartHook', 'FailedPreStopHook', 'LifecycleHTTPFallback']],
    ['of sandboxes', ['SandboxChanged', 'FailedCreatePodSandBox', 'FailedKillPod']],
    ['of volumes', ['FailedMount']],
    ['of deadlines', ['DeadlineExceeded']],
  ])('contain the reasons %s with the spelling of Kubernetes', (_, reasons) => {
    expect(KUBELET_REASONS).toEqual(expect.arrayContaining(reasons));
  });

  test('contain each reason once', () => {
    expect(new Set(KUBELET_REASONS).size).toBe(KUBELET_REASONS.length);
  });
});
