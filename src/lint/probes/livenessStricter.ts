import { keptContainers } from '../../manifest/facts/parts';
import { isSameCheck } from '../../manifest/facts/sameCheck';
import { probeTiming, thresholdToOutlast } from '../../timing/probeTiming';
import { rule } from '../rule';

/** If both run the same check, `liveness-same-as-readiness` has more to report. */
export const livenessStricter = rule('liveness-stricter-than-readiness', ({ pod: { spec } }) =>
  keptContainers(spec).flatMap(({ path, container }) => {
    const { livenessProbe: liveness, readinessProbe: readiness } = container;
    if (!liveness || !readiness || isSameCheck(container, liveness, readiness)) return [];
    const [restartedMs, unreadyMs] = [probeTiming(liveness).detectedMs, probeTiming(readiness).detectedMs];
    if (restartedMs >= unreadyMs) return [];
    const enough = thresholdToOutlast(liveness, unreadyMs);
    return [
      {
        path: path.child('livenessProbe'),
        severity: 'warning',
        why: `liveness acts within ${restartedMs / 1_000}s of a fault, but readiness only within ${unreadyMs / 1_000}s: the container restarts before it leaves the Service endpoints`,
        fix: `make liveness more patient than readiness: set failureThreshold: ${enough}`,
      },
    ];
  }),
);
