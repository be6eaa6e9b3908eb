import { keptContainers } from '../../manifest/facts/parts';
import { isSameCheck } from '../../manifest/facts/sameCheck';
import { probeTiming, thresholdToOutlast } from '../../timing/probeTiming';
import { rule } from '../rule';

/** A tcpSocket that both probes use fails only with the process itself, which `liveness-tcp` reports. */
export const livenessSameAsReadiness = rule('liveness-same-as-readiness', ({ pod: { spec } }) =>
  keptContainers(spec).flatMap(({ path, container }) => {
    const { livenessProbe: liveness, readinessProbe: readiness } = container;
    if (!liveness || !readiness || liveness.tcpSocket || !isSameCheck(container, liveness, readiness)) return [];
    const [restartedMs, unreadyMs] = [probeTiming(liveness).detectedMs, probeTiming(readiness).detectedMs];
    const hasty = liveness.timeoutSeconds < readiness.timeoutSeconds;
    const stricter = restartedMs <= unreadyMs || hasty;
    const timeoutSeconds = Math.max(liveness.timeoutSeconds, readiness.timeoutSeconds);
    const patient = Math.max(thresholdToOutlast({ ...liveness, timeoutSeconds }, unreadyMs), liveness.failureThreshold);
    const numbers = `${restartedMs / 1_000}s from a fault against ${unreadyMs / 1_000}s`;
    const waits = hasty
      ? `, and waits ${liveness.timeoutSeconds}s for an answer against ${readiness.timeoutSeconds}s`
      : '';
    return [
      {
        path: path.child('livenessProbe'),
        severity: stricter ? 'warning' : 'info',
        why: stricter
          ? `it asks what readiness asks and is no more patient (${numbers}${waits}): when a dependency fails, every replica is restarted instead of taken out of traffic`
          : `it asks what readiness asks, if more patiently (${numbers}): a dependency that stays away restarts every replica`,
        right: stricter
          ? `a liveness check that depends on the process alone, or at least failureThreshold: ${patient}${hasty ? ` and timeoutSeconds: ${readiness.timeoutSeconds}` : ''}`
          : 'a liveness check that depends on the process alone',
      },
    ];
  }),
);
