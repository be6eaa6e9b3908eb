import { keptContainers } from './containers';
import { failingSeconds } from './probeTimes';
import { rule } from './rule';
import { isSameCheck } from './sameCheck';

/** Where both ask the same, `liveness-same-as-readiness` has more to say. */
export const livenessStricter = rule('liveness-stricter-than-readiness', ({ pod: { spec } }) =>
  keptContainers(spec).flatMap(({ path, container }) => {
    const { livenessProbe: liveness, readinessProbe: readiness } = container;
    if (!liveness || !readiness || isSameCheck(container, liveness, readiness)) return [];
    const [restarted, unready] = [failingSeconds(liveness), failingSeconds(readiness)];
    if (restarted >= unready) return [];
    const enough = Math.floor(unready / (restarted / liveness.failureThreshold)) + 1;
    return [
      {
        path: path.child('livenessProbe'),
        severity: 'warning',
        why: `liveness gives up after ${restarted} s of failing and readiness only after ${unready} s: the container is restarted before it is out of traffic`,
        right: `a liveness that is more patient than readiness: failureThreshold: ${enough}`,
      },
    ];
  }),
);
