import { keptContainers } from '../../manifest/facts/parts';
import { isSameCheck } from '../../manifest/facts/sameCheck';
import { probeTiming, thresholdToOutlast } from '../../timing/probeTiming';
import { rule } from '../rule';

/** A shared tcpSocket check fails only with the process itself, which `liveness-tcp` reports. */
export const livenessSameAsReadiness = rule('liveness-same-as-readiness', ({ pod: { spec } }) =>
  keptContainers(spec).flatMap(({ path, container }) => {
    const { livenessProbe: liveness, readinessProbe: readiness } = container;
    if (!liveness || !readiness || liveness.tcpSocket || !isSameCheck(container, liveness, readiness)) return [];
    const [restartedMs, unreadyMs] = [probeTiming(liveness).detectedMs, probeTiming(readiness).detectedMs];
    const isHasty = liveness.timeoutSeconds < readiness.timeoutSeconds;
    const isStricter = restartedMs <= unreadyMs || isHasty;
    const timeoutSeconds = Math.max(liveness.timeoutSeconds, readiness.timeoutSeconds);
    const patient = Math.max(thresholdToOutlast({ ...liveness, timeoutSeconds }, unreadyMs), liveness.failureThreshold);
    const numbers = `it acts within ${restartedMs / 1_000}s of a fault, readiness within ${unreadyMs / 1_000}s`;
    const waits = isHasty
      ? `, and it times out after ${liveness.timeoutSeconds}s, readiness after ${readiness.timeoutSeconds}s`
      : '';
    return [
      {
        path: path.child('livenessProbe'),
        severity: isStricter ? 'warning' : 'info',
        why: isStricter
          ? `liveness runs the same check as readiness and is not more patient (${numbers}${waits}). If a dependency fails, every replica restarts instead of leaving the Service endpoints`
          : `liveness runs the same check as readiness, although more patiently (${numbers}). If a dependency stays down, every replica restarts`,
        fix: isStricter
          ? `use a liveness check that depends only on the process, or at least set failureThreshold: ${patient}${isHasty ? ` and timeoutSeconds: ${readiness.timeoutSeconds}` : ''}`
          : 'use a liveness check that depends only on the process',
      },
    ];
  }),
);
