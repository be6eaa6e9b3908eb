import { describe, expect, test } from '@jest/globals';
import { NODE } from '../../../src/kubelet';
import type { Simulation } from '../../../src/pod/simulated/simulation';
import type { AppScript } from '../../../src/runtime/scripted/script';
import type { PodStatus } from '../../../src/timeline/podStatus';
import { s, simulate, story } from './scenarios';

type Spec = Parameters<typeof simulate>[0];

/** Plays a pod to an instant. */
function simulateUntil(
  spec: Spec,
  app: AppScript,
  kubernetesVersion: string,
  seconds: number,
  profile?: typeof NODE,
): Simulation {
  const pod = simulate(spec, app, { kubernetesVersion, ...(profile && { profile }) });
  pod.advance(s(seconds));
  return pod;
}

/** Returns a part of each published status. Equal parts in a row appear once. */
function listPublished(pod: Simulation, tell: (status: PodStatus) => unknown): unknown[] {
  const all = pod.timeline.of('StatusPublished').map(({ status }) => tell(status));
  return all.filter((one, index) => JSON.stringify(one) !== JSON.stringify(all[index - 1]));
}

const conditionOf = (type: string) => (status: PodStatus) => {
  const { status: value, reason, message } = status.conditions.find((each) => each.type === type) ?? {};
  return [value, reason, message].filter((each) => each !== undefined).join(' ');
};

describe('a liveness restart of a container with a startup probe', () => {
  const spec: Spec = {
    containers: [
      {
        name: 'web',
        startupProbe: { exec: { command: ['up'] }, periodSeconds: 10, failureThreshold: 5 },
        livenessProbe: { exec: { command: ['live'] }, periodSeconds: 2, failureThreshold: 2 },
      },
    ],
  };
  const app: AppScript = {
    web: [
      { at: '0s', exec: { live: 0 } },
      { at: '25s', exec: { live: 1 } },
      { run: '2+', at: '0s', exec: { live: 1 } },
    ],
  };
  const listStarted = (version: string) =>
    listPublished(simulateUntil(spec, app, version, 35, NODE), ({ containerStatuses: [web] }) =>
      web?.state.running ? `${web.restartCount} ${web.started}` : undefined,
    ).filter((each) => each !== undefined);

  test('keeps started true for the next instance since 1.35', () => {
    expect(listStarted('1.35')).toContain('1 true');
    expect(listStarted('1.36.3').slice(0, 3)).toEqual(['0 false', '0 true', '1 true']);
  });

  test('resets started before 1.35, and with the gate that restores this', () => {
    expect(listStarted('1.34').slice(0, 3)).toEqual(['0 false', '0 true', '1 false']);
    const featureGates = { ChangeContainerStatusOnKubeletRestart: true };
    const pod = simulate(spec, app, { kubernetesVersion: '1.36', profile: NODE, featureGates });
    pod.advance(s(35));
    expect(
      pod.timeline.of('StatusPublished').some(
        ({
          status: {
            containerStatuses: [web],
          },
        }) => web?.restartCount === 1 && web.started,
      ),
    ).toBe(false);
  });

  test('lets liveness restart the next instance before its startup probe has run', () => {
    const probes = simulateUntil(spec, app, '1.36.3', 35, NODE)
      .timeline.of('ProbeFinished')
      .filter(({ at }) => at > s(29))
      .map(({ probe, result }) => `${probe} ${result}`);
    expect(probes.slice(0, 2)).toEqual(['liveness Failure', 'liveness Failure']);
  });

  test('resets started after a crash, which the API shows first', () => {
    const crashing: AppScript = { web: [{ at: '25s', exit: 1 }] };
    const pod = simulateUntil(spec, crashing, '1.36.3', 35, NODE);
    const seen = listPublished(pod, ({ containerStatuses: [web] }) => `${web?.restartCount} ${web?.started}`);
    expect(seen.slice(0, 5)).toEqual(['undefined undefined', '0 false', '0 true', '0 false', '1 false']);
  });
});

describe('PodReadyToStartContainers', () => {
  const spec: Spec = { containers: [{ name: 'web' }] };
  const slow = { ...NODE, pullMs: 5_000 };

  test('is True when the sandbox is ready since 1.36, and after the next sync before', () => {
    const at = (version: string) =>
      simulateUntil(spec, {}, version, 20, slow)
        .timeline.of('StatusPublished')
        .find(({ status }) => conditionOf('PodReadyToStartContainers')(status) === 'True')?.at;
    expect(at('1.36')).toBe(700);
    expect(at('1.35')).toBeGreaterThan(5_000);
  });

  test('has a reason for False since 1.37', () => {
    const never: Spec = { ...spec, restartPolicy: 'Never' };
    const app: AppScript = { web: [{ at: '2s', exit: 0 }] };
    const told = (version: string) =>
      listPublished(simulateUntil(never, app, version, 20, NODE), conditionOf('PodReadyToStartContainers'));
    expect(told('1.37')).toEqual([
      '',
      'False PodSandboxNotReady no pod sandbox exists',
      'True',
      'False PodSandboxNotReady pod sandbox is not ready',
    ]);
    expect(told('1.36')).toEqual(['', 'False', 'True', 'False']);
  });
});

