import { behaviorOf } from '../../kubelet/behavior/behaviorOf';
import { keptContainers } from '../../manifest/facts/parts';
import type { Container, Probe } from '../../manifest/model';
import { periodMsOf, probeTiming, thresholdToSurvive } from '../../timing/probeTiming';
import { type RuleFinding, rule } from '../rule';

/**
 * Effect of the `started` status of the previous instance: `killed` if liveness can end the next instance before its startup probe
 * runs, `ready` if that instance counts as Ready until then.
 */
export type CarriedOver = 'killed' | 'ready';

/**
 * Returns how a bug of Kubernetes affects a container: after a liveness kill, the next instance counts as started.
 * The next tick of its startup probe corrects that, at most one period later.
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
  return keptContainers(spec).flatMap(({ path, container }): readonly RuleFinding[] => {
    const exposed = carriedOver(container);
    const { startupProbe, livenessProbe } = container;
    if (!exposed || !startupProbe || !livenessProbe) return [];
    const effect = `since Kubernetes 1.35, the instance after a liveness kill counts as started for up to ${startupProbe.periodSeconds}s (kubernetes/kubernetes#141155)`;
    if (exposed === 'ready') {
      return [
        {
          path: path.child('startupProbe'),
          severity: 'info',
          why: `${effect}, so it is Ready before its startupProbe runs`,
          fix: 'add a readinessProbe, which must succeed before the container is Ready',
        },
      ];
    }
    return [
      {
        path: path.child('livenessProbe'),
        severity: 'warning',
        why: `${effect}, so liveness can kill it after ${probeTiming(livenessProbe).survivedStartMs / 1_000}s, before its startupProbe runs`,
        fix: formatFix(startupProbe, livenessProbe),
      },
    ];
  });
});

function formatFix(startup: Probe, liveness: Probe): string {
  const threshold = thresholdToSurvive(liveness, periodMsOf(startup));
  return `set failureThreshold: ${threshold} in the livenessProbe or a shorter period in the startupProbe, so that the startupProbe runs first`;
}
