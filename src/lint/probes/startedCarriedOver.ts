import { behaviorOf } from '../../kubelet/behavior/behaviorOf';
import { keptContainers } from '../../manifest/facts/parts';
import type { Container, Probe } from '../../manifest/model';
import { periodMsOf, probeTiming, thresholdToSurvive } from '../../timing/probeTiming';
import { type Flaw, rule } from '../rule';

/**
 * Effect of `started` of the instance before: `killed` if liveness can end the next instance before its startup probe
 * runs, `ready` if that instance counts as Ready until then.
 */
export type CarriedOver = 'killed' | 'ready';

/**
 * Returns how a container is exposed to a bug of Kubernetes: after a liveness kill the next instance begins as started.
 * The next turn of its startup probe ends that, one period later at most.
 *
 * Source: kubelet_pods.go `convertToAPIContainerStatuses`; kubernetes/kubernetes#141155.
 */
export function carriedOver({ startupProbe, livenessProbe, readinessProbe }: Container): CarriedOver | undefined {
  if (!startupProbe || !livenessProbe) return undefined;
  if (probeTiming(livenessProbe).survivedStartMs < periodMsOf(startupProbe)) return 'killed';
  return readinessProbe ? undefined : 'ready';
}

export const startedCarriedOver = rule('started-carried-over', ({ pod: { spec }, server }) => {
  if (!behaviorOf(server.kubernetesVersion, server.featureGates).carriesStartedOver) return [];
  return keptContainers(spec).flatMap(({ path, container }): readonly Flaw[] => {
    const exposed = carriedOver(container);
    const { startupProbe, livenessProbe } = container;
    if (!exposed || !startupProbe || !livenessProbe) return [];
    const begins = `from Kubernetes 1.35 on the instance after a liveness kill begins as started, for up to ${startupProbe.periodSeconds}s (kubernetes/kubernetes#141155)`;
    if (exposed === 'ready') {
      return [
        {
          path: path.child('startupProbe'),
          severity: 'info',
          why: `${begins}, so it is Ready before its startupProbe is tried`,
          right: 'a readinessProbe, which has to succeed before the container is Ready',
        },
      ];
    }
    return [
      {
        path: path.child('livenessProbe'),
        severity: 'warning',
        why: `${begins}, so liveness can kill it after ${probeTiming(livenessProbe).survivedStartMs / 1_000}s, before its startupProbe is tried`,
        right: `${fixFor(startupProbe, livenessProbe)}, so that the startupProbe is tried first`,
      },
    ];
  });
});

function fixFor(startup: Probe, liveness: Probe): string {
  const threshold = thresholdToSurvive(liveness, periodMsOf(startup));
  return `a livenessProbe with failureThreshold: ${threshold}, or a startupProbe with a shorter period`;
}
