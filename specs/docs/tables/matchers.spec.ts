import { describe, expect, test } from '@jest/globals';
import { writable } from '../../unit/timeline/events';
import 'jest-kubelet/jest-globals';
import { type AppScript, type SimulatedPod, simulatePod } from 'jest-kubelet';
import * as matchers from '../../../matchers';
import { messageOf } from '../../unit/matchers/messageOf';
import { answering, HEALTHZ, simulated } from '../../unit/matchers/simulated';
import { blocksOf, page } from '../pages';

// The lines of code are those of specs/package/types/usages.ts, which specs/docs/blocks.spec.ts sees to.
const PAGE = page('docs/matchers.md').text;
const SECTIONS = new Map(
  PAGE.split(/^### /m)
    .slice(1)
    .map((section) => [/^`(.+)`$/m.exec(section)?.[1] ?? '', section] as const),
);

const BEHIND_SERVICE = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'shop' },
  spec: { selector: { app: 'shop' }, ports: [{ port: 80 }] },
};

/** The assertion of each section, on a pod after some time. */
const FAILURES: Readonly<Record<string, () => unknown>> = {
  toBecomeStarted: () =>
    expect(
      simulated({ startupProbe: { ...HEALTHZ, failureThreshold: 30 } }, { web: answering(['0s', 503]) }),
    ).toBecomeStarted({ within: '1m' }),
  toBecomeReady: () => expect(simulated({ readinessProbe: HEALTHZ }, { web: answering(['0s', 404]) })).toBecomeReady(),
  toBecomeUnready: () => expect(later(simulated({}), '5s')).toBecomeUnready({ within: '30s' }),
  toReachPhase: () =>
    expect(simulated({}, { web: [{ at: '20s', exit: 1 }] }, { restartPolicy: 'Never' })).toReachPhase('Succeeded'),
  toReachContainerState: () =>
    expect(simulated({}, { web: [{ at: '1s', exit: 1 }] }, { restartPolicy: 'Never' })).toReachContainerState({
      waiting: { reason: 'CrashLoopBackOff' },
    }),
  toRestart: () => expect(simulated({}, { web: [{ at: '5s', exit: 0 }] }, { restartPolicy: 'OnFailure' })).toRestart(),
  toEnterCrashLoopBackOff: () =>
    expect(simulated({}, { web: [{ at: '1s', exit: 1 }] })).not.toEnterCrashLoopBackOff({ within: '1m' }),
  toEmitEvent: () => expect(dying()).toEmitEvent('BackOff', { within: '30s' }),
  toRunHook: async () => {
    const preStop = { exec: { command: ['drain'] } };
    const pod = later(
      simulated({ lifecycle: { preStop } }, { web: [{ at: '0s', exec: { drain: { takes: '1m' } } }] }),
      '5s',
    );
    return expect(await pod.delete()).toRunHook('preStop');
  },
  toTerminateGracefully: () =>
    expect(
      later(simulated({}, { web: [{ at: '0s', onTerm: { ignore: true } }] }), '5s').delete(),
    ).toTerminateGracefully(),
  toExitWith: () => expect(simulated({}, { web: [{ at: '2s', exit: 1 }] }, { restartPolicy: 'Never' })).toExitWith(0),
  toLog: () => expect(simulated({}, { web: [{ at: '1s', stdout: 'listening on 3000' }] })).toLog('listening on 8080'),
  toEnterEndpoints: () => expect(selected(['0s', 503])).toEnterEndpoints({ within: '30s' }),
  toLeaveEndpoints: () => expect(later(selected(['0s', 200]), '15s')).toLeaveEndpoints({ within: '30s' }),
  toDropNoRequests: async () => {
    const pod = later(selected(['0s', 200]), '15s');
    await pod.requests('/healthz', { every: '250ms' });
    return expect(await pod.delete()).toDropNoRequests();
  },
  toSurviveOutageOf: () => {
    const pod = later(simulated({ readinessProbe: HEALTHZ }, { web: answering(['0s', 200], ['20s', 503]) }), '15s');
    const act = (action: 'freeze' | 'thaw') => async () =>
      writable(pod.timeline).append({
        source: 'test',
        kind: 'TestActed',
        at: pod.timeline.now,
        action,
        service: 'postgres',
      });
    const service = { freeze: act('freeze'), thaw: act('thaw') };
    return expect(Object.assign(pod, { service: () => service })).toSurviveOutageOf('postgres', { for: '30s' });
  },
  toStayReady: async () => {
    const pod = simulated({ readinessProbe: HEALTHZ }, { web: answering(['0s', 200], ['35s', 503]) });
    await expect(pod).toBecomeReady();
    return expect(pod).toStayReady({ for: '5m' });
  },
  toRestartAtMost: () => expect(dying()).toRestartAtMost(0, { for: '5m' }),
  toBeReady: () =>
    expect(later(simulated({ readinessProbe: HEALTHZ }, { web: answering(['0s', 503]) }), '15s')).toBeReady(),
  toBeInEndpoints: () => expect(later(selected(['0s', 503]), '15s')).toBeInEndpoints(),
  toHavePhase: () =>
    expect(later(simulated({}, { web: [{ at: '2s', exit: 0 }] }, { restartPolicy: 'Never' }), '5s')).toHavePhase(
      'Running',
    ),
  toHaveCondition: () =>
    expect(later(simulated({ readinessProbe: HEALTHZ }, { web: answering(['0s', 503]) }), '30s')).toHaveCondition(
      'Ready',
    ),
  toHaveRestartCount: () =>
    expect(later(simulated({}, { web: [{ at: '5s', run: 1, exit: 1 }] }), '30s')).toHaveRestartCount(0),
  toHaveEvent: () => expect(later(dying(), '25s')).toHaveEvent({ reason: 'Unhealthy', message: '404' }),
  toHaveEventsInOrder: () => expect(later(dying(), '45s')).toHaveEventsInOrder(['Killing', 'Unhealthy']),
  toHaveContainerState: () =>
    expect(later(simulated({}, { web: [{ at: '5s', exit: 3 }] }), '12s')).toHaveContainerState({ running: true }),
  toHaveBackOffs: () => expect(later(simulated({}, { web: [{ at: '1s', exit: 1 }] }), '5s')).toHaveBackOffs([]),
};

function dying(): SimulatedPod {
  return simulated({ livenessProbe: HEALTHZ }, { web: answering(['0s', 200], ['15s', 503]) });
}

function later(pod: SimulatedPod, duration: '5s' | '12s' | '15s' | '25s' | '30s' | '45s'): SimulatedPod {
  pod.advance(duration);
  return pod;
}

/** Returns a pod that a Service selects. */
function selected(...answers: readonly (readonly [at: string, status: number])[]): SimulatedPod {
  const metadata = { name: 'shop', labels: { app: 'shop' } };
  const containers = [{ name: 'web', image: 'web:dev', readinessProbe: HEALTHZ }];
  const script: AppScript = { web: answering(...answers) };
  return simulatePod([{ apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers } }, BEHIND_SERVICE], script);
}

test('docs/matchers.md has exactly one section for each matcher', () => {
  expect([...SECTIONS.keys()].sort()).toEqual(Object.keys(matchers).sort());
});

describe.each(Object.keys(FAILURES))('%s', (name) => {
  test('fails with the message in its section', async () => {
    const shown = blocksOf(SECTIONS.get(name) ?? '').find(({ language }) => language === 'text')?.code;
    expect(shown).toBe(await messageOf(() => FAILURES[name]?.()));
  });
});