describe('a pod that terminates', () => {
  test('has its terminal phase after its worker has stopped everything', () => {
    const spec: Spec = { restartPolicy: 'Never', containers: [{ name: 'web' }] };
    const pod = simulateUntil(spec, { web: [{ at: '2s', exit: 1 }] }, '1.36', 20, NODE);
    const seen = listPublished(pod, (status) => `${status.phase} ${conditionOf('Ready')(status)}`);
    expect(seen.slice(-2)).toEqual(['Running False PodFailed', 'Failed False PodFailed']);
    const [before = 0, last = 0] = pod.timeline
      .of('StatusPublished')
      .map(({ at }) => at)
      .slice(-2);
    expect(last - before).toBe(NODE.relistMs);
  });

  test('emits DeadlineExceeded for each status: 4 times, and 3 times before 1.27', () => {
    const spec: Spec = { activeDeadlineSeconds: 5, containers: [{ name: 'web' }] };
    expect(story(simulateUntil(spec, {}, '1.36', 30, NODE), 'DeadlineExceeded')).toHaveLength(4);
    expect(story(simulateUntil(spec, {}, '1.26', 30, NODE), 'DeadlineExceeded')).toHaveLength(3);
  });
});

describe('RestartAllContainers', () => {
  test('keeps the phase Running and init containers ready during the removal', () => {
    const rule = { action: 'RestartAllContainers', exitCodes: { operator: 'In', values: [88] } };
    const spec = {
      restartPolicy: 'Never',
      initContainers: [{ name: 'init' }],
      containers: [{ name: 'web', restartPolicy: 'Never', restartPolicyRules: [rule] }],
    } as unknown as Spec;
    const app: AppScript = {
      init: [{ at: '1s', exit: 0 }],
      web: [
        { run: 1, at: '5s', exit: 88 },
        { run: '2+', at: '1h', exit: 0 },
      ],
    };
    const seen = listPublished(
      simulateUntil(spec, app, '1.36', 30, NODE),
      ({ phase, initContainerStatuses: [init] }) =>
        init?.state.waiting?.reason === 'RestartingAllContainers' ? `${phase} ${init.ready}` : undefined,
    );
    expect(seen.filter((each) => each !== undefined)).toEqual(['Running true']);
  });
});

describe('an exec readiness probe while the pod terminates', () => {
  const readinessProbe = { periodSeconds: 1, failureThreshold: 2 };
  const simulateEnd = (version: string, probe: object, app: AppScript) => {
    const pod = simulate({ containers: [{ name: 'web', readinessProbe: { ...readinessProbe, ...probe } }] }, app, {
      kubernetesVersion: version,
    });
    pod.advance(s(10));
    pod.observe({ kind: 'DeleteRequested' });
    pod.advance(s(18));
    const outputs = pod.timeline
      .of('ProbeFinished')
      .filter(({ at }) => at > s(10))
      .map(({ result, output }) => `${result} ${output}`);
    return { ready: pod.state.status.containerStatuses[0]?.ready, outputs: [...new Set(outputs)] };
  };
  const exec = { exec: { command: ['ready'] } };
  const deaf: AppScript = { web: [{ at: '0s', onTerm: { exitAfter: '15s', exec: { ready: 1 } } }] };

  test.each(['1.35.0', '1.35', '1.36.3', '1.36'])('is canceled and leaves the pod Ready in %s', (version) => {
    expect(simulateEnd(version, exec, deaf)).toEqual({
      ready: true,
      outputs: ['Errored rpc error: code = Canceled desc = context canceled'],
    });
  });

  test.each(['1.34', '1.36.0', '1.36.2', '1.37'])('runs and makes the pod unready in %s', (version) => {
    const { ready, outputs } = simulateEnd(version, exec, deaf);
    expect(ready).toBe(false);
    expect(outputs).toEqual(['Failure ']);
  });

  test('is not affected if it is an httpGet probe', () => {
    const app: AppScript = {
      web: [
        { at: '0s', http: { 8080: { '/': 200 } }, onTerm: { exitAfter: '15s' } },
        { at: '12s', http: { 8080: { '/': 500 } } },
      ],
    };
    expect(simulateEnd('1.36.3', { httpGet: { path: '/', port: 8080 } }, app).ready).toBe(false);
  });

  test('is unknown immediately if an attempt runs during the deletion', () => {
    const pod = simulate(
      { containers: [{ name: 'web', readinessProbe: { ...exec, periodSeconds: 5, timeoutSeconds: 4 } }] },
      { web: [{ at: '0s', exec: { ready: { takes: '3s' } }, onTerm: { ignore: true } }] },
      { kubernetesVersion: '1.36.3' },
    );
    pod.advance(s(14));
    pod.observe({ kind: 'DeleteRequested' });
    pod.advance(s(17));
    const cancelled = pod.timeline.of('ProbeFinished').find(({ at }) => at >= s(14));
    expect(cancelled).toMatchObject({ at: s(14), result: 'Errored', tookMs: 1_000 });
  });
});
