import type { Explanation, NamedContainer } from './explanation';

const SLOW_START = 'startup.md#slow-start-liveness';

/** Explanations of startup and liveness probes that restart a container, or do not. */
export const LIVENESS = {
  'slow-start-startup': ({ container }: NamedContainer): Explanation => ({
    cause: `The startup probe of ${container} never succeeded.`,
    fix: `Raise startupProbe.failureThreshold to give ${container} more time, or fix what it waits for.`,
    faq: SLOW_START,
  }),
  'slow-start-liveness': ({ container }: NamedContainer): Explanation => ({
    cause: `The liveness probe killed ${container} before it succeeded once, because it does not wait for readiness.`,
    fix: `Add a startupProbe, which delays the liveness probe until ${container} is up.`,
    faq: SLOW_START,
  }),
  'tcp-probe-frozen-app': ({ container }: NamedContainer): Explanation => ({
    cause: `${container} hangs, but its tcpSocket liveness probe succeeds, because the kernel accepts connections for a hung process.`,
    fix: 'Use httpGet or grpc, which need a response.',
    faq: 'probes.md#tcp-probe-frozen-app',
  }),
  'liveness-same-as-readiness': ({ container }: NamedContainer): Explanation => ({
    cause: `The liveness probe of ${container} is the same as its readiness probe, so everything that makes it unready also restarts it.`,
    fix: 'Make the liveness probe check only the process itself.',
    faq: 'probes.md#liveness-same-as-readiness',
  }),
  'liveness-and-ready': ({ container }: NamedContainer): Explanation => ({
    cause: `The pod stayed Ready, so ${container} kept receiving requests. A failing liveness probe does not remove a pod from its Services.`,
    faq: 'endpoints.md#liveness-and-ready',
  }),
};
