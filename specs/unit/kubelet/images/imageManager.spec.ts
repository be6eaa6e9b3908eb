import { describe, expect, test } from '@jest/globals';
import { createPod, type Observation, step } from '../../../../src/kubelet';
import { applyDefaults } from '../../../../src/manifest/admission/defaults';
import type { Event } from '../../../../src/timeline/event';
import { s, simulate } from '../../../fidelity/kubelet/scenarios';

function eventsOf(events: readonly Event[]): string[] {
  return events.flatMap((event) => {
    if (event.source !== 'kubelet' || event.kind === 'Scheduled') return [];
    return [`${event.at / 1000} ${event.type} ${event.kind}: ${event.message}`];
  });
}

/** Returns the effects of these responses to the first image inspection. */
function told(image: string, ...answers: readonly Observation[]) {
  const pod = applyDefaults({ metadata: { name: 'web' }, spec: { containers: [{ name: 'app', image }] } });
  let { state } = createPod(pod);
  const news: readonly Observation[] = [
    { kind: 'Woken' },
    { kind: 'SandboxStarted', id: 's', podIP: '10.0.0.1' },
    ...answers,
  ];
  const events = news.flatMap((seen) => {
    const taken = step(state, seen, s(0));
    state = taken.state;
    return taken.events;
  });
  return { events, state };
}

const failing = { app: [{ at: '0s', imagePull: 'fails' as const }] };

test('retries a failed pull after 10s, then after 20s', () => {
  const pod = simulate({ containers: [{ name: 'app', image: 'shop/web:1' }] }, failing);
  pod.advance(s(29));
  const notFound = 'failed to pull and unpack image "shop/web:1": not found';
  expect(eventsOf(pod.timeline.events)).toEqual([
    '0 Normal Pulling: Pulling image "shop/web:1"',
    `0 Warning Failed: Failed to pull image "shop/web:1": ${notFound}`,
    '0 Warning Failed: Error: ErrImagePull',
    // The new sandbox triggers another sync.
    '0 Normal BackOff: Back-off pulling image "shop/web:1"',
    '0 Warning Failed: Error: ImagePullBackOff',
    '10 Normal Pulling: Pulling image "shop/web:1"',
    `10 Warning Failed: Failed to pull image "shop/web:1": ${notFound}`,
    '10 Warning Failed: Error: ErrImagePull',
    '20 Normal BackOff: Back-off pulling image "shop/web:1"',
    '20 Warning Failed: Error: ImagePullBackOff',
  ]);
  expect(pod.state.status.phase).toBe('Pending');
});

test('marks the failed pull event, but not the failed start', () => {
  const pod = simulate({ containers: [{ name: 'app', image: 'shop/web:1' }] }, failing);
  pod.advance(s(1));
  const failures = pod.timeline.of('Failed').map(({ message, failed }) => [message.split(' image')[0], failed]);
  expect(failures.slice(0, 2)).toEqual([
    ['Failed to pull', 'pull'],
    ['Error: ErrImagePull', undefined],
  ]);
});

test('contains the reason of a failed pull, even in back-off', () => {
  const failure = { kind: 'imageMissing' };
  const pod = simulate({ containers: [{ name: 'app', image: 'shop/web:1' }] }, failing);
  pod.advance(s(1));
  expect(pod.timeline.of('Failed').map((event) => [event.message, event.failure])).toEqual([
    [expect.stringContaining('Failed to pull image'), failure],
    ['Error: ErrImagePull', failure],
    ['Error: ImagePullBackOff', failure],
  ]);
});

test('contains no reason if it is unknown or the image is not pulled', () => {
  const unreachable = { app: [{ at: '0s', imagePull: { fails: 'dial tcp: i/o timeout' } }] };
  for (const [policy, script] of [
    ['Always', unreachable],
    ['Never', failing],
  ] as const) {
    const pod = simulate({ containers: [{ name: 'app', image: 'shop/web:1', imagePullPolicy: policy }] }, script);
    pod.advance(s(1));
    expect(pod.timeline.of('Failed').map((event) => 'failure' in event)).toContain(false);
    expect(pod.timeline.of('Failed').map((event) => 'failure' in event)).not.toContain(true);
  }
});

