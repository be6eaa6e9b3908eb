import { expect } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { simulatePod } from 'jest-kubelet';
import { messageOf } from '../../unit/matchers/messageOf';
import { answering, HEALTHZ, simulated } from '../../unit/matchers/simulated';
import type { Shown } from './shown';

const CHECK = { exec: { command: ['check'] } };

/** Matcher failures of simulated pods. */
export const MATCHERS: readonly Shown[] = [
  {
    title: 'A startup probe that gives up too early',
    make: () => {
      const startupProbe = { ...HEALTHZ, periodSeconds: 5, failureThreshold: 6 };
      const pod = simulated({ startupProbe }, { web: answering(['45s', 200]) });
      return messageOf(() => expect(pod).toBecomeStarted());
    },
  },
  {
    title: 'A pod that does not stay Ready',
    make: async () => {
      const pod = simulated({ readinessProbe: HEALTHZ }, { web: answering(['0s', 200], ['25s', 503], ['55s', 200]) });
      await expect(pod).toBecomeReady();
      return messageOf(() => expect(pod).toStayReady({ for: '2m' }));
    },
  },
  {
    title: 'A pod that fails',
    make: () => {
      const pod = simulated({}, { web: [{ at: '20s', stdout: 'relation "orders" does not exist', exit: 1 }] }, NEVER);
      return messageOf(() => expect(pod).toReachPhase('Succeeded'));
    },
  },
  {
    title: 'A restart policy that restarts nothing',
    make: () => {
      const pod = simulated({ livenessProbe: CHECK }, { web: [{ at: '30s', exec: { check: 1 } }] }, NEVER);
      return messageOf(() => expect(pod).toRestart());
    },
  },
  {
    title: 'A container that completes under restartPolicy Always',
    make: () => {
      const pod = simulated({}, { web: [{ at: '5s', exit: 0 }] });
      return messageOf(() => expect(pod).not.toEnterCrashLoopBackOff({ within: '2m' }));
    },
  },
  {
    title: 'A preStop hook whose command fails',
    make: async () => {
      const preStop = { exec: { command: ['nginx', '-s', 'quit'] } };
      const pod = simulated({ lifecycle: { preStop } }, { web: [{ at: '0s', exec: { 'nginx -s quit': 127 } }] });
      pod.advance('5s');
      await pod.delete();
      return messageOf(() => expect(pod).toRunHook('preStop'));
    },
  },
  {
    title: 'Requests that are dropped during a shutdown',
    make: async () => {
      const pod = behindService(answering(['0s', 200]));
      pod.advance('15s');
      await pod.requests('/healthz', { every: '250ms' });
      const deleted = await pod.delete();
      return messageOf(() => expect(deleted).toDropNoRequests());
    },
  },
  {
    title: 'A pod that keeps receiving requests',
    make: async () => {
      const pod = behindService(answering(['0s', 200]));
      pod.advance('15s');
      return messageOf(() => expect(pod).toLeaveEndpoints({ within: '30s' }));
    },
  },
  {
    title: 'Back-offs that differ',
    make: () => {
      const pod = simulated({}, { web: [{ at: '1s', exit: 1 }] });
      pod.advance('45s');
      return messageOf(() => expect(pod).toHaveBackOffs(['10s', '20s', '30s']));
    },
  },
  {
    title: 'An option with a wrong value',
    make: () => messageOf(() => expect(simulated({})).toBecomeReady({ within: 'soon' as '1s' })),
  },
];

const NEVER = { restartPolicy: 'Never' };

/** Returns a pod with a readiness probe that a Service selects. */
function behindService(web: ReturnType<typeof answering>) {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'shop', labels: { app: 'shop' } },
    spec: {
      containers: [{ name: 'web', image: 'shop/web:1', ports: [{ containerPort: 80 }], readinessProbe: HEALTHZ }],
    },
  };
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'shop' },
    spec: { selector: { app: 'shop' }, ports: [{ port: 80 }] },
  };
  return simulatePod([pod, service], { web });
}
