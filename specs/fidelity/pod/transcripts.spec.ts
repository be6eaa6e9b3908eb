import { describe, expect, test } from '@jest/globals';
import { kubectl, profiles, type SimulatedPod, simulatePod } from 'jest-kubelet';

const answersForTenSeconds = {
  liveness: [
    { at: '0s', http: { 8080: { '/healthz': 200 } } },
    { at: '10s', http: { 8080: { '/healthz': 500 } } },
  ],
};
const healthyForThirtySeconds = {
  liveness: [
    { at: '0s', onTerm: { ignore: true } },
    { at: '30s', exec: { 'cat /tmp/healthy': 1 } },
    { at: '630s', exit: 0 },
  ],
};

/** Returns the events of a container with the time in seconds: `18 Started 1`, `72 BackOff`. */
function storyOf(pod: SimulatedPod): string[] {
  return pod.events
    .filter(({ kind }) => ['Started', 'Killing', 'BackOff'].includes(kind))
    .map(({ at, kind, attempt }) => `${at / 1000} ${kind}${attempt === undefined ? '' : ` ${attempt}`}`);
}

interface Row {
  readonly status: string;
  readonly restarts: number;
  readonly ageSeconds: number;
}

/** Returns the rows of `kubectl get pod -w`, from the first with the status Running. */
function rowsOf(pod: SimulatedPod): Row[] {
  const rows = kubectl
    .getPodWatch(pod.timeline, pod.pod)
    .slice(1)
    .map((line) => {
      const [, , status = '', restarts = ''] = line.split(/\s+/);
      const [, minutes = '0', seconds = '0'] = /(?:(\d+)m)?(?:(\d+)s)?$/.exec(line) ?? [];
      return { status, restarts: Number(restarts), ageSeconds: Number(minutes) * 60 + Number(seconds) };
    });
  return rows.slice(rows.findIndex(({ status }) => status === 'Running'));
}

describe('liveness-http: 200 for 10s after each start, then 500', () => {
  test('restarts immediately three times, and 20s after the exit the fourth time', () => {
    const pod = simulatePod('examples/liveness-http/pod.yaml', answersForTenSeconds);
    pod.advance('95s');
    expect(storyOf(pod)).toEqual([
      '0 Started 0',
      '18 Killing',
      '18 Started 1',
      '36 Killing',
      '36 Started 2',
      '54 Killing',
      '54 Started 3',
      // 18s since the exit before the one just killed, against 20s.
      '72 Killing',
      '72 BackOff',
      // The exit of the killed container starts another sync.
      '72 BackOff',
      '92 Started 4',
    ]);
  });

  /** On a real node: status, restarts, age in seconds. */
  const SEEN: readonly (readonly [string, number, number])[] = [
    ['Running', 0, 5],
    ['Running', 1, 26],
    ['Running', 2, 46],
    ['Running', 3, 67],
    ['Running', 4, 88],
    ['CrashLoopBackOff', 4, 106],
    ['Running', 5, 162],
    ['CrashLoopBackOff', 5, 178],
    ['Running', 6, 273],
    ['CrashLoopBackOff', 6, 292],
  ];
  const onNode = (seed: number) => {
    const options = { profile: profiles.node, kubernetesVersion: '1.34', seed };
    const pod = simulatePod('examples/liveness-http/pod.yaml', answersForTenSeconds, options);
    pod.advance('5m');
    return rowsOf(pod);
  };

  test('restarts four times immediately, within 3s of a real node', () => {
    const rows = onNode(1).slice(0, 6);
    expect(rows.map(({ status, restarts }) => [status, restarts])).toEqual(
      SEEN.slice(0, 6).map(([status, restarts]) => [status, restarts]),
    );
    for (const [index, { ageSeconds }] of rows.entries()) {
      expect(Math.abs(ageSeconds - (SEEN[index]?.[2] ?? 0))).toBeLessThanOrEqual(3);
    }
  });

  test('continues within 15s of a real node with the same retries', () => {
    // When a retry comes is random on a node; other seeds are up to 30s off by the last line.
    const rows = onNode(3);
    expect(rows.map(({ status, restarts }) => [status, restarts])).toEqual(
      SEEN.map(([status, restarts]) => [status, restarts]),
    );
    for (const [index, { ageSeconds }] of rows.entries()) {
      expect(Math.abs(ageSeconds - (SEEN[index]?.[2] ?? 0))).toBeLessThanOrEqual(15);
    }
  });
});

describe('liveness-exec: healthy for 30s after each start, ignores SIGTERM', () => {
  const pod = simulatePod('examples/liveness-exec/pod.yaml', healthyForThirtySeconds);
  pod.advance('64m');
  const startedAt = (restart: number) =>
    (pod.events.find(({ kind, attempt }) => kind === 'Started' && attempt === restart)?.at ?? 0) / 1000;

  test('enters CrashLoopBackOff at 35m20s with 13 restarts, then restarts in pairs', () => {
    const inBackOff = pod.timeline
      .of('StatusPublished')
      .filter(({ status }) => status.containerStatuses[0]?.state.waiting?.reason === 'CrashLoopBackOff');
    expect(inBackOff.map(({ at, status }) => [at / 1000, status.containerStatuses[0]?.restartCount])).toContainEqual([
      35 * 60 + 20,
      13,
    ]);
    expect([14, 15, 20, 21].map(startedAt)).toEqual([40 * 60 + 20, 41 * 60 + 30, 62 * 60 + 20, 63 * 60 + 30]);
  });

  test('restarts within 100s of a real node', () => {
    const seenMinutes = { 14: 39, 15: 40, 16: 47, 17: 48, 18: 54, 19: 56, 20: 62, 21: 63 };
    for (const [restart, minute] of Object.entries(seenMinutes)) {
      expect(Math.abs(startedAt(Number(restart)) - minute * 60)).toBeLessThanOrEqual(100);
    }
  });
});

describe('the STATUS column', () => {
  const statuses = (pod: SimulatedPod) => {
    const words = kubectl
      .getPodWatch(pod.timeline, pod.pod)
      .slice(1)
      .map((line) => line.split(/\s+/)[2]);
    return words.filter((word, index) => word !== words[index - 1]);
  };
  const podOf = (spec: object) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec });

  test('changes from Init:0/1 to PodInitializing to Running', () => {
    const slow = { postStart: { sleep: { seconds: 5 } } };
    const containers = [{ name: 'main', image: 'main:1', lifecycle: slow }];
    const spec = { initContainers: [{ name: 'init', image: 'init:1' }], containers };
    const pod = simulatePod(podOf(spec), { init: [{ at: '10s', exit: 0 }] });
    pod.advance('20s');
    expect(statuses(pod)).toEqual(['Pending', 'Init:0/1', 'PodInitializing', 'Running']);
  });

  test('alternates between Running and NotReady if one of two exits with 0', () => {
    const spec = {
      containers: [
        { name: 'first', image: 'a:1' },
        { name: 'second', image: 'b:1' },
      ],
    };
    const pod = simulatePod(podOf(spec), { first: [{ at: '5s', exit: 0 }] });
    pod.advance('22s');
    expect(statuses(pod)).toEqual([
      'Pending',
      'ContainerCreating',
      'Running',
      'NotReady',
      'Running',
      'NotReady',
      'CrashLoopBackOff',
      'Running',
    ]);
  });
});