test('contains the reason why an image could not be inspected', () => {
  const failure = { kind: 'diskFull' } as const;
  const failed = {
    kind: 'ImagePullFailed',
    container: 'app',
    reason: 'ImageInspectError',
    message: 'no',
    failure,
  } as const;
  const { events } = told('shop/web:1', failed);
  expect(events.filter(({ kind }) => kind === 'Failed')).toMatchObject([
    { message: 'Error: ImageInspectError', failure },
  ]);
});

test('reports ErrImageNeverPull for a missing image with imagePullPolicy Never', () => {
  const pod = simulate({ containers: [{ name: 'app', image: 'shop/web:1', imagePullPolicy: 'Never' }] });
  pod.advance(s(5));
  expect(eventsOf(pod.timeline.events)).toEqual([
    '0 Warning ErrImageNeverPull: Container image "shop/web:1" is not present with pull policy of Never',
    '0 Warning Failed: Error: ErrImageNeverPull',
    '0 Warning ErrImageNeverPull: Container image "shop/web:1" is not present with pull policy of Never',
    '0 Warning Failed: Error: ErrImageNeverPull',
  ]);
});

describe('image with an invalid name', () => {
  const texts = (image: string, kubernetesVersion: string) => {
    const pod = simulate({ containers: [{ name: 'app', image }] }, {}, { kubernetesVersion });
    pod.advance(s(5));
    return { events: eventsOf(pod.timeline.events), waiting: pod.state.status.containerStatuses[0]?.state.waiting };
  };

  test('fails with the same message in the event and the status', () => {
    const message =
      'Failed to apply default image tag "Not A Name": couldn\'t parse image name "Not A Name": invalid reference format: ' +
      'repository name (library/Not A Name) must be lowercase';
    const attempt = [`0 Warning InspectFailed: ${message}`, '0 Warning Failed: Error: InvalidImageName'];
    expect(texts('Not A Name', '1.36')).toEqual({
      // The new sandbox triggers another sync.
      events: [...attempt, ...attempt],
      waiting: { reason: 'InvalidImageName', message },
    });
  });

  test.each([
    ['shop//web', '1.36', 'couldn\'t parse image name "shop//web": invalid reference format'],
    [
      'Web:1',
      '1.28',
      'couldn\'t parse image name "Web:1": invalid reference format: repository name must be lowercase',
    ],
    ['shop//web', '1.27', 'couldn\'t parse image reference "shop//web": invalid reference format'],
    [
      'localhost/Web',
      '1.36',
      'couldn\'t parse image name "localhost/Web": invalid reference format: repository name (Web) must be lowercase',
    ],
  ])('rejects %s, which %s cannot parse', (image, version, why) => {
    const message = `Failed to apply default image tag "${image}": ${why}`;
    expect(texts(image, version).waiting).toEqual({ reason: 'InvalidImageName', message });
  });
});

test('records the local image that replaces an unreachable registry image', () => {
  const { events } = told(
    'shop/web:latest',
    { kind: 'ImageInspected', container: 'app', present: true },
    { kind: 'ImagePulled', container: 'app', tookMs: 30, sizeBytes: 1, notPulled: 'connection refused' },
  );
  expect(events).toContainEqual({
    source: 'runtime',
    kind: 'ImageNotPulled',
    at: 0,
    container: 'app',
    image: 'shop/web:latest',
    message: 'connection refused',
  });
  expect(eventsOf(events)).toEqual([
    '0 Normal Pulling: Pulling image "shop/web:latest"',
    '0 Normal Pulled: Container image "shop/web:latest" already present on machine and can be accessed by the pod',
  ]);
});
